// Enhancements only: every page works without this file.

const ATTENTION_EVERY = 800; // ms; an alert has to be seen within the second
const ATTENTION_EVERY_UNSEEN = 4000; // ms; in a tab behind others only its title can be seen
const ANSWER_WITHIN = 5000; // ms
const FAILURES_BEFORE_TELLING = 3; // one lost question is soon asked again
const A_FORM_TAKES = 10000; // ms

// Short questions instead of an open stream: school networks buffer streams, and a stream would keep the server open.
// The next wait begins only after an answer: browsers slow down unbroken chains of timers in hidden tabs to minutes.
async function keepAttention(strip, lost, ring) {
  const title = document.title;
  for (let failures = 0; ; ) {
    lost.hidden = failures < FAILURES_BEFORE_TELLING;
    document.title = [...marks(strip, lost), title].join(" – ");
    ring?.(newestAlert(strip));
    await pause(document.hidden && !ring?.isOn() ? ATTENTION_EVERY_UNSEEN : ATTENTION_EVERY);
    failures = await renew(strip).then(() => 0, () => failures + 1);
  }
}

function marks(strip, lost) {
  const unread = strip.querySelector("[data-title]");
  return [lost.hidden ? null : lost, unread].filter(Boolean).map((element) => element.dataset.title);
}

let wake = () => {};
document.addEventListener("visibilitychange", () => wake());

function pause(milliseconds) {
  return new Promise((done) => {
    wake = done;
    setTimeout(done, milliseconds);
  });
}

// A form that signs out, such as handing the tablet over, leads somewhere itself: loading the page again would stop it.
let sentAt = -Infinity;
document.addEventListener("submit", () => (sentAt = performance.now()));
const isLeaving = () => performance.now() - sentAt < A_FORM_TAKES;

async function renew(strip) {
  const known = strip.querySelector("[data-version]")?.dataset.version ?? "";
  const asking = { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(ANSWER_WITHIN) };
  const answer = await fetch(`${strip.dataset.address}?known=${known}`, asking);
  if (!answer.ok) throw new Error(answer.statusText);
  if (answer.redirected && !isLeaving()) location.reload(); // signed out meanwhile: take the words off the screen
  else if (answer.status === 200) strip.innerHTML = await answer.text();
}

function newestAlert(strip) {
  return Number(strip.querySelector("[data-newest]")?.dataset.newest ?? 0);
}

// Two short tones for an alert that came since the last one that was heard, on whichever page. A browser plays nothing
// on a page before its reader has pressed something there, so the button says when a press is still needed.
function offerSound(button) {
  const player = new AudioContext();
  const isOn = () => localStorage.getItem("sound") === "on";
  const tell = () => {
    const state = !isOn() ? "off" : player.state === "running" ? "on" : "waiting";
    button.dataset.state = state;
    button.textContent = button.dataset[state];
  };
  const start = () => isOn() && player.resume();
  player.addEventListener("statechange", tell);
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, start);
  button.addEventListener("click", async () => {
    localStorage.setItem("sound", isOn() ? "off" : "on");
    tell();
    if (!isOn()) return;
    await player.resume();
    play(player);
  });
  button.hidden = false;
  start();
  tell();
  const ring = (newest) => {
    if (newest <= Number(sessionStorage.getItem("heard") ?? 0)) return;
    sessionStorage.setItem("heard", newest);
    if (isOn()) play(player);
  };
  ring.isOn = isOn;
  return ring;
}

function play(player) {
  for (const [start, pitch] of [[0, 660], [0.25, 880]]) {
    const tone = new OscillatorNode(player, { frequency: pitch });
    const loudness = new GainNode(player, { gain: 0 });
    const at = player.currentTime + start;
    loudness.gain.linearRampToValueAtTime(0.3, at + 0.02);
    loudness.gain.linearRampToValueAtTime(0, at + 0.2);
    tone.connect(loudness).connect(player.destination);
    tone.start(at);
    tone.stop(at + 0.25);
  }
}

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function offerCopying(button) {
  if (!navigator.clipboard) return;
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    document.querySelector("[data-copied]").hidden = false;
  });
}

const strip = document.getElementById("attention");
const sound = document.getElementById("sound");
if (strip) keepAttention(strip, document.getElementById("not-live"), sound && offerSound(sound));
document.querySelectorAll("[data-prints]").forEach(offerPrinting);
document.querySelectorAll("[data-copies]").forEach(offerCopying);
