// Renews the list of the inbox while the page is open. Without scripts the page is simply loaded again.

const EVERY = 3000; // ms
const EVERY_UNSEEN = 15000; // ms; in a tab behind others nobody sees the list
const ANSWER_WITHIN = 5000; // ms

async function keep(list, changed) {
  for (;;) {
    await new Promise((done) => setTimeout(done, document.hidden ? EVERY_UNSEEN : EVERY));
    await renew(list, changed).catch(() => {}); // the strip on top tells when the connection is lost
  }
}

async function renew(list, changed) {
  const known = list.querySelector("[data-version]")?.dataset.version ?? "";
  const asking = { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(ANSWER_WITHIN) };
  const answer = await fetch(`${list.dataset.address}&known=${known}`, asking);
  if (!answer.ok || answer.status !== 200 || answer.redirected) return;
  replace(list, await answer.text());
  changed.textContent = changed.dataset.says;
  setTimeout(() => (changed.textContent = ""), EVERY); // so that the same sentence is read out the next time
}

// Who was on a link with the keyboard stays on it, wherever its line has moved to.
function replace(list, html) {
  const held = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  list.innerHTML = html;
  if (held) list.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

const list = document.getElementById("inbox");
if (list) keep(list, document.getElementById("inbox-changed"));
