"""Letters reach a real mail server without content; one that is away is waited for, and staff are told."""

import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlmodel import update

from api.database import Database
from api.mail import Letter, NotSent, PostOffice
from api.main import create_app
from api.models import Alert, Mail, Pupil, StaffMember, now
from api.pages import letters as written
from api.pages.rendering import build_pages
from api.services.mailing import outbox, postman
from api.services.mailing.postman import Postman
from api.services.safeguarding import handling
from api.settings import Settings
from tests.api.alerted import WORDS, letters, raise_one, rows
from tests.api.mail_server import PASSWORD, USER, MailServer, let_in
from tests.api.people import People
from tests.api.serving import Serving
from tests.api.soon import soon

LETTER = Letter("lead@school.test", "There is something", "Sign in.\n", "en", "key-1")


class Clock:
    """Stands at now and is put forward by a test."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self._ahead

    def goes_on(self, **by: float) -> None:
        self._ahead += timedelta(**by)


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def man(database: Database, server: MailServer, clock: Clock) -> Postman:
    return postman_of(database, server.settings(), clock)


def postman_of(database: Database, settings: Settings, clock: Callable[[], datetime] = now) -> Postman:
    office = PostOffice(settings)
    write = written.writer(build_pages(settings), "https://voice.school.test")
    return Postman(database, office, write, clock=clock)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of a mail server here, by nobody whom this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().add_extension(here, critical=False).serial_number(1)
    made = made.subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    file = tmp_path / "server.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(plain + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return file


def holding(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def failing_since(database: Database, people: People) -> datetime | None:
    with database.reading() as session:
        return outbox.failing_since(session, people.lead.school_id)


def test_an_alert_is_told_without_content(database: Database, people: People, server: MailServer, man: Postman) -> None:
    raise_one(database, people)
    server.start()
    man.go_round()

    assert server.readers == ["adult", "deputy", "lead"]
    for letter in server.letters:
        told = letter.as_string() + letter.get_content()
        assert letter.get_content_type() == "text/plain"
        assert "https://voice.school.test/staff/alerts" in letter.get_content()
        assert not [word for word in (WORDS, "pupil <", *_names(database), "c1") if word in told]


def _names(database: Database) -> list[str]:
    """Of pupils; the product's own name is no name of a person."""
    return [f" {pupil.name} " for pupil in rows(database, Pupil)]


def test_each_letter_is_sent_once(database: Database, people: People, server: MailServer, man: Postman) -> None:
    raise_one(database, people)
    server.start()
    for _ in range(3):
        man.go_round()

    assert len(server.letters) == 3
    assert len({letter["Message-ID"] for letter in server.letters}) == 3


def test_a_letter_says_in_which_language_it_is(
    database: Database, people: People, server: MailServer, man: Postman
) -> None:
    raise_one(database, people)
    server.start()
    man.go_round()

    assert {letter["Content-Language"] for letter in server.letters} == {"en"}


def test_letters_wait_for_a_server_that_is_away_and_staff_are_told(
    database: Database, people: People, server: MailServer, man: Postman, clock: Clock
) -> None:
    raise_one(database, people)
    man.go_round()
    assert {(mail.attempts, mail.fault) for mail in rows(database, Mail)} == {(1, "unreachable")}
    assert failing_since(database, people)

    server.start()
    man.go_round()
    assert server.letters == []  # not before its pause is over
    clock.goes_on(minutes=1)
    man.go_round()
    assert server.readers == ["adult", "deputy", "lead"]
    assert failing_since(database, people) is None


def test_attempts_are_further_and_further_apart(database: Database, people: People, man: Postman, clock: Clock) -> None:
    raise_one(database, people)
    waited = []
    for minutes in (1, 2, 5, 15, 60, 60):
        man.go_round()
        mail = rows(database, Mail)[0]
        waited.append(round((mail.due_at - clock()).total_seconds() / 60))
        clock.goes_on(minutes=minutes)

    assert waited == [1, 2, 5, 15, 60, 60]


def test_an_alert_is_not_given_up_within_three_days(
    database: Database, people: People, man: Postman, clock: Clock
) -> None:
    raise_one(database, people)
    clock.goes_on(days=2.9)
    man.go_round()
    assert not [mail for mail in rows(database, Mail) if mail.given_up_at]

    clock.goes_on(days=1)
    man.go_round()
    assert [mail for mail in rows(database, Mail) if mail.kind == "alert" and mail.given_up_at]


