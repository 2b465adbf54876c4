/*
A device that can speak, for browsers without voices: it says every word at once and writes down what was said by which
voice. `window.spoken` holds one entry for each utterance; `window.marked` what was marked on the page at each word.
*/
(function () {
  const voice = (lang, localService, name) => ({ lang, localService, name, voiceURI: name, default: false });
  const voices = [
    voice("en-GB", false, "network English"),
    voice("en_GB", true, "absent English"), // listed, and silent: as some phones do
    voice("en-GB", true, "own English"),
    voice("ar-EG", false, "network Arabic"),
    voice("ar-SA", true, "own Arabic"),
    voice("pl-PL", false, "network Polish"),
  ];
  class Utterance {
    constructor(text) {
      this.text = text;
    }
  }
  window.spoken = [];
  window.marked = [];
  let queue = [];
  const told = (utterance, name, more) => utterance["on" + name] && utterance["on" + name](Object.assign({ utterance }, more));

  function mark() {
    const painted = window.CSS && CSS.highlights && CSS.highlights.get("said-now");
    const words = painted ? Array.from(painted, String) : [];
    document.querySelectorAll("mark.said-now").forEach((each) => words.push(each.textContent));
    window.marked.push(words.join(" "));
  }

  function sayAll(utterance) {
    if (utterance.voice.name === "absent English") {
      told(utterance, "error", { error: "synthesis-failed" });
      return;
    }
    window.spoken.push({ text: utterance.text, lang: utterance.lang, voice: utterance.voice.name });
    told(utterance, "start");
    for (const word of utterance.text.matchAll(/\S+/g)) {
      if (queue[0] !== utterance) return;
      told(utterance, "boundary", { name: "word", charIndex: word.index, charLength: word[0].length });
      mark();
    }
    if (queue[0] !== utterance || window.holdsItsBreath) return;
    queue.shift();
    told(utterance, "end");
  }

  const speech = {
    getVoices: () => voices,
    addEventListener: () => {},
    speak(utterance) {
      queue.push(utterance);
      setTimeout(() => queue[0] === utterance && sayAll(utterance));
    },
    cancel() {
      const stopped = queue;
      queue = [];
      stopped.forEach((each) => told(each, "error", { error: "canceled" }));
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
})();
