/*
The conversation without page loads. Everything here also works without it: each action is a form of the page.
What was sent waits on the device, sealed, until the server has it. Words that were not sent live only in the page: the
tablet is shared.
*/

import * as outbox from "./outbox.js";
import { guardLeaving } from "./leaving.js";
import { announce, put, settings, show, tell, wordsBox } from "./screen.js";
import { Closed, look, Refused } from "./sending.js";
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

/* What was sent is on its way for good: whatever is pressed next is another turn. */
function renewTurns() {
  document.querySelectorAll("[data-turn]").forEach(function (form) {
    setTurn(form, newTurnId());
  });
}

function isLanguage(button) {
  return button && button.name === "choices" && button.value.indexOf("language:") === 0;
}

/* What this press sends of the words in the box: nothing when a button was pressed or another form was sent. */
function sentWords(form, button) {
  const box = wordsBox();
  return box && form.contains(box) && !(button && button.name) ? box.value : "";
}

/* What the person sees of it while it waits: their words, or what stands on what they pressed. */
function labelOf(form, button) {
  if (button && button.name) {
    return button.textContent.trim();
  }
  const written = Array.from(form.querySelectorAll("textarea"), function (area) {
    return area.value.trim();
  });
  const picked = Array.from(form.querySelectorAll("input:checked"), function (box) {
    const legend = box.closest("fieldset").querySelector("legend");
    const label = box.closest("label") ? box.closest("label").textContent : "";
    return ((legend ? legend.textContent + ": " : "") + label).replace(/\s+/g, " ").trim();
  });
  return written.concat(picked).filter(Boolean).join("\n");
}

/* Words in the box that were not sent, also those written while others were on their way. */
function unsentWords(sent) {
  const box = wordsBox();
  const words = box ? box.value : "";
  return sent && words.indexOf(sent) === 0 ? words.slice(sent.length) : words;
}

let begun = null;

async function take(form, button) {
  const sent = sentWords(form, button);
  const entry = { address: form.action, fields: fieldsOf(form, button), label: labelOf(form, button), sent: sent };
  sending = true;
  try {
    if (!entry.label || Array.from(sent).length > Number(settings.longest)) {
      await takeUnkept(entry);
      return;
    }
    await outbox.add(entry);
    await begun; // what was left here goes out before anything new
    if (outbox.isWithoutALine()) {
      waitForTheLine(); // at once: nobody waits for a try that may take long
      goOnByItself();
      return;
    }
    show(settings.sending);
    await deliver();
    if (outbox.unlisted().length) {
      await deliver(); // it came when others were just through
    }
  } finally {
    sending = false;
  }
}

/* Nothing, or too much: the server says so. It would be no use to keep it. */
async function takeUnkept(entry) {
  try {
    arrived(await outbox.sendAtOnce(entry), entry.sent);
  } catch (problem) {
    notTaken(problem, entry);
  }
}

let delivering = null;

/* One at a time, or the order would be lost. */
function deliver() {
  if (!delivering) {
    delivering = deliverAll().then(function () {
      delivering = null;
    });
  }
  return delivering;
}

async function deliverAll() {
  try {
    const done = await outbox.deliver();
    if (done.left) {
      outbox.muchLater(goOnByItself);
    }
    if (done.answer) {
      arrived(done.answer, done.sent);
    } else if (done.changed) {
      await lookAgain();
    }
  } catch (problem) {
    if (problem instanceof Refused) {
      notTaken(problem, problem.entry);
      await deliverAll(); // the others
    } else if (problem instanceof Closed) {
      close();
    } else {
      waitForTheLine();
    }
  }
}

function arrived(answer, sent) {
  put(answer, unsentWords(sent));
  announce(answer.news);
  watch(answer.waiting);
}

/* Words that were taken from the box while the line was gone come back into it. */
function notTaken(problem, entry) {
  const words = entry.isListed ? [entry.sent, unsentWords("")].filter(Boolean).join("\n") : unsentWords("");
  if (problem instanceof Refused && problem.answer.parts) {
    put(problem.answer, words);
  } else if (problem instanceof Refused && problem.answer.error === "too_large") {
    tell(settings.tooLarge);
  } else if (problem instanceof Closed) {
    close();
  } else {
    tell(settings.givenUp); // the form keeps its turn id: pressing again sends the same turn
  }
}

/* The tablet was taken back, or the link has ended: what is sealed still arrives, and the server knows what comes next. */
function close() {
  if (outbox.leaveToTheNextPage()) {
    window.location.reload();
  } else {
    tell(settings.givenUp);
  }
}

/* The question stands; what was said so far waits beside it, and the person may go on. */
function waitForTheLine() {
  outbox.unlisted().forEach(function (entry) {
    const box = wordsBox();
    if (entry.sent && box) {
      box.value = unsentWords(entry.sent).replace(/^\s+/, "");
    }
  });
  outbox.list();
  renewTurns();
  show("");
  outbox.later(goOnByItself);
}

function goOnByItself() {
  return deliver();
}

function onSubmit(event) {
  const form = event.target;
  const button = event.submitter || form.pressed;
  form.pressed = null;
  if (!form.hasAttribute("data-turn") || isLanguage(button)) {
    return; // a whole new page, because everything on it changes
  }
  event.preventDefault();
  if (!sending) {
    take(form, button);
  }
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

async function begin() {
  if (await outbox.hasLeftBehind()) {
    await deliver();
  }
}

document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick, true);
document.addEventListener("input", onInput);
window.addEventListener("pageshow", onShow);
window.addEventListener("online", goOnByItself);
guardLeaving(function () {
  return outbox.isWaiting() || Boolean(unsentWords("").trim());
});
watch("waiting" in settings);
begun = begin();
document.getElementById("unsent").setAttribute("data-ready", ""); // from now on nothing that is sent can be lost
