/* An id made on this device: sending the same turn twice counts once. */

export function newTurnId() {
  if (window.crypto && crypto.randomUUID) {
    return crypto.randomUUID(); // only where the page is served securely
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, function (byte) {
    return ("0" + byte.toString(16)).slice(-2);
  }).join("");
}
