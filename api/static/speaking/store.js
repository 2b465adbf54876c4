/* The device's own store: sealed envelopes, in the order in which they were sealed, each with the box it is for. */

const NAME = "letterbox";
const ENVELOPES = "envelopes";
const WITHIN = 3000; // milliseconds; some browsers never answer, and words must not wait for them

let isSilent = false;

function open() {
  return new Promise(function (done, failed) {
    if (isSilent) {
      failed(new Error("silent"));
      return;
    }
    const asked = indexedDB.open(NAME, 1);
    const patience = setTimeout(function () {
      isSilent = true;
      failed(new Error("silent"));
    }, WITHIN);
    asked.onupgradeneeded = function () {
      asked.result.createObjectStore(ENVELOPES, { keyPath: "number", autoIncrement: true });
    };
    asked.onsuccess = function () {
      clearTimeout(patience);
      if (isSilent) {
        asked.result.close(); // nobody waits for it any more
        isSilent = false;
        return;
      }
      done(asked.result);
    };
    asked.onerror = function () {
      clearTimeout(patience);
      failed(asked.error);
    };
  });
}

/*
Done only when it would outlive a dead battery. What takes too long counts as not kept, and may turn out to be kept all the
same: it is then posted once more by the next page, and counts once.
*/
async function within(mode, work) {
  const store = await open();
  let patience;
  try {
    return await new Promise(function (done, failed) {
      patience = setTimeout(function () {
        failed(new Error("slow"));
      }, WITHIN);
      const transaction = store.transaction(ENVELOPES, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(ENVELOPES));
      transaction.oncomplete = function () {
        done(asked.result);
      };
      transaction.onabort = function () {
        failed(transaction.error);
      };
    });
  } finally {
    clearTimeout(patience);
    store.close();
  }
}

/* Gives the number that it has from now on. */
export function add(box, envelope) {
  return within("readwrite", function (envelopes) {
    return envelopes.add({ box: box, envelope: envelope, at: Date.now() });
  });
}

export function remove(number) {
  return within("readwrite", function (envelopes) {
    return envelopes.delete(number);
  });
}

export function all() {
  return within("readonly", function (envelopes) {
    return envelopes.getAll();
  });
}
