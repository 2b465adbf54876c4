/*
What stands on the page, cut into what is read aloud in one breath: the words of one paragraph, button or label that are
in one language. Nothing on the page is changed.
*/

const WHOLE = "p, h1, h2, h3, li, button, a, label, legend, summary, blockquote, dt, dd, td, th";
const UNSPOKEN = "textarea, select, script, style, [hidden], [aria-hidden='true'], [data-unspoken], .visually-hidden";
const LONGEST = 220; // characters; voices of some devices stop in the middle of longer ones
const ISOLATES = /[\u2066-\u2069]/g;

function isSeen(element) {
  return element.getClientRects().length > 0 && !element.closest(UNSPOKEN);
}

function languageOf(element) {
  const marked = element.closest("[lang]");
  return marked ? marked.lang : "";
}

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    if (walker.currentNode.data.trim() && isSeen(walker.currentNode.parentElement)) {
      found.push(walker.currentNode);
    }
  }
  return found;
}

/* Where a long text can be cut: after a sentence, else between two words. */
function cutAt(text) {
  const start = text.slice(0, LONGEST);
  const sentence = Math.max(...Array.from(".!?…؟۔।\n", (mark) => start.lastIndexOf(mark)));
  return sentence > 0 ? sentence + 1 : start.lastIndexOf(" ") + 1 || LONGEST;
}

class Piece {
  constructor(element, language) {
    this.element = element;
    this.language = language;
    this.parts = []; // text nodes, and where in the text each begins
    this.text = "";
  }

  add(node) {
    this.parts.push({ node: node, start: this.text.length });
    // as long as it was, so that places in it stay places on the page
    this.text += node.data.replace(ISOLATES, " ");
  }

  /* A range on the page for some of the text; null when the page has changed meanwhile or it lies in two nodes. */
  range(start, end) {
    const part = this.parts.filter((each) => each.start <= start).pop();
    if (!part || !part.node.isConnected || end - part.start > part.node.data.length) {
      return null;
    }
    const range = document.createRange();
    range.setStart(part.node, start - part.start);
    range.setEnd(part.node, end - part.start);
    return range;
  }

  /* What is said in one go, each with its place in the text. */
  breaths() {
    const found = [];
    for (let start = 0; start < this.text.length; ) {
      const rest = this.text.slice(start);
      const length = rest.length > LONGEST ? cutAt(rest) : rest.length;
      if (rest.slice(0, length).trim()) {
        found.push({ piece: this, start: start, text: rest.slice(0, length) });
      }
      start += length;
    }
    return found;
  }
}

/* In the order of the page. */
export function piecesOf(roots) {
  const pieces = [];
  for (const root of roots) {
    for (const node of textNodes(root)) {
      const element = node.parentElement.closest(WHOLE) || node.parentElement;
      const language = languageOf(node.parentElement);
      const last = pieces[pieces.length - 1];
      if (!last || last.element !== element || last.language !== language) {
        pieces.push(new Piece(element, language));
      }
      pieces[pieces.length - 1].add(node);
    }
  }
  return pieces;
}
