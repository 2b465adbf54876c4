"""A person's device: it opens a parent's link and sends what talk.js sends, and reads the screen that comes back."""

import asyncio
import re
import uuid
from dataclasses import dataclass

import httpx

from tests.running.product import Product

from .exchange import TurnError
from .exercise import Person, Step

AS_SCRIPT = {"Accept": "application/json"}
CHOICE = re.compile(r'name="choices" value="([^"]+)"')
ASKED = re.compile(r'name="asked" value="(\d+)"')
LINK = re.compile(r'value="(http[^"]+/parent/[^"]+)"')
CARER = re.compile(r'name="carer" type="radio" value="(\d+)"')
PUPIL = re.compile(r'href="(/staff/pupils/\d+)"')
LOOK_AGAIN = 2.5  # seconds, as in static/speaking/talk.js


class Office:
    """The trusted adult, who makes a link for each conversation."""

    def __init__(self, product: Product) -> None:
        self._client = httpx.AsyncClient(base_url=product.places.address, follow_redirects=True, trust_env=False)
        self._product = product
        self._pupil, self._carer = "", ""

    async def new_link(self) -> str:
        if not self._pupil:
            await self._sign_in()
        page = await self._client.post(f"{self._pupil}/invite", data={"carer": self._carer, "days": "14"})
        return found(LINK, page.text)

    async def _sign_in(self) -> None:
        people = self._product.demo()["staff_sign_ins"]
        adult = next(person for person in people if person["role"] == "trusted_adult")
        await self._client.post("/staff/sign-in", data={name: adult[name] for name in ("email", "password")})
        self._pupil = found(PUPIL, (await self._client.get("/staff/pupils")).text)
        self._carer = found(CARER, (await self._client.get(f"{self._pupil}/invite")).text)


def found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    if match is None:
        raise TurnError(f"a page of the office does not hold {pattern.pattern}: {page[:300]}")
    return match[1]


@dataclass
class DeviceTalk:
    client: httpx.AsyncClient
    link: str
    person: Person
    offered: frozenset[str] = frozenset()
    asked: str = ""

    async def open(self) -> None:
        await self.client.post(f"{self.link}/language", data={"language": "en"})
        await self.client.post(f"{self.link}/talk/open")
        self.hear((await self.client.get(f"{self.link}/talk")).text)

    async def take_turn(self) -> None:
        answer = await self.client.post(
            f"{self.link}/talk/turn", data=self.fields(self.person(self.offered)), headers=AS_SCRIPT
        )
        await self.hear_what_came_of(answer)

    async def hear_what_came_of(self, answer: httpx.Response) -> None:
        """A reply that takes too long is asked for again, as talk.js does; the time counts."""
        if answer.status_code != 200:
            raise TurnError(f"the api answered {answer.status_code}: {answer.text[:200]}")
        screen = answer.json()
        if screen["waiting"]:
            await asyncio.sleep(LOOK_AGAIN)
            news = f"{self.link}/talk/news?after={screen['after']}"
            await self.hear_what_came_of(await self.client.get(news, headers=AS_SCRIPT))
        else:
            self.hear(screen["parts"]["screen"])

    def fields(self, step: Step) -> dict[str, object]:
        said = {"text": step.text} if step.kind == "say" else {"choices": list(step.choices)}
        return {"turn": uuid.uuid4().hex, "asked": self.asked, **said}

    def hear(self, screen: str) -> None:
        self.offered = frozenset(CHOICE.findall(screen))
        asked = ASKED.search(screen)
        self.asked = asked[1] if asked else ""
