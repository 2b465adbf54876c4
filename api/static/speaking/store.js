/* The device's own store: sealed envelopes, in the order in which they were sealed, each with the box it is for. */

const NAME = "letterbox";
const ENVELOPES = "envelopes";

function open() {
  return new Promise(function (done, failed) {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = function () {
      asked.result.createObjectStore(ENVELOPES, { keyPath: "number", autoIncrement: true });
    };
    asked.onsuccess = function () {
      done(asked.result);
    };
    asked.onerror = function () {
      failed(asked.error);
    };
  });
}

/* Done only when it would outlive a dead battery. */
async function within(mode, work) {
  const store = await open();
  try {
    return await new Promise(function (done, failed) {
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
