"""From words to what is done about them: an alert in Urdu, a promise that is answered, both voices, papers."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.api.mail_server import MailServer
from tests.api.soon import soon
from tests.running.product import Product

from .conftest import TABLET, Device, SignIn, hand_over
from .drivers.eyes import Eyes
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff
from .test_the_trusted_adult_reads import ONE_SECOND

NOT_SAFE_IN_URDU = "ابو مجھے بیلٹ سے مارتے ہیں"
CORRIDORS = "The corridors are too loud."
CORRIDORS_TOO = "He says that the corridors are too noisy."
# "The corridors are too loud." in three scripts
SAID = {
    "ar": "الممرات صاخبة جدا.",
    "bn": "করিডোরে খুব শব্দ।",
    "pa": "ਗਲਿਆਰਿਆਂ ਵਿੱਚ ਬਹੁਤ ਰੌਲਾ ਹੈ।",
}


@pytest.fixture
def tablet(device: Device, eyes: Eyes, product: Product) -> Staff:
    """A tablet in the hands of an adult who is not signed in yet."""
    return Staff(device(viewport=TABLET).new_page(), eyes, product.places.address)


def hand_over_in(tablet: Staff, adult: SignIn, language: str, eyes: Eyes) -> Pupil:
    tablet.signs_in(adult["email"], adult["password"])
    tablet.starts_a_conversation(language=language)
    tablet.hands_the_tablet_over()
    return Pupil(tablet.page, eyes)


def test_an_alert_raised_in_urdu_reaches_the_lead_within_a_second_and_by_e_mail_without_content(
    tablet: Staff, adult: SignIn, eyes: Eyes, lead: Staff, post: MailServer
) -> None:
    before, letters = lead.alert.count(), len(post.letters)
    pupil = hand_over_in(tablet, adult, "ur", eyes)
    pupil.starts()
    pupil.says(NOT_SAFE_IN_URDU)
    expect(lead.alert).to_have_count(before + 1, timeout=ONE_SECOND)
    assert soon(lambda: len(post.letters) > letters)
    for letter in post.letters[letters:]:
        assert NOT_SAFE_IN_URDU not in letter.get_content()
        assert "Doyle" not in letter.as_string()
    assert lead.reads_the_alert() == NOT_SAFE_IN_URDU
    lead.acknowledges()
    assert lead.alert.count() == before


def test_words_are_read_a_promise_is_made_and_its_answer_reaches_the_pupil(
    pupil: Pupil, staff: Staff, adult: SignIn
) -> None:
    pupil.starts()
    pupil.says(CORRIDORS)
    staff.opens_summary()
    staff.notes("We will talk on Friday.")
    staff.promises("quiet_place", about=CORRIDORS)
    staff.opens_summary()
    staff.keeps_the_promise("done")
    pupil.gives_the_tablet_back(adult["pin"])
    desk = Staff(pupil.page, staff._eyes, pupil.address)
    hand_over(desk, adult)
    answered = pupil.page.locator("[data-outcome=done]")
    expect(answered).to_contain_text(CORRIDORS)


def test_both_voices_stand_on_one_map(pupil: Pupil, parent: Parent, staff: Staff) -> None:
    pupil.starts()
    pupil.says(CORRIDORS)
    parent.chooses("en")
    parent.starts()
    parent.says(CORRIDORS_TOO)
    staff.opens_the_map()
    row = staff.page.locator("tr[data-factor='school.sensory']")
    assert row.locator("a[href*='/summary']").count() >= 2


@pytest.mark.parametrize("language", SAID)
def test_papers_hold_the_words_in_their_own_script(
    tablet: Staff, adult: SignIn, eyes: Eyes, staff: Staff, language: str
) -> None:
    pupil = hand_over_in(tablet, adult, language, eyes)
    pupil.starts()
    pupil.says(SAID[language])
    staff.opens_summary()
    written = docx.Document(BytesIO(staff.saves("summary.docx", language)))
    assert SAID[language] in "\n".join(each.text for each in written.paragraphs)
    pages = pypdfium2.PdfDocument(staff.saves("summary.pdf", language))
    assert pages.is_tagged()
    assert pages[0].render().to_numpy().std() > 1  # something stands on it
