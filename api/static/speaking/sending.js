/* One turn to the server. A dropped line is tried again with the same turn id, so nothing is lost and nothing is doubled. */

const PAUSES = [1000, 2000, 4000, 8000, 15000]; // milliseconds between tries
const ANSWERED = [200, 409, 413, 422]; // the server understood; trying again would change nothing
const CLOSED = [401, 404]; // the tablet was taken back, or the link has ended

function wait(milliseconds) {
  return new Promise(function (done) {
    setTimeout(done, milliseconds);
  });
}

export class NotSent extends Error {}

export class Closed extends Error {}

export class Refused extends Error {
  constructor(answer) {
    super(answer.error);
    this.answer = answer;
  }
}

async function attempt(address, body) {
  const response = await fetch(address, {
    method: body ? "POST" : "GET",
    body: body,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (CLOSED.indexOf(response.status) >= 0) {
    throw new Closed();
  }
  if (ANSWERED.indexOf(response.status) < 0) {
    throw new NotSent(String(response.status));
  }
  const answer = await response.json();
  if (response.status !== 200) {
    throw new Refused(answer);
  }
  return answer;
}

/* `onDropped` is called before each new try. */
export async function send(address, fields, onDropped) {
  for (const pause of PAUSES) {
    try {
      return await attempt(address, new URLSearchParams(fields));
    } catch (problem) {
      if (problem instanceof Refused || problem instanceof Closed) {
        throw problem;
      }
      onDropped();
      await wait(pause);
    }
  }
  throw new NotSent("too many tries");
}

export function look(address) {
  return attempt(address, null);
}
