"""How a line is cut between a page and the server, and is back afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Page, Route

Cut = Callable[[Page], AbstractContextManager[None]]


@contextmanager
def gone(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


@contextmanager
def cut_on_the_way(page: Page) -> Iterator[None]:
    """The server never hears of it."""
    page.route("**/turn", lambda route: route.abort())
    yield
    page.unroute("**/turn")


@contextmanager
def cut_on_the_way_back(page: Page) -> Iterator[None]:
    """The server has it, and the page cannot know."""
    page.route("**/turn", _arrive_and_lose)
    yield
    page.unroute("**/turn")


CUTS: tuple[Cut, ...] = (gone, cut_on_the_way, cut_on_the_way_back)


def _arrive_and_lose(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")
