from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from api import access
from api.access import SignIn
from api.database import Database
from api.errors import NotFound, NotSignedIn, SecondFactorNeeded, TooManyAttempts, WrongSecondFactor
from api.models import AuditEntry, RecoveryCode, Role, School, StaffMember, StaffSession
from api.services import demo
from api.services.people import account, attempts, providers, second_factor, signing_in
from tests.api.people import PASSWORD, People
from tests.api.phone import INSTALLATION, Phone, give_phone

ADDRESS = "10.0.0.1"
ROLES: tuple[Role, ...] = ("trusted_adult", "attendance_lead", "safeguarding_lead", "administrator")
NEEDS_CODE = {"safeguarding_lead", "administrator"}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def phone(session: Session, people: People) -> Phone:
    return give_phone(session, people.lead)


def somebody(session: Session, role: Role) -> StaffMember:
    return session.exec(select(StaffMember).where(StaffMember.role == role)).all()[0]


def gives_password(session: Session, staff: StaffMember) -> tuple[str, SignIn]:
    token = signing_in.sign_in(session, staff.email, PASSWORD, ADDRESS, "Firefox, Linux")
    return token, access.sign_in_by_token(session, token)


def half_way(session: Session, staff: StaffMember) -> tuple[str, SignIn]:
    """As after the right password, which takes long to check."""
    token = signing_in.start_session(session, staff, is_complete=False)
    return token, access.sign_in_by_token(session, token)


def answers(session: Session, half: SignIn, typed: str) -> None:
    signing_in.answer_code(session, half, typed, INSTALLATION, ADDRESS)


@pytest.mark.parametrize("role", ROLES)
def test_a_password_alone_opens_the_door_only_for_roles_that_need_no_code(session: Session, role: Role) -> None:
    token, _ = gives_password(session, somebody(session, role))

    if role in NEEDS_CODE:
        with pytest.raises(SecondFactorNeeded):
            access.staff_by_token(session, token)
    else:
        assert access.staff_by_token(session, token).role == role


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["code", "recovery_code"])
def test_with_a_second_factor_set_every_role_is_asked_for_it(session: Session, role: Role, kind: str) -> None:
    staff = somebody(session, role)
    phone = give_phone(session, staff)
    token, half = gives_password(session, staff)
    with pytest.raises(SecondFactorNeeded):
        access.staff_by_token(session, token)

    answers(session, half, phone.code() if kind == "code" else phone.recovery_codes[3])

    assert access.staff_by_token(session, token).id == staff.id


@pytest.mark.parametrize("role", ROLES)
def test_who_comes_by_the_schools_provider_is_not_asked_again(database: Database, role: Role) -> None:
    with database.reading() as session:
        staff = somebody(session, role)
    token, _ = providers.come_in(database, providers.Identity("https://issuer.test", "42", staff.email))

    with database.reading() as session:
        assert access.staff_by_token(session, token).id == staff.id


@pytest.mark.parametrize("typed", ["", "000000", "not a code", "123", "０００００", "x" * 40])
def test_a_wrong_code_opens_nothing(session: Session, people: People, phone: Phone, typed: str) -> None:
    token, half = half_way(session, people.lead)

    with pytest.raises(WrongSecondFactor):
        answers(session, half, typed)
    with pytest.raises(SecondFactorNeeded):
        access.staff_by_token(session, token)


