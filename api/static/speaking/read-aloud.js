/*
Reads the page aloud, when somebody asks for it: by a button, or by a setting that they chose ("each"). Nothing is sent
anywhere; a device without a voice of its own for the language says so in a sentence.
*/

import { clearPiece, clearWord, markPiece, markWord } from "./following.js";
import { piecesOf } from "./pieces.js";
import { isMissing, voiceFor } from "./voices.js";

const speech = window.speechSynthesis;
const SILENT_FOR = 8000; // milliseconds; some devices list voices that they do not have and never say so
const STOPPED = ["interrupted", "canceled", "not-allowed"]; // errors that say nothing about the voice
const PICKED = ".face, .place, .choice, .step, .control, .line, .display__code";

let waiting = []; // breaths still to be said
let saying = null; // the utterance; kept, or some browsers forget it in the middle
let heard = ""; // what was read by itself
let listed = false; // the device had time to say which voices it has

function each(selector, act) {
  Array.from(document.querySelectorAll(selector)).forEach(act);
}

/* ---- what is on the page ---- */

function show() {
  each("[data-reader]", function (place) {
    const can = Boolean(voiceFor(place.dataset.reader));
    place.querySelector("[data-aloud-acts]").hidden = !can;
    place.querySelector("[data-aloud-none]").hidden = can || !listed;
  });
  each("[data-read='stop']", function (button) {
    button.hidden = !saying;
  });
}

function main() {
  return document.getElementById("main");
}

/* The question and what can be picked; on a page without a question all of it. */
function asked() {
  const now = document.getElementById("now");
  const error = document.getElementById("error");
  return now ? [error, now, document.querySelector("form.choices")].filter(Boolean) : [main()];
}

/* ---- one breath after the other ---- */

function read(roots) {
  stop();
  piecesOf(roots).forEach(function (piece) {
    if (!piece.element.closest("[data-reader]")) {
      waiting.push(...piece.breaths());
    }
  });
  next();
}

function next() {
  const breath = waiting.shift();
  if (!breath || !breath.piece.element.isConnected) {
    stop();
    return;
  }
  const voice = voiceFor(breath.piece.language);
  if (voice) {
    say(breath, voice);
  } else {
    next(); // words in a language that this device cannot say
  }
}

function say(breath, voice) {
  const utterance = new SpeechSynthesisUtterance(breath.text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.9; // a little slower than these voices are made: listeners are young, or new to the language
  const silence = setTimeout(() => fail(utterance, breath, voice), SILENT_FOR);
  utterance.onstart = () => clearTimeout(silence);
  utterance.onboundary = (event) => follow(utterance, breath, event);
  utterance.onend = function () {
    clearTimeout(silence);
    if (utterance === saying) {
      clearWord();
      next();
    }
  };
  utterance.onerror = function (event) {
    clearTimeout(silence);
    if (STOPPED.indexOf(event.error) < 0) {
      fail(utterance, breath, voice);
    } else if (utterance === saying) {
      stop();
    }
  };
  saying = utterance;
  markPiece(breath.piece);
  speech.speak(utterance);
  show();
}

/* The voice is not there after all: another one of the language says it, or the page says that there is none. */
function fail(utterance, breath, voice) {
  if (utterance === saying) {
    saying = null;
    isMissing(voice);
    speech.cancel();
    waiting.unshift(breath);
    next();
  }
}

function follow(utterance, breath, event) {
  if (utterance !== saying || (event.name && event.name !== "word")) {
    return;
  }
  const word = /^\S+/.exec(breath.text.slice(event.charIndex));
  const length = event.charLength || (word ? word[0].length : 0);
  if (length) {
    const start = breath.start + event.charIndex;
    markWord(breath.piece, start, start + length);
  }
}

function stop() {
  waiting = [];
  saying = null;
  clearWord();
  clearPiece();
  if (speech) {
    speech.cancel();
  }
  show();
}

/* ---- when ---- */

const READS = { now: () => read(asked()), all: () => read([main()]), stop: stop };

function onClick(event) {
  const button = event.target.closest ? event.target.closest("[data-read]") : null;
  if (button) {
    READS[button.dataset.read]();
  }
}

function readsByItself() {
  return document.documentElement.dataset.aloud === "each" && Boolean(speech);
}

/* Only where they wished for it: what is touched, or reached by a key or a switch, says what it is. */
function onFocus(event) {
  const picked = readsByItself() && event.target.closest ? event.target.closest(PICKED) : null;
  if (picked) {
    read([picked]);
  }
}

function readNews() {
  const words = asked().map((root) => root.textContent).join(" ");
  if (readsByItself() && words !== heard) {
    read(asked());
  }
  heard = words;
}

/* The script of the conversation has put another screen in place. */
function onNewScreen() {
  stop();
  readNews();
}

function begin() {
  const screen = document.getElementById("screen");
  if (screen) {
    new MutationObserver(onNewScreen).observe(screen, { childList: true });
  }
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("quick-hide", stop);
  document.addEventListener("visibilitychange", stop);
  window.addEventListener("pagehide", stop);
  if (speech && speech.addEventListener) {
    speech.addEventListener("voiceschanged", show);
  }
  show();
  setTimeout(function () {
    listed = true;
    show();
  }, speech ? 1500 : 0);
  readNews();
}

begin();
