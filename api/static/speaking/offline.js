/* The page that stands while the line is gone. When it is back, what waits here goes out and the conversation goes on. */

import { leftBehind, postLeftBehind } from "./letterbox.js";
import { isThere } from "./sending.js";

const LOOK_AGAIN = [3000, 5000, 10000, 20000, 30000]; // milliseconds; the last again and again
let looks = 0;
let later = null;

/* Where the conversation is, whatever page of it was asked for: a form that was lost is not to be sent again. */
function home() {
  const parts = location.pathname.split("/");
  return parts[1] === "parent" ? parts.slice(0, 3).join("/") : "/pupil";
}

async function goOn() {
  clearTimeout(later);
  if (!(await isThere())) {
    later = setTimeout(goOn, LOOK_AGAIN[Math.min(looks++, LOOK_AGAIN.length - 1)]);
    return;
  }
  try {
    await postLeftBehind();
  } catch (problem) {
    // the next page tries again
  }
  location.replace(home());
}

async function tellWhatWaits() {
  const waiting = (await leftBehind()).length > 0;
  document.getElementById("waits").hidden = !waiting;
}

document.getElementById("again").addEventListener("click", function (event) {
  event.preventDefault();
  goOn();
});
window.addEventListener("online", goOn);
tellWhatWaits();
later = setTimeout(goOn, LOOK_AGAIN[looks++]);
