"""The three that are compared: the stock assistant, our bot alone, and our whole product."""

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from tests.running.product import BOT, Places, Product
from tests.running.server import Server

from . import peer
from .device import DeviceTalk, Office
from .exchange import OPENING, ExchangeTalk
from .exercise import Person, lingering, talkative
from .rounds import Side
from .stock import StockTalk
from .training import train_ours

NAMES = ("stock", "bot", "product")
PORT, BOT_PORT = 8180, 5121
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=64)


@asynccontextmanager
async def compared(names: Collection[str], peer_store: str, data: Path) -> AsyncIterator[list[Side]]:
    async with AsyncExitStack() as running:
        client = await running.enter_async_context(httpx.AsyncClient(timeout=120, limits=LIMITS, trust_env=False))
        sides: list[Side] = []
        if "stock" in names and peer.ready():
            server = peer.start(peer_store)
            running.callback(server.stop)
            sides.append(stock(client, server))
        if {"bot", "product"} & set(names):
            product = Product(Places(PORT, BOT_PORT, data))
            running.callback(product.stop)
            sides += [side for side in (bot(client, product), whole(client, product)) if side.name in names]
        yield sides


def stock(client: httpx.AsyncClient, server: Server) -> Side:
    async def begin() -> StockTalk:
        return StockTalk(client, peer.ADDRESS)

    return Side("stock", begin, begin, server, training=peer.training_time())


def bot(client: httpx.AsyncClient, product: Product) -> Side:
    address, secret = product.places.bot_address, product.secret

    async def begin(person: Person) -> ExchangeTalk:
        talk = ExchangeTalk(client, address, secret, person)
        await talk.send(OPENING)
        return talk

    return Side("bot", lambda: begin(talkative()), lambda: begin(lingering()), product.server, BOT, train_ours())


def whole(client: httpx.AsyncClient, product: Product) -> Side:
    office = Office(product)

    async def begin(person: Person) -> DeviceTalk:
        talk = DeviceTalk(client, await office.new_link(), person)
        await talk.open()
        return talk

    return Side("product", lambda: begin(talkative()), lambda: begin(lingering()), product.server)
