/* The part of the page that changes. It is put in place without moving the reader away from where they are. */

const screen = document.getElementById("screen");
const bar = document.getElementById("bar");
const announcer = document.getElementById("announcer");

export const settings = screen.dataset;

export function wordsBox() {
  return document.getElementById("text");
}

/* Only what is new is read out. It is emptied first, so that the same sentence said again is heard again. */
export function announce(html) {
  announcer.textContent = "";
  setTimeout(function () {
    announcer.innerHTML = html;
  }, 100);
}

/* A short word about the sending itself, for eyes only: what is being sent is known to the one who sent it. */
export function show(sentence) {
  const place = document.getElementById("sending");
  if (place) {
    place.textContent = sentence;
  }
}

/* The same for eyes and ears: something did not go as expected. */
export function tell(sentence) {
  show(sentence);
  announcer.textContent = sentence;
}

/* Who was writing goes on writing; who pressed something that is gone stands at the new question. */
function keepFocus(wasWriting, hadFocus) {
  const place = (wasWriting && wordsBox()) || document.getElementById("now");
  if (hadFocus && place) {
    place.focus({ preventScroll: true });
  }
}

function bringIntoView() {
  const box = document.getElementById("now").getBoundingClientRect();
  if (box.top < 0 || box.top > window.innerHeight / 2) {
    const wished = document.documentElement.dataset.motion === "less";
    const calm = wished || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById("now").scrollIntoView({ behavior: calm ? "auto" : "smooth" });
  }
}

/* The box of the youngest is folded away until they want it. */
function foldOfWords() {
  return document.querySelector("details.write");
}

/* `draft`: words that were not sent and must stay in the box. */
export function put(answer, draft) {
  if (answer.language !== document.documentElement.lang) {
    window.location.reload(); // the language was changed elsewhere: everything around the conversation changes too
    return;
  }
  const wasWriting = document.activeElement === wordsBox();
  const hadFocus = screen.contains(document.activeElement) || document.activeElement === document.body;
  const unfolded = foldOfWords() && foldOfWords().open;
  screen.innerHTML = answer.parts.screen;
  bar.innerHTML = answer.parts.bar;
  settings.after = answer.after;
  if (draft && wordsBox()) {
    wordsBox().value = draft;
  }
  if (foldOfWords() && (unfolded || draft)) {
    foldOfWords().open = true;
  }
  keepFocus(wasWriting, hadFocus);
  bringIntoView();
}
