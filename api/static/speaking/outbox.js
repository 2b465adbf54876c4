/* What this page sent and the server has not got yet, in order; and what stands on the page about it. */

import { forget, giveUp, keep, leftBehind, postLeftBehind } from "./letterbox.js";
import { NotSent, Refused, secondsSince, send } from "./sending.js";

const PAUSES = [2000, 4000, 8000, 15000, 30000]; // milliseconds between tries; the last again and again
const MUCH_LATER = 300000; // milliseconds
const region = document.getElementById("unsent");
const state = document.getElementById("unsent-state");
const words = document.getElementById("unsent-words");

let waiting = [];
let isGone = false; // the line
let refused = 0;
let tries = 0;
let timer = null;

export function isWaiting() {
  return waiting.length > 0;
}

/* As far as we know. */
export function isWithoutALine() {
  return isGone;
}

export async function hasLeftBehind() {
  return (await leftBehind()).length > 0;
}

/* Kept on the device before it is sent. */
export async function add(entry) {
  entry.at = Date.now();
  entry.number = await keep(entry.fields, { key: region.dataset.key, box: region.dataset.box });
  waiting.push(entry);
  if (isGone) {
    tries = 0;
  }
}

/* For what is not kept: only when nothing waits before it. */
export function sendAtOnce(entry) {
  if (waiting.length || isGone) {
    return Promise.reject(new NotSent("others wait"));
  }
  return send(entry.address, entry.fields);
}

/*
Everything, oldest first. Gives the last answer, and whether something of an earlier page arrived, or is left for later. Raises NotSent, Closed,
and Refused with the `entry` that it is about, which waits no longer.
*/
export async function deliver() {
  clearTimeout(timer);
  const done = { answer: null, sent: "", changed: false, left: false };
  const before = await postLeftBehind();
  refused += before.refused;
  done.changed = before.taken > 0;
  while (waiting.length) {
    const entry = waiting[0];
    done.answer = await sendFirst(entry);
    done.sent = entry.isListed ? "" : entry.sent;
    await forgetFirst();
  }
  everythingArrived(before);
  done.left = before.later > 0;
  return done;
}

async function sendFirst(entry) {
  try {
    return await send(entry.address, entry.fields.concat([["waited", String(secondsSince(entry.at))]]));
  } catch (problem) {
    if (problem instanceof Refused) {
      problem.entry = entry;
      await forgetFirst();
    }
    throw problem;
  }
}

async function forgetFirst() {
  const entry = waiting.shift();
  if (entry.isListed) {
    words.firstElementChild.remove();
  }
  await forget(entry.number);
}

function isAllSealed() {
  return waiting.every(function (entry) {
    return entry.number !== null;
  });
}

/* The next page on this device posts it. False where something waits in this one alone: then it must stay. */
export function leaveToTheNextPage() {
  if (isAllSealed()) {
    giveUp();
    return true;
  }
  return false;
}

export function unlisted() {
  return waiting.filter(function (entry) {
    return !entry.isListed;
  });
}

/* Shown as kept here and not received. */
export function list() {
  unlisted().forEach(function (entry) {
    const item = document.getElementById("unsent-item").content.cloneNode(true);
    item.querySelector("[data-words]").textContent = entry.label;
    words.appendChild(item);
    entry.isListed = true;
  });
  say(isAllSealed() ? "line-gone" : "line-gone-unsealed");
  isGone = true;
}

/* For what waits of an earlier page, and must not hold up this one. */
export function muchLater(again) {
  clearTimeout(timer);
  timer = setTimeout(again, MUCH_LATER);
}

export function later(again) {
  clearTimeout(timer);
  timer = setTimeout(again, PAUSES[Math.min(tries, PAUSES.length - 1)]);
  tries += 1;
}

function everythingArrived(before) {
  if (refused) {
    say("line-refused");
  } else if (isGone || before.taken) {
    say("line-back");
  }
  isGone = false;
  refused = tries = 0;
}

function say(name) {
  if (state.dataset.said !== name) {
    state.dataset.said = name; // once: a screen reader need not hear it again at every try
    state.replaceChildren(document.getElementById(name).content.cloneNode(true));
  }
}

/* Nothing but this page has these words: the browser asks before it closes it. */
window.addEventListener("beforeunload", function (event) {
  if (!isAllSealed()) {
    event.preventDefault();
    event.returnValue = "";
  }
});
