"""Telephone numbers, as people write and read them and as they are kept."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from api.errors import Unfit

HOME = "GB"  # where a number without its country is from, unless the school's country says otherwise


def read(written: str, country: str = HOME) -> str:
    """In E.164; empty for nothing. Unfit("phone"). `country`: a key of signposts.yml, such as GB-SCT."""
    if not written.strip():
        return ""
    region = country.partition("-")[0]
    try:
        number = phonenumbers.parse(written, region if region in phonenumbers.SUPPORTED_REGIONS else HOME)
    except NumberParseException:
        raise Unfit("phone") from None
    if not phonenumbers.is_possible_number(number):  # not "valid": new ranges are given out all the time
        raise Unfit("phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str, country: str = HOME) -> str:
    """As it is dialled in the school's country."""
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(country.partition("-")[0]) or phonenumbers.country_code_for_region(HOME)
    form = PhoneNumberFormat.NATIONAL if parsed.country_code == home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
