"""A whole conversation on a phone, in Arabic, with a reload and a killed bot in the middle."""

from tests.running.product import Product

from .drivers.parent import Parent

# "She likes to paint with her little brother." "The bus does not come on time in the morning." "I work at night."
PAINTING = "تحب أن ترسم مع أخيها الصغير."
BUS = "الحافلة لا تأتي في موعدها صباحا."
NIGHTS = "أنا أعمل في الليل."
MORE = ("المعلمة لطيفة معها.", "أريد أن تكون سعيدة في المدرسة.", "خالتها تساعدنا.")


def test_a_parent_writes_in_arabic_through_a_reload_and_a_killed_bot(parent: Parent, product: Product) -> None:
    parent.chooses("ar")
    parent.starts()
    assert parent.direction == "rtl"
    assert not parent.overflows
    parent.says(PAINTING)
    reload_in_the_middle(parent)
    the_bot_is_killed_in_the_middle(parent, product)
    parent.talks_until(parent.reaches_the_read_back, MORE)
    assert parent.line(BUS).is_visible()
    assert not parent.overflows
    parent.agrees()
    assert parent.state == "finished"


def reload_in_the_middle(parent: Parent) -> None:
    question = parent.question
    parent.reloads()
    assert parent.question == question
    assert parent.said_so_far == [PAINTING]


def the_bot_is_killed_in_the_middle(parent: Parent, product: Product) -> None:
    """The launcher starts it again; the words wait meanwhile and are told to it in order."""
    product.bot.kill()
    parent.types(BUS)
    parent.sends()
    parent.waits_for_an_answer()
    parent.is_answered()
    parent.says(NIGHTS)
    assert parent.said_so_far == [PAINTING, BUS, NIGHTS]


def test_a_parent_changes_the_language_in_the_middle(parent: Parent) -> None:
    parent.chooses("en")
    parent.starts()
    question = parent.question
    parent.changes_the_language("ar")
    assert (parent.direction, parent.question) == ("rtl", question)
