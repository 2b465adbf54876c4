/*
Leaving the page for another of ours: not while the line is gone and words stand here that would go with the page. Words in
the box go along to a page that brings them back.
*/

import { settings, tell, wordsBox } from "./screen.js";
import { isThere } from "./sending.js";

function hidden(name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}

/* A form sent by a script does not say which button was pressed. */
function sendForm(form, button) {
  const box = wordsBox();
  if (button && button.name) {
    form.appendChild(hidden(button.name, button.value));
  }
  if (form.hasAttribute("data-language") && box && box.value) {
    form.appendChild(hidden("draft", box.value));
  }
  HTMLFormElement.prototype.submit.call(form);
}

async function whenThereIsALine(go) {
  if (await isThere()) {
    go();
  } else {
    tell(settings.needsLine);
  }
}

function onSubmit(event, isAtStake) {
  const form = event.target;
  const button = event.submitter || form.pressed;
  const isTurn = form.hasAttribute("data-turn") && !(button && /^language:/.test(button.value));
  if (isTurn || event.defaultPrevented || !isAtStake()) {
    return;
  }
  event.preventDefault();
  whenThereIsALine(function () {
    sendForm(form, button);
  });
}

function onClick(event, isAtStake) {
  const link = event.target.closest ? event.target.closest("a[href]") : null;
  const isElsewhere = link && !link.target && link.getAttribute("href").charAt(0) !== "#";
  const isPlain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!isElsewhere || !isPlain || !isAtStake()) {
    return;
  }
  event.preventDefault();
  whenThereIsALine(function () {
    window.location.assign(link.href);
  });
}

export function guardLeaving(isAtStake) {
  document.addEventListener("submit", function (event) {
    onSubmit(event, isAtStake);
  });
  document.addEventListener("click", function (event) {
    onClick(event, isAtStake);
  });
}
