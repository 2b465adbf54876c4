/*
At once a quiet picture instead of the page: by the button in the bar, or by Escape twice. Without a script the button
leads to a page with the same picture.
*/

const TWICE_WITHIN = 1500; // milliseconds

const cover = document.getElementById("cover");
let escapedAt = 0;
let title = "";
let scrolled = 0;

function others() {
  return Array.from(document.body.children).filter(function (each) {
    return each !== cover && each.localName !== "script";
  });
}

function icon(address) {
  document.querySelector('link[rel="icon"]').href = address;
}

function hide() {
  title = document.title;
  scrolled = window.scrollY;
  document.title = cover.dataset.title;
  icon(cover.dataset.icon);
  others().forEach(function (each) {
    each.inert = true;
    each.setAttribute("data-covered", ""); // gone for eyes, ears and the keyboard, also where nothing can be inert
  });
  cover.hidden = false;
  cover.querySelector("button").focus();
  document.dispatchEvent(new Event("quick-hide"));
}

function show() {
  cover.hidden = true;
  others().forEach(function (each) {
    each.inert = false;
    each.removeAttribute("data-covered");
  });
  document.title = title;
  icon(cover.dataset.ownIcon);
  window.scrollTo(0, scrolled);
  const box = document.getElementById("text") || document.getElementById("main");
  box.focus({ preventScroll: true });
}

function onClick(event) {
  const pressed = event.target.closest ? event.target.closest("[data-hide]") : null;
  if (pressed) {
    event.preventDefault();
    event.stopPropagation();
    hide();
  }
}

/* One Escape may close a menu or end the writing of a letter. */
function onKey(event) {
  if (event.key !== "Escape" || event.isComposing || event.repeat || !cover.hidden) {
    return;
  }
  const before = escapedAt;
  escapedAt = event.timeStamp;
  if (before && escapedAt - before < TWICE_WITHIN) {
    escapedAt = 0;
    hide();
  }
}

if (cover) {
  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey, true);
  cover.querySelector("button").addEventListener("click", show);
}
