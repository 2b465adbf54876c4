/*
The word that is being said, marked on the page. Where the browser can, nothing on the page is touched; else the word is
put into a <mark> for as long as it is said, and taken out of it again.
*/

const PAINTS = typeof Highlight === "function" && window.CSS && CSS.highlights;
let mark = null;
let shown = null;

function wrap(range) {
  mark = document.createElement("mark");
  mark.className = "said-now";
  range.surroundContents(mark);
}

/* The text before the word is the node that places are counted from: it takes the word and the rest back. */
function unwrap() {
  const before = mark.previousSibling;
  const after = mark.nextSibling;
  if (before && after) {
    before.data += mark.textContent + after.data;
    after.remove();
  }
  mark.remove();
  mark = null;
}

export function clearWord() {
  if (PAINTS) {
    CSS.highlights.delete("said-now");
  } else if (mark) {
    unwrap();
  }
}

export function markWord(piece, start, end) {
  clearWord();
  const range = piece.range(start, end);
  if (range && PAINTS) {
    CSS.highlights.set("said-now", new Highlight(range));
  } else if (range) {
    wrap(range);
  }
}

/* The whole paragraph, button or picture that is being read: voices without words to follow still show where they are. */
export function markPiece(piece) {
  clearPiece();
  shown = piece.element.closest(".face, .card-row, .place") || piece.element;
  shown.classList.add("being-read");
}

export function clearPiece() {
  if (shown) {
    shown.classList.remove("being-read");
  }
  shown = null;
}
