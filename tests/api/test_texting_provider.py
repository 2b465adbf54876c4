"""What is sent to the provider, and what is believed of what it posts."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from api.settings import Settings
from api.texting import NotGenuine, NotSent, Posted, Received, TextProvider, provider_of
from tests.api.reached import PHONE
from tests.running.text_provider import SCHOOL, SCHOOL_WHATSAPP, TextProviderServer, signed, written

PUBLIC = "https://voice.school.test"
MESSAGE, STATUS = f"{PUBLIC}/texting/twilio/message", f"{PUBLIC}/texting/twilio/status?message=a-key"


@pytest.fixture
def server() -> Iterator[TextProviderServer]:
    server = TextProviderServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def provider(server: TextProviderServer) -> TextProvider:
    found = provider_of(settings_for(server))
    assert found
    return found


def settings_for(server: TextProviderServer, **more: Any) -> Settings:
    return Settings(**{"environment": "test", "public_url": PUBLIC, **server.settings, **more})


def posted(fields: dict[str, str], address: str = MESSAGE, **headers: str) -> Posted:
    return Posted(address, headers or signed(address, fields), fields)


def reported(status: str, error: str = "") -> Posted:
    fields = {**written(SCHOOL, ""), "MessageStatus": status, **({"ErrorCode": error} if error else {})}
    return posted(fields, STATUS)


def test_texting_is_off_unless_it_is_set_up() -> None:
    assert provider_of(Settings(environment="test")) is None


@pytest.mark.parametrize("missing", ["text_account", "text_token"])
def test_half_a_set_up_is_refused(server: TextProviderServer, missing: str) -> None:
    with pytest.raises(ValidationError):
        settings_for(server, **{missing: ""})
    with pytest.raises(ValidationError):
        settings_for(server, text_number="", whatsapp_number="")
    with pytest.raises(ValidationError):
        settings_for(server, text_api_url="http://elsewhere.test")


def test_a_text_goes_out_and_tells_where_to_report(server: TextProviderServer, provider: TextProvider) -> None:
    name = provider.send(PHONE, "Salaan & “erayo”", "text", "turn-1")

    (sent,) = server.sent
    assert (sent.to, sent.text, sent.sender, sent.id) == (PHONE, "Salaan & “erayo”", SCHOOL, name)
    assert sent.reports_to == f"{PUBLIC}/texting/twilio/status?message=turn-1"


def test_whatsapp_has_a_number_of_its_own(server: TextProviderServer, provider: TextProvider) -> None:
    provider.send(PHONE, "Hello.", "whatsapp", "turn-1")

    assert (server.sent[0].to, server.sent[0].sender) == (f"whatsapp:{PHONE}", f"whatsapp:{SCHOOL_WHATSAPP}")
    assert provider.channels == {"text", "whatsapp"}


def test_a_channel_without_a_number_is_not_offered(server: TextProviderServer) -> None:
    only_texts = provider_of(settings_for(server, whatsapp_number="", text_number="MG0001"))
    assert only_texts
    only_texts.send(PHONE, "Hello.", "text", "turn-1")

    assert only_texts.channels == {"text"}
    assert server.sent[0].sender == "MG0001"


@pytest.mark.parametrize(
    ("refusal", "fault", "is_final"),
    [
        ((400, 21211), "not_theirs", True),
        ((400, 21610), "stopped", True),
        ((400, 99999), "refused", True),
        ((401, 20003), "not_signed_in", False),
        ((429, 20429), "unreachable", False),
        ((503, 20500), "unreachable", False),
    ],
)
def test_a_refusal_is_told_by_code_and_never_by_number(
    server: TextProviderServer, provider: TextProvider, refusal: tuple[int, int], fault: str, is_final: bool
) -> None:
    server.refusal = refusal
    with pytest.raises(NotSent) as refused:
        provider.send(PHONE, "Hello.", "text", "turn-1")

    assert (refused.value.fault, refused.value.is_final) == (fault, is_final)
    assert PHONE not in str(refused.value)


def test_a_provider_that_is_away_is_asked_again_later(server: TextProviderServer, provider: TextProvider) -> None:
    server.stop()
    with pytest.raises(NotSent) as refused:
        provider.send(PHONE, "Hello.", "text", "turn-1")

    assert (refused.value.fault, refused.value.is_final) == ("unreachable", False)


def test_what_is_signed_is_read(provider: TextProvider) -> None:
    message = provider.received(posted(written(PHONE, "Waa fiican tahay", 7)))
    assert message == Received(f"SM{7:032x}", PHONE, "Waa fiican tahay", "text", 0)

    chat = provider.received(posted(written(PHONE, "", 8, whatsapp=True, media=2)))
    assert chat == Received(f"SM{8:032x}", PHONE, "", "whatsapp", 2)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Other": "1"},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "0" * 28},
        signed(MESSAGE, written(PHONE, "Hello."), token="another token"),
        signed(MESSAGE.replace("https", "http"), written(PHONE, "Hello.")),
        signed(MESSAGE, written(PHONE, "Other words.")),
    ],
)
def test_what_is_not_signed_for_this_address_and_these_words_is_not_believed(
    provider: TextProvider, headers: dict[str, str]
) -> None:
    with pytest.raises(NotGenuine):
        provider.received(posted(written(PHONE, "Hello."), **headers))


def test_another_account_is_not_believed(provider: TextProvider) -> None:
    with pytest.raises(NotGenuine):
        provider.received(posted({**written(PHONE, "Hello."), "AccountSid": "AC2"}))


@pytest.mark.parametrize(
    ("status", "error", "delivered", "fault"),
    [
        ("sent", "", False, None),
        ("delivered", "", True, None),
        ("read", "", True, None),
        ("undelivered", "30003", False, "switched_off"),
        ("undelivered", "30006", False, "not_theirs"),
        ("failed", "63016", False, "too_late"),
        ("failed", "12345", False, "refused"),
    ],
)
def test_a_report_says_what_became_of_a_message(
    provider: TextProvider, status: str, error: str, delivered: bool, fault: str | None
) -> None:
    report = provider.reported(reported(status, error))
    assert (report.key, report.delivered, report.fault) == ("a-key", delivered, fault)


def test_words_in_an_answer_cannot_become_its_form(provider: TextProvider) -> None:
    media_type, body = provider.answer("Ring <the> school & ask.")
    assert media_type == "application/xml"
    assert "<Message>Ring &lt;the&gt; school &amp; ask.</Message>" in body
    assert "<Message>" not in provider.answer(None)[1]
