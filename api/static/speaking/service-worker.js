/*
Served as /sw.js, with `KEPT` before it: {version, files, modules}. It keeps files that are the same for everybody, and the
page that stands while the line is gone. No page of a conversation and no answer of the server is ever kept.
*/

const CACHE = "pupil-voice " + KEPT.version;
const NOTE = "/offline-last"; // no address of the server: which of the pages below was the last one wanted
const FALLBACK = "/offline";

function bare(address) {
  return address.split("?")[0];
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.files.concat(KEPT.modules.map(bare), [FALLBACK]));
  await self.skipWaiting();
}

/* It does not take over pages that are open: what they are sending must not wait for it. A page that is loaded next has it. */
async function activate() {
  const names = await caches.keys();
  await Promise.all(
    names.map(function (name) {
      return name === CACHE ? null : caches.delete(name);
    }),
  );
}

/* In every language that was in use here: while the line is gone it is too late to ask for one. */
async function speak(language, door) {
  const cache = await caches.open(CACHE);
  const address = FALLBACK + "?language=" + encodeURIComponent(language) + "&door=" + encodeURIComponent(door);
  if (!(await cache.match(address))) {
    await cache.add(address);
  }
  await cache.put(NOTE, new Response(address));
}

/* The tablet is with the staff again: the next pupil's language is not the last one's. */
async function forgetLanguage() {
  const cache = await caches.open(CACHE);
  await cache.delete(NOTE);
}

async function pageWithoutALine() {
  const cache = await caches.open(CACHE);
  const note = await cache.match(NOTE);
  const wanted = note ? await cache.match(await note.text()) : null;
  return wanted || cache.match(FALLBACK);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    return pageWithoutALine();
  }
}

/* An address with a fingerprint always means the same file; a module's may have changed. */
async function file(request) {
  const cache = await caches.open(CACHE);
  const isFixed = new URL(request.url).searchParams.has("v");
  const kept = await cache.match(request);
  if (kept && isFixed) {
    return kept;
  }
  try {
    const fresh = await fetch(request);
    if (fresh.ok) {
      await cache.put(request, fresh.clone());
    }
    return fresh;
  } catch (problem) {
    return kept || Response.error();
  }
}

function onFetch(event) {
  const path = new URL(event.request.url).pathname;
  const isOurs = event.request.url.indexOf(self.location.origin + "/") === 0;
  if (!isOurs) {
    return;
  }
  if (event.request.mode === "navigate" && path.indexOf("/staff") === 0) {
    event.waitUntil(forgetLanguage());
  } else if (event.request.mode === "navigate" && /^\/(pupil|parent)(\/|$)/.test(path)) {
    event.respondWith(page(event.request));
  } else if (event.request.method === "GET" && path.indexOf("/static/") === 0) {
    event.respondWith(file(event.request));
  }
}

self.addEventListener("install", function (event) {
  event.waitUntil(install());
});
self.addEventListener("activate", function (event) {
  event.waitUntil(activate());
});
self.addEventListener("message", function (event) {
  event.waitUntil(speak(event.data.language, event.data.door));
});
self.addEventListener("fetch", onFetch);
