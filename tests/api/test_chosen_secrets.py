import pytest

from api.errors import Unfit
from api.services.people.chosen_secrets import check_password, check_pin


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "password_short"),
        ("x" * 201, "password_long"),
        ("Password123", "password_known"),
        ("qwerty 12345", "password_known"),
        ("7777777777", "password_known"),
        ("Robin Sample", "password_is_name"),
        ("robinsample26", "password_is_name"),
        ("r.sample@school.test", "password_is_name"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password: str, fault: str) -> None:
    with pytest.raises(Unfit) as refused:
        check_password(password, "Robin Sample", "r.sample@school.test")

    assert refused.value.fault == fault


def test_words_that_nobody_would_put_together_are_a_password() -> None:
    check_password("kettle orbit mustard", "Robin Sample", "r.sample@school.test")


@pytest.mark.parametrize("pin", ["", "123", "12a4", "١٢٣٤٥", "1234", "9876", "0000", "1212", "8901", "1" * 13])
def test_a_pin_that_is_soon_guessed_is_refused(pin: str) -> None:
    with pytest.raises(Unfit):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["1357", "2468", "40871936"])
def test_any_other_pin_will_do(pin: str) -> None:
    check_pin(pin)
