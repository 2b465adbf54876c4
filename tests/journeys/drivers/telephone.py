"""A telephone that sends and gets text messages and knows no pages."""

import re

from tests.api.soon import soon
from tests.running.text_provider import TextProviderServer, post, written

PATIENCE = 60  # seconds; the machine may be busy with other things
ADDRESS = re.compile(r"https?://\S+/parent/\S+")


class Telephone:
    def __init__(self, provider: TextProviderServer, number: str, school: str) -> None:
        """`school`: the address of the product."""
        self._provider, self._number, self._school = provider, number, school
        self._written = 0

    def writes(self, text: str) -> str:
        """What is answered to it, in as many parts as came."""
        before = len(self.texts)
        self._written += 1
        number = int(self._number.removeprefix("+")) * 1000 + self._written
        answer = post(f"{self._school}/texting/twilio/message", written(self._number, text, number))
        assert answer.status_code == 200
        self.gets(before + 1)
        return " ".join(self.texts[before:])

    @property
    def texts(self) -> list[str]:
        return self._provider.to(self._number)

    def gets(self, count: int) -> None:
        """At least so many messages, and whatever comes with the last of them."""
        assert soon(lambda: len(self.texts) >= count and self._is_whole, PATIENCE)

    @property
    def _is_whole(self) -> bool:
        """A message in parts says how many there are."""
        numbered = re.match(r"\((\d+)/(\d+)\)", self.texts[-1])
        return numbered is None or numbered[1] == numbered[2]

    @property
    def link(self) -> str:
        return next(found[0] for text in self.texts if (found := ADDRESS.search(text)))
