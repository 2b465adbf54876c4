/*
The conversation without page loads. Everything here also works without it: each action is a form of the page.
Unsent words live only in the page, never in the device's storage: the tablet is shared.
*/

import { announce, put, settings, show, tell, wordsBox } from "./screen.js";
import { look, NotSent, Refused, send } from "./sending.js";
import { newTurnId } from "./turn-id.js";

const LOOK_AGAIN = 2500; // milliseconds
let sending = false;

function fieldsOf(form, button) {
  const fields = new FormData(form);
  if (button && button.name) {
    fields.set(button.name, button.value);
    fields.delete("text"); // a button was pressed: what stands in the box is not sent
  }
  return Array.from(fields.entries());
}

function setTurn(form, id) {
  form.querySelector('[name="turn"]').value = id;
}

function isLanguage(button) {
  return button && button.name === "choices" && button.value.indexOf("language:") === 0;
}

/* What this press sends of the words in the box: nothing when a button was pressed or another form was sent. */
function sentWords(form, button) {
  const box = wordsBox();
  return box && form.contains(box) && !(button && button.name) ? box.value : "";
}

/* Words in the box that were not sent, also those written while others were on their way. */
function unsentWords(sent) {
  const box = wordsBox();
  const words = box ? box.value : "";
  return sent && words.indexOf(sent) === 0 ? words.slice(sent.length) : words;
}

async function take(form, button) {
  const sent = sentWords(form, button);
  sending = true;
  show(settings.sending);
  try {
    const answer = await send(form.action, fieldsOf(form, button), function () {
      tell(settings.dropped);
    });
    put(answer, unsentWords(sent));
    announce(answer.news);
    watch(answer.waiting);
  } catch (problem) {
    recover(problem);
  } finally {
    sending = false;
  }
}

function recover(problem) {
  if (problem instanceof Refused && problem.answer.parts) {
    put(problem.answer, unsentWords(""));
  } else if (problem instanceof Refused && problem.answer.error === "too_large") {
    tell(settings.tooLarge);
  } else if (problem instanceof Refused || problem instanceof NotSent) {
    tell(settings.givenUp); // the form keeps its turn id: pressing again sends the same turn
  } else {
    window.location.reload(); // the server knows where the conversation stands, and whose it is
  }
}

function onSubmit(event) {
  const form = event.target;
  const button = event.submitter || form.pressed;
  form.pressed = null;
  if (form.hasAttribute("data-language")) {
    carryDraft(form);
    return;
  }
  if (!form.hasAttribute("data-turn")) {
    return;
  }
  if (sending) {
    event.preventDefault();
    return;
  }
  if (isLanguage(button)) {
    return; // a whole new page, because everything on it changes
  }
  event.preventDefault();
  take(form, button);
}

/* A change of language loads a new page; the words in the box go along and come back in it. */
function carryDraft(form) {
  const box = wordsBox();
  if (!box || !box.value) {
    return;
  }
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "draft";
  field.value = box.value;
  form.appendChild(field);
}

/* Browsers before 2021 do not say which button sent a form. */
function onClick(event) {
  const button = event.target.closest ? event.target.closest("button") : null;
  if (button && button.form) {
    button.form.pressed = button;
  }
}

function onInput(event) {
  const form = event.target.form;
  if (form && form.hasAttribute("data-turn") && !sending) {
    setTurn(form, newTurnId()); // other words are another turn
  }
}

let watching = null;

function watch(waiting) {
  clearTimeout(watching);
  watching = waiting ? setTimeout(lookAgain, LOOK_AGAIN) : null;
}

async function lookAgain() {
  let waiting = true;
  try {
    const answer = await look(settings.news + "?after=" + settings.after);
    waiting = answer.waiting;
    if (!waiting && !sending) {
      put(answer, unsentWords(""));
      announce(answer.news);
    }
  } catch (problem) {
    waiting = true; // the line is gone; it comes back or the person reloads
  }
  watch(waiting);
}

/* A page brought back by the Back button is asked for again: the tablet may be in other hands by now. */
function onShow(event) {
  if (event.persisted) {
    window.location.reload();
  }
}

document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick, true);
document.addEventListener("input", onInput);
window.addEventListener("pageshow", onShow);
watch("waiting" in settings);
