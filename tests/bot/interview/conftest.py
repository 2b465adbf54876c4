from pathlib import Path

import pytest
from interview.guides import Guides, load_guides

from tests.bot.interview.speaker import Speaker

BOT = Path(__file__).resolve().parents[3] / "bot"


@pytest.fixture(scope="session")
def guides() -> Guides:
    return load_guides(BOT / "data" / "interview")


@pytest.fixture
def pupil(guides: Guides) -> Speaker:
    """Somebody who has just been asked the first question."""
    return Speaker(guides["pupil"]).opens()


@pytest.fixture
def parent(guides: Guides) -> Speaker:
    return Speaker(guides["parent"]).opens()


@pytest.fixture
def started(pupil: Speaker) -> Speaker:
    """A pupil past the warm-up who has let the interview choose: asked about a good day."""
    return pupil.says("I like drawing dragons a lot").picks("topic:any")
