"""People at their screens. No scripts anywhere: what works here works without JavaScript."""

from dataclasses import dataclass

import httpx

from api.models import Pupil
from api.security import new_id
from tests.pages.staff.markup import Markup


@dataclass(frozen=True)
class Started:
    conversation: str
    hand_over: str  # the page on which the adult is asked how


class AtDesk:
    """A member of staff at a computer."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def asks(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def sees(self, path: str) -> Markup:
        """The page at the end of any way there."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, answer.status_code
        return Markup(answer.text)

    def posts(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data=fields)

    def sent_to(self, path: str, **fields: str) -> str:
        answer = self.posts(path, **fields)
        assert answer.status_code == 303, answer.status_code
        return answer.headers["location"]

    def starts(self, pupil: Pupil, place: str = "library", present: str = "an aunt") -> Started:
        fields = {"language": "en", "place": place, "present": present}
        page = self.sent_to(f"/staff/pupils/{pupil.id}/conversations", **fields)
        return Started(page.split("/")[3], page)

    def invites(self, pupil: Pupil, relation: str = "uncle") -> str:
        """Where the new link is shown."""
        return self.sent_to(f"/staff/pupils/{pupil.id}/invite", relation=relation, language="en", days="14")

    def shows_code(self, started: Started) -> str:
        return self.sees(self.sent_to(f"{started.hand_over}/code")).one("p", id="code").text


class Speaking:
    """A person before a conversation that stands open at `talk`."""

    def __init__(self, client: httpx.Client, talk: str) -> None:
        self.client = client
        self.talk = talk
        client.post(f"{talk}/open")

    def says(self, text: str) -> str:
        """The turn's id."""
        return self._sends(kind="say", text=text)

    def picks(self, *codes: str) -> str:
        return self._sends(kind="choose", choices=list(codes))

    def leaves_out(self, turn: str, words: str) -> str:
        target = {"target_turn": turn, "target_start": "0", "target_end": str(len(words))}
        return self._sends(kind="choose", choices="readback:leave_out", **target)

    def _sends(self, **fields: str | list[str]) -> str:
        """To the question that stands on the screen."""
        form = Markup(self.client.get(self.talk).text)
        asked = {field["name"]: field["value"] for field in form.find("input", name="asked")}
        turn = new_id()
        self.client.post(f"{self.talk}/turn", data={"turn": turn, **asked, **fields})
        return turn


class OnTablet(Speaking):
    """A pupil who was handed a tablet."""

    def __init__(self, client: httpx.Client, code: str) -> None:
        client.post("/pupil/code", data={"code": code})
        super().__init__(client, "/pupil/talk")


class ByLink(Speaking):
    """A parent or carer at home."""

    def __init__(self, client: httpx.Client, link: str) -> None:
        client.post(f"{link}/language", data={"language": "en"})
        super().__init__(client, f"{link}/talk")
