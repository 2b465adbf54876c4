/*
How the screen looks. What is chosen is seen at once and sent beside it: no new page, so words in the box stay.
The server keeps it with the conversation; nothing of it stays on the device.
*/

const root = document.documentElement;

function apply(field) {
  if (field.value === "usual") {
    root.removeAttribute("data-" + field.name);
  } else {
    root.setAttribute("data-" + field.name, field.value);
  }
}

function keep(form) {
  return fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(Array.from(new FormData(form).entries())),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  }).catch(function () {
    // the line is gone: this page stays as it was chosen, and the next choice sends all of them again
  });
}

function shut(details) {
  details.open = false;
  details.querySelector("summary").focus();
}

function onChange(event) {
  const form = event.target.form;
  if (form && form.hasAttribute("data-look")) {
    apply(event.target);
    keep(form);
  }
}

function onSubmit(event) {
  if (event.target.hasAttribute("data-look")) {
    event.preventDefault();
    keep(event.target);
    shut(event.target.closest("details"));
  }
}

/* Escape shuts a list that is open, as people expect of a list that lies over the page. */
function onKey(event) {
  const open = event.key === "Escape" && event.target.closest ? event.target.closest(".bar details[open]") : null;
  if (open) {
    event.stopPropagation();
    shut(open);
  }
}

document.addEventListener("change", onChange);
document.addEventListener("submit", onSubmit);
document.addEventListener("keydown", onKey);
