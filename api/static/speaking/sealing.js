/*
Words that wait here are sealed first: only the server can open them, not the next person at this device, not even with the
browser's own tools. How it is opened: api/services/talk/letterbox.py.
*/

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = "pupil-voice letterbox 1";
const NONCE = 12; // bytes

/* Browsers offer this on secure pages only. */
export function canSeal() {
  return Boolean(window.crypto && crypto.subtle && window.indexedDB && window.TextEncoder);
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), function (letter) {
    return letter.charCodeAt(0);
  });
}

function base64Of(bytes) {
  let letters = "";
  bytes.forEach(function (byte) {
    letters += String.fromCharCode(byte);
  });
  return btoa(letters);
}

function joined(parts) {
  const whole = new Uint8Array(
    parts.reduce(function (length, part) {
      return length + part.byteLength;
    }, 0),
  );
  let at = 0;
  parts.forEach(function (part) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  });
  return whole;
}

async function keyFor(receiver, own, point) {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: receiver }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: new TextEncoder().encode(INFO) };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/* `key`: the receiver's public key as the page was given it. A new pair of our own for every envelope. */
export async function seal(text, key) {
  const receiver = await crypto.subtle.importKey("spki", bytesOf(key), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", own.publicKey);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const lock = await keyFor(receiver, own, point);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, lock, new TextEncoder().encode(text));
  return base64Of(joined([point, nonce, sealed]));
}
