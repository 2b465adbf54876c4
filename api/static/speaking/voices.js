/*
Which voice reads. Only voices that the device has itself: a network voice would send what is read to somebody else's
computer. A voice that turns out not to be there is not tried again.
*/

const speech = window.speechSynthesis;
const HERE = { en: "en-gb", cy: "cy-gb", pa: "pa-in", pt: "pt-pt", es: "es-es", fr: "fr-fr", ur: "ur-pk" };
const OTHER_LETTERS = ["pa-pk"]; // the same language in letters that are not on the page
const missing = [];

function tagOf(voice) {
  return voice.lang.replace(/_/g, "-").toLowerCase();
}

function nameOf(voice) {
  return voice.voiceURI + " " + voice.lang;
}

function reads(voice, language) {
  const tag = tagOf(voice);
  return (
    voice.localService === true &&
    tag.split("-")[0] === language &&
    OTHER_LETTERS.indexOf(tag) < 0 &&
    missing.indexOf(nameOf(voice)) < 0
  );
}

/* Asked for anew each time: the list of a device comes late and changes. */
export function voiceFor(tag) {
  const language = tag.toLowerCase().split("-")[0];
  const found = speech ? speech.getVoices().filter((voice) => reads(voice, language)) : [];
  const near = found.filter((voice) => tagOf(voice) === HERE[language]);
  return near.filter((voice) => voice.default)[0] || near[0] || found[0] || null;
}

export function isMissing(voice) {
  missing.push(nameOf(voice));
}
