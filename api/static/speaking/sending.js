/* One request to the server, and what can come of it. Whoever calls decides when it is tried again. */

const ANSWERED = [200, 409, 413, 422]; // the server understood; trying again would change nothing
const CLOSED = [401, 404, 410]; // the tablet was taken back, the link has ended, or the words were taken back
const LONGEST_WAIT = 2592000; // seconds: a month, as long as a box lasts
const WITHIN = 25000; // milliseconds; longer than the server waits for its own answer, and then the line is as good as gone

/* `status`: of an answer that does not say what became of it; 0 where there was none. */
export class NotSent extends Error {
  constructor(reason, status) {
    super(reason);
    this.status = status || 0;
  }
}

export class Closed extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

export class Refused extends Error {
  constructor(answer) {
    super(answer.error);
    this.answer = answer;
  }
}

async function ask(address, options) {
  const stop = window.AbortController ? new AbortController() : null;
  const patience = setTimeout(function () {
    if (stop) {
      stop.abort();
    }
  }, WITHIN);
  try {
    const response = await fetch(
      address,
      Object.assign({ credentials: "same-origin", cache: "no-store", signal: stop ? stop.signal : undefined }, options),
    );
    return { status: response.status, answer: ANSWERED.indexOf(response.status) < 0 ? null : await response.json() };
  } catch (problem) {
    throw new NotSent(String(problem));
  } finally {
    clearTimeout(patience);
  }
}

/* By the device's own clock, which may have been set anew meanwhile. */
export function secondsSince(at) {
  return Math.min(Math.max(0, Math.round((Date.now() - at) / 1000)), LONGEST_WAIT);
}

async function attempt(address, options) {
  const { status, answer } = await ask(address, Object.assign({ headers: { Accept: "application/json" } }, options));
  if (CLOSED.indexOf(status) >= 0) {
    throw new Closed(status);
  }
  if (!answer) {
    throw new NotSent(String(status), status);
  }
  if (status !== 200) {
    throw new Refused(answer);
  }
  return answer;
}

/* `fields`: names and values in the order of the form. The same turn id twice counts once. */
export function send(address, fields) {
  return attempt(address, { method: "POST", body: new URLSearchParams(fields) });
}

export function post(address, content) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  return attempt(address, { method: "POST", body: JSON.stringify(content), headers: headers });
}

export function look(address) {
  return attempt(address, { method: "GET" });
}

/* Whether a page could be loaded now. */
export async function isThere() {
  try {
    await ask("/health", { method: "HEAD" });
    return true;
  } catch (problem) {
    return false;
  }
}
