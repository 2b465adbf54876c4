"""A tablet as somebody curious finds it: everything that it holds, and everything that it shows again."""

from typing import Any

from playwright.sync_api import Page

BACK = 12  # pages; more than a tablet shows between two pupils
HELD = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, document.title];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) found.push(asked.url, await (await cache.match(asked)).text());
  }
  return found.join("\\n");
}"""
STORES = """async () => {
  const done = asked => new Promise(found => { asked.onsuccess = () => found(asked.result); });
  const found = [];
  for (const {name} of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      found.push(...await done(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return found;
}"""


class Tablet:
    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def envelopes(self) -> list[dict[str, Any]]:
        """All rows of all its stores."""
        found: list[dict[str, Any]] = self._page.evaluate(STORES)
        return found

    def finds(self, *words: str) -> list[str]:
        """Which of them it holds, shows, or shows again to who goes back."""
        held = [self._page.evaluate(HELD), str(self.envelopes), str(self._page.context.cookies())]
        everything = "\n".join([*held, self._page.content(), *self._shown_again()])
        return [each for each in words if each in everything]

    def _shown_again(self) -> list[str]:
        """Comes back to the page that it started from."""
        here, shown = self._page.url, []
        for _ in range(BACK):
            if self._page.go_back() is None:
                break
            shown.append(self._page.content())
        self._page.goto(here)
        return shown