@pytest.mark.parametrize(("steps", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(
    session: Session, people: People, phone: Phone, steps: int, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_015.0)  # the middle of a step: none passes meanwhile
    _, half = half_way(session, people.lead)

    if works:
        answers(session, half, phone.code(steps))
    else:
        with pytest.raises(WrongSecondFactor):
            answers(session, half, phone.code(steps))


@pytest.mark.parametrize("later", [0, -1])
def test_a_code_that_was_used_works_no_more_nor_one_before_it(
    session: Session, people: People, phone: Phone, later: int
) -> None:
    _, first = half_way(session, people.lead)
    now, seen = phone.code(), phone.code(later)
    answers(session, first, now)
    _, second = half_way(session, people.lead)

    with pytest.raises(WrongSecondFactor):
        answers(session, second, seen)


def test_a_recovery_code_signs_in_once(session: Session, people: People, phone: Phone) -> None:
    _, first = half_way(session, people.lead)
    answers(session, first, f" {phone.recovery_codes[0].upper()} ")
    _, second = half_way(session, people.lead)

    with pytest.raises(WrongSecondFactor):
        answers(session, second, phone.recovery_codes[0])
    assert second_factor.recovery_codes_left(session, people.lead) == second_factor.RECOVERY_CODES - 1


def test_somebody_elses_code_is_wrong(session: Session, people: People, phone: Phone) -> None:
    other = give_phone(session, people.deputy)
    _, half = half_way(session, people.lead)

    for typed in (other.code(), other.recovery_codes[0]):
        with pytest.raises(WrongSecondFactor):
            answers(session, half, typed)


def test_guessing_codes_becomes_slow(session: Session, people: People, phone: Phone) -> None:
    _, half = half_way(session, people.lead)
    for _ in range(attempts.FREE + 1):
        with pytest.raises(WrongSecondFactor):
            answers(session, half, "000000")

    with pytest.raises(TooManyAttempts):
        answers(session, half, phone.code())


def test_an_answer_that_is_sent_twice_changes_nothing(session: Session, people: People, phone: Phone) -> None:
    token, half = half_way(session, people.lead)
    answers(session, half, phone.code())
    answers(session, access.sign_in_by_token(session, token), phone.code())

    assert access.staff_by_token(session, token)


def test_half_a_sign_in_does_not_last_long(session: Session, people: People, phone: Phone) -> None:
    _, half = half_way(session, people.lead)

    assert half.kept.expires_at - half.kept.started_at <= signing_in.PENDING_LASTS


def sets_up(session: Session, mine: SignIn, typed: str | None = None) -> list[str]:
    candidate = second_factor.offer(mine.staff, INSTALLATION)
    code = Phone(candidate.secret, []).code() if typed is None else typed
    return account.set_up_second_factor(session, mine, candidate.sealed, code, INSTALLATION, ADDRESS)


def test_setting_up_completes_the_sign_in_and_gives_recovery_codes_once(session: Session, people: People) -> None:
    token, half = half_way(session, people.office)

    codes = sets_up(session, half)

    assert access.staff_by_token(session, token).totp_secret
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    stored = session.exec(select(RecoveryCode.code_hash)).all()
    assert not any(code in kept for code in codes for kept in stored)


def test_a_second_factor_counts_only_after_a_code_came_back(session: Session, people: People) -> None:
    _, half = half_way(session, people.office)

    with pytest.raises(WrongSecondFactor):
        sets_up(session, half, "000000")
    assert session.get_one(StaffMember, people.office.id).totp_secret is None


def test_the_code_that_set_it_up_does_not_sign_in_again(session: Session, people: People) -> None:
    _, half = half_way(session, people.office)
    candidate = second_factor.offer(people.office, INSTALLATION)
    code = Phone(candidate.secret, []).code()
    account.set_up_second_factor(session, half, candidate.sealed, code, INSTALLATION, ADDRESS)
    _, again = half_way(session, people.office)

    with pytest.raises(WrongSecondFactor):
        answers(session, again, code)


def test_a_password_alone_cannot_put_another_phone_in_place(session: Session, people: People, phone: Phone) -> None:
    _, half = half_way(session, people.lead)

    with pytest.raises(NotFound):
        sets_up(session, half)


def test_a_secret_that_was_offered_to_somebody_else_is_refused(session: Session, people: People) -> None:
    _, half = half_way(session, people.office)
    foreign = second_factor.offer(people.deputy, INSTALLATION)

    with pytest.raises(WrongSecondFactor):
        account.set_up_second_factor(
            session, half, foreign.sealed, Phone(foreign.secret, []).code(), INSTALLATION, ADDRESS
        )


def test_the_secret_is_not_readable_in_the_records(session: Session, people: People, phone: Phone) -> None:
    assert phone.secret not in (session.get_one(StaffMember, people.lead.id).totp_secret or "")


def test_new_recovery_codes_end_the_old_ones(session: Session, people: People, phone: Phone) -> None:
    account.new_recovery_codes(session, people.lead, PASSWORD, INSTALLATION)
    _, half = half_way(session, people.lead)

    with pytest.raises(WrongSecondFactor):
        answers(session, half, phone.recovery_codes[0])


def test_it_can_be_taken_off_only_where_it_is_not_required(session: Session, people: People, phone: Phone) -> None:
    give_phone(session, people.adult)
    account.take_off_second_factor(session, people.adult, PASSWORD)

    assert session.get_one(StaffMember, people.adult.id).totp_secret is None
    assert second_factor.recovery_codes_left(session, people.adult) == 0
    with pytest.raises(NotFound):
        account.take_off_second_factor(session, people.lead, PASSWORD)


@pytest.mark.parametrize("by", ["deputy", "office"])
def test_leaders_reset_a_colleagues_second_factor_and_end_their_sessions(
    session: Session, people: People, phone: Phone, by: str
) -> None:
    token = signing_in.start_session(session, people.lead)
    second_factor.forget_second_factor(session, getattr(people, by), people.lead)
    session.commit()

    assert session.get_one(StaffMember, people.lead.id).totp_secret is None
    with pytest.raises(NotSignedIn):
        access.staff_by_token(session, token)
    assert session.exec(select(AuditEntry.about_id).where(AuditEntry.act == "second_factor_reset")).all() == [
        str(people.lead.id)
    ]


@pytest.mark.parametrize("by", ["adult", "attendance", "stranger", "lead"])
def test_nobody_else_resets_it_nor_its_owner(session: Session, people: People, phone: Phone, by: str) -> None:
    with pytest.raises(NotFound):
        second_factor.forget_second_factor(session, getattr(people, by), people.lead)


def test_only_a_demo_school_shows_its_codes(session: Session, people: People, phone: Phone) -> None:
    assert second_factor.demo_code(session, people.lead, INSTALLATION) is None

    session.get_one(School, people.lead.school_id).is_demo = True
    lead = session.get_one(StaffMember, people.lead.id)
    for _ in range(2):  # two visitors within half a minute
        _, half = half_way(session, lead)
        answers(session, half, second_factor.demo_code(session, lead, INSTALLATION) or "")


def test_sign_ins_are_in_the_audit_trail_once_they_are_complete(session: Session, people: People, phone: Phone) -> None:
    _, half = gives_password(session, people.lead)
    signed_in = select(AuditEntry.details).where(AuditEntry.act == "signed_in")
    assert session.exec(signed_in).all() == []

    answers(session, half, phone.code())

    assert session.exec(signed_in).all() == [{"method": "code"}]
    assert session.exec(select(StaffSession.device)).all() == ["Firefox, Linux"]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
@pytest.mark.parametrize("kind", ["code", "recovery_code"])
def test_of_two_at_one_moment_only_one_comes_in_with_a_code(database: Database, people: People, kind: str) -> None:
    with database.writing() as session:
        phone = give_phone(session, people.lead)
        half_ways = [half_way(session, people.lead)[1] for _ in range(2)]
    typed = phone.code() if kind == "code" else phone.recovery_codes[0]

    def comes_in(half: SignIn) -> bool:
        with database.writing() as session:
            try:
                answers(session, half, typed)
            except WrongSecondFactor:
                return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(comes_in, half_ways)) == [False, True]


@pytest.mark.parametrize("email", ["lead@demo.example", "office@demo.example"])
def test_leaders_of_the_demo_school_have_one_too_even_after_the_secret_was_lost(session: Session, email: str) -> None:
    for installation in ("one secret", "another secret"):
        demo.prepare(session, installation)
        leader = session.exec(select(StaffMember).where(StaffMember.email == email)).one()
        assert second_factor.demo_code(session, leader, installation)