def test_a_postman_who_died_on_the_way_loses_nothing(
    database: Database, people: People, server: MailServer, man: Postman, clock: Clock
) -> None:
    raise_one(database, people)
    with database.writing() as session:
        for mail in rows(database, Mail):
            assert outbox.take(session, mail, clock())
    server.start()
    clock.goes_on(minutes=1)
    man.go_round()

    assert len(server.letters) == 3


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_two_postmen_do_not_carry_the_same_letter(database: Database, people: People) -> None:
    raise_one(database, people)
    (mail, *_) = rows(database, Mail)

    with database.writing() as one:
        taken = [outbox.take(one, mail, now())]
    with database.writing() as another:
        taken.append(outbox.take(another, mail, now()))
    assert taken == [True, False]


def test_who_left_or_turned_out_to_be_named_is_told_nothing(
    database: Database, people: People, server: MailServer, man: Postman
) -> None:
    raise_one(database, people)
    with database.writing() as session:
        session.get_one(StaffMember, people.deputy.id).left_at = now()
        session.exec(update(Alert).values(kept_from_id=people.adult.id))
        session.commit()
    server.start()
    man.go_round()

    assert server.readers == ["lead"]


def test_what_was_read_while_the_server_was_away_is_not_told_afterwards(
    database: Database, people: People, server: MailServer, man: Postman
) -> None:
    alert = raise_one(database, people)
    with database.writing() as session:
        handling.acknowledge(session, people.lead, alert)
    server.start()
    man.go_round()

    assert server.readers == ["adult"]


def test_without_a_mail_server_letters_are_kept(database: Database, people: People) -> None:
    raise_one(database, people)
    postman_of(database, Settings(environment="test")).go_round()

    assert {(mail.attempts, mail.sent_at) for mail in rows(database, Mail)} == {(0, None)}


def test_a_letter_reaches_a_server_that_encrypts_and_asks_who_is_there(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = MailServer(
        tls_context=holding(certificate), require_starttls=True, authenticator=let_in, auth_required=True
    )
    server.start()
    encrypted: dict[str, Any] = {"mail_security": "starttls", "mail_user": USER}
    server.office(**encrypted, mail_password=PASSWORD).send(LETTER)
    with pytest.raises(NotSent, match="not_signed_in"):
        server.office(**encrypted, mail_password="wrong").send(LETTER)
    with pytest.raises(NotSent, match="refused"):
        server.office().send(LETTER)
    server.stop()

    assert len(server.letters) == 1


def test_a_letter_is_never_sent_openly_where_that_was_not_chosen(server: MailServer) -> None:
    server.start()

    with pytest.raises(NotSent, match="not_encrypted"):
        server.office(mail_security="starttls", mail_user=USER, mail_password=PASSWORD).send(LETTER)
    assert server.letters == []


def test_a_server_without_a_known_certificate_is_not_trusted(certificate: Path) -> None:
    server = MailServer(tls_context=holding(certificate), require_starttls=True)
    server.start()
    with pytest.raises(NotSent, match="not_encrypted"):
        server.office(mail_security="starttls").send(LETTER)
    server.stop()

    assert server.letters == []


@pytest.fixture
def served(settings: Settings, serving: Serving, server: MailServer) -> Iterator[None]:
    """The product, with the mail server set and running."""
    server.start()
    mail = {name: getattr(server.settings(), name) for name in ("mail_host", "mail_port", "mail_security", "mail_from")}
    serving.start(create_app(settings.model_copy(update=mail)))
    yield
    serving.stop()


def test_the_served_product_sends_by_itself(
    database: Database, people: People, server: MailServer, served: None
) -> None:
    raise_one(database, people)

    assert postman.PAUSE < 1  # seconds
    assert soon(lambda: len(server.letters) == 3)


def test_letters_of_every_kind_can_be_written(database: Database, people: People, server: MailServer) -> None:
    write = written.writer(build_pages(server.settings()), "https://voice.school.test")
    kinds = ("alert", "alert_again", "alert_escalated", "alert_unanswered", "unscreened", "promise_due", "contact_due")
    for kind in kinds:
        subject, text, language = write(kind, people.lead)
        assert subject
        assert "\n" not in subject
        assert "https://voice.school.test/staff" in text
        assert language == "en"
    assert letters(database, people) == []
