/* On every page of a speaker: the quiet picture, the service worker, and what an earlier page left behind here. */

import "./hide.js";
import { leftBehind, postLeftBehind } from "./letterbox.js";

const here = document.getElementById("device");

/* The page that stands while the line is gone speaks the language of this page. */
async function workBeside() {
  if (!navigator.serviceWorker) {
    return;
  }
  try {
    await navigator.serviceWorker.register("/sw.js");
    const worker = await navigator.serviceWorker.ready;
    worker.active.postMessage({ language: here.dataset.language, door: here.dataset.door });
  } catch (problem) {
    // a browser that wants none: everything works without
  }
}

function say(name) {
  const said = document.getElementById(name);
  here.replaceChildren(said.content.cloneNode(true));
}

async function postWhatWasLeft() {
  if (!(await leftBehind()).length) {
    return;
  }
  say("left-here");
  try {
    const count = await postLeftBehind();
    say(count.later ? "left-here" : count.refused ? "left-refused" : "left-arrived");
  } catch (problem) {
    window.addEventListener("online", postWhatWasLeft, { once: true });
  }
}

workBeside();
// a conversation, and the page without a line, do this themselves
if (!document.querySelector("[data-letterbox]")) {
  postWhatWasLeft();
}
