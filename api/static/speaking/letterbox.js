/*
Nothing leaves this device before it is kept here, sealed; it goes from here when the server has it. What an earlier page
left behind (a reload, a dead battery, a tablet that was handed back) is posted by whichever page of ours comes next.
*/

import { canSeal, seal } from "./sealing.js";
import { NotSent, post, Refused, secondsSince } from "./sending.js";
import { add, all, remove } from "./store.js";

const ADDRESS = "/letterbox";
const MOST_AT_ONCE = 20;
const LARGEST_POST = 90000; // characters; the server takes a little more
const FORGOTTEN_AFTER = 31 * 24 * 3600 * 1000; // milliseconds; longer than any box is valid

const of_this_page = new Set();

/* The number that it is kept under; null where it can only wait in this page, and is lost with it. */
export async function keep(fields, slot) {
  if (!canSeal() || !slot.key) {
    return null;
  }
  try {
    const number = await add(slot.box, await seal(JSON.stringify(fields), slot.key));
    of_this_page.add(number);
    return number;
  } catch (problem) {
    return null; // no room, or a browser that keeps nothing
  }
}

/* What cannot be removed is posted once more by the next page, and counts once all the same. */
async function dropped(number) {
  try {
    await remove(number);
    return true;
  } catch (problem) {
    return false;
  }
}

export async function forget(number) {
  if (number !== null && (await dropped(number))) {
    of_this_page.delete(number);
  }
}

/* What this page kept it will not send itself any more. */
export function giveUp() {
  of_this_page.clear();
}

async function kept() {
  try {
    return canSeal() ? await all() : [];
  } catch (problem) {
    return [];
  }
}

export async function leftBehind() {
  const envelopes = await kept();
  return envelopes.filter(function (each) {
    return !of_this_page.has(each.number);
  });
}

/* The first of them that are for one box and fit into one post. */
function nextPost(envelopes) {
  let size = 0;
  const first = envelopes[0];
  const end = envelopes.findIndex(function (each, place) {
    size += each.envelope.length;
    return place > 0 && (each.box !== first.box || place >= MOST_AT_ONCE || size > LARGEST_POST);
  });
  return end < 0 ? envelopes : envelopes.slice(0, end);
}

/* What became of each: taken, refused for good, or "later". Only without a line it must not be passed over. */
async function postOne(envelopes) {
  const content = {
    box: envelopes[0].box,
    envelopes: envelopes.map(function (each) {
      return each.envelope;
    }),
    waited: envelopes.map(function (each) {
      return secondsSince(each.at);
    }),
  };
  try {
    return (await post(ADDRESS, content)).became;
  } catch (problem) {
    if (!problem.status && !(problem instanceof Refused)) {
      throw problem;
    }
    const isOver = problem.status === 410;
    return envelopes.map(function (each) {
      const isTooOld = !(problem instanceof NotSent) && Date.now() - each.at > FORGOTTEN_AFTER;
      return isOver || isTooOld ? "refused" : "later";
    });
  }
}

/*
Raises NotSent while there is no line. Gives how many were taken, how many can never be, and how many stay here although
there is a line.
*/
export async function postLeftBehind() {
  const count = { taken: 0, refused: 0, later: 0 };
  let waiting = await leftBehind();
  while (waiting.length) {
    const now = nextPost(waiting);
    const became = await postOne(now);
    for (let place = 0; place < now.length; place++) {
      count[became[place]] += 1;
      if (became[place] !== "later") {
        await dropped(now[place].number);
      }
    }
    waiting = waiting.slice(now.length);
  }
  return count;
}
