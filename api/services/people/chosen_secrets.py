"""Which passwords and PINs people may choose. They are never kept, only their hashes (api.security)."""

from itertools import pairwise

from api.errors import Unfit

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
SHORTEST_PIN, LONGEST_PIN = 4, 12
ADDED_TO_A_NAME = 4  # "samokafor2026" is as good as the name alone
# the worst of those that are long enough, letters and digits only; shorter ones are refused anyway
KNOWN_TO_EVERYBODY = frozenset(
    "0123456789 1234567890 12345678910 123456789a 0987654321 1q2w3e4r5t 1qaz2wsx3edc abcdefghij administrator "
    "changeme123 demopassword football123 iloveyou123 letmein123 liverpool1 manchester password12 password123 "
    "password1234 password12345 passwordpassword pupilvoice pupilvoice1 q1w2e3r4t5 qwerty1234 qwerty12345 "
    "qwerty123456 qwertyuiop qwertyuiop123 safeguarding safeguarding1 schoolschool schoolpassword teacher123 "
    "trustno123 welcome123 welcome1234".split()
)


def check_password(password: str, name: str, email: str) -> None:
    """Unfit("password_short", "password_long", "password_is_name" or "password_known")."""
    if len(password) < SHORTEST_PASSWORD:
        raise Unfit("password_short")
    if len(password) > LONGEST_PASSWORD:
        raise Unfit("password_long")
    plain = _plain(password)
    if any(_is_little_more_than(plain, _plain(known)) for known in (name, email, email.partition("@")[0])):
        raise Unfit("password_is_name")
    if plain in KNOWN_TO_EVERYBODY or len(set(password)) == 1:
        raise Unfit("password_known")


def check_pin(pin: str) -> None:
    """Unfit("pin_short", "pin_long" or "pin_known"); it is typed on a shared tablet with pupils near."""
    if not (pin.isascii() and pin.isdecimal()) or len(pin) < SHORTEST_PIN:
        raise Unfit("pin_short")
    if len(pin) > LONGEST_PIN:
        raise Unfit("pin_long")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(set(pin)) < 3 or steps in ({1}, {9}):  # 1212, and counting up or down
        raise Unfit("pin_known")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _is_little_more_than(password: str, known: str) -> bool:
    return bool(known) and known in password and len(password) - len(known) <= ADDED_TO_A_NAME
