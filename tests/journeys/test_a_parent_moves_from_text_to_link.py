"""By text message in Somali, then on a page with the same question and all that was said, then by text again."""

import pytest
from sqlmodel import update

from api.database import Database
from api.models import School
from api.services.texting.splitting import split
from tests.running.product import Product
from tests.running.text_provider import TextProviderServer

from .conftest import PHONE as SCREEN
from .conftest import Device
from .drivers.eyes import Eyes
from .drivers.parent import Parent
from .drivers.staff import Staff
from .drivers.telephone import Telephone

NUMBER = "+447700900321"
# "My daughter likes to draw." "The bus is late every morning." "I work at night."
DRAWING, BUS, NIGHTS = (
    "Gabadhaydu sawirka way jeceshahay.",
    "Basku subax walba wuu soo daahaa.",
    "Habeenkii baan shaqeeyaa.",
)


@pytest.fixture
def telephone(product: Product, telephones: TextProviderServer, staff: Staff) -> Telephone:
    """Of a parent whom the school has just asked, at whatever hour this test runs."""
    database = Database(f"sqlite:///{product.places.data / 'pupil-voice.db'}")
    with database.writing() as session:
        session.exec(update(School).values(quiet_from=0, quiet_until=0))
        session.commit()
    database.close()
    pupil = staff.opens_pupil()
    staff.adds_a_carer(pupil, "hooyo", "so", NUMBER)
    staff.sends_a_link(pupil, "hooyo", "text")
    return Telephone(telephones, NUMBER, product.places.address)


def test_a_parent_moves_from_text_to_link_and_finds_the_same_place(
    telephone: Telephone, device: Device, eyes: Eyes
) -> None:
    telephone.gets(3)  # the link, and a first question that does not fit into one message
    telephone.writes(DRAWING)
    asked_by_text = telephone.writes(BUS)

    parent = Parent(device(viewport=SCREEN, has_touch=True, is_mobile=True).new_page(), eyes)
    parent.opens(telephone.link)
    parent.page.locator("button[name=language][value=so]").first.click()
    parent.page.locator("#question").wait_for()
    assert parent.said_so_far == [DRAWING, BUS]
    assert asked_by_text.endswith(split(parent.page.locator("#question").inner_text(), "text")[0])

    texts = len(telephone.texts)
    parent.says(NIGHTS)
    assert len(telephone.texts) == texts
    assert telephone.writes("Hagaag, qoraal baan ku soo diray.")
    parent.reloads()
    assert parent.said_so_far[:3] == [DRAWING, BUS, NIGHTS]
    assert len(parent.said_so_far) == 4
