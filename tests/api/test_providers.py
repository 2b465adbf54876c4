from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace

import pytest
from joserfc import jwt
from joserfc.jwk import Key, KeySet, OctKey, RSAKey
from sqlmodel import select

from api import access, identity
from api.database import Database
from api.errors import NotOnTheStaff, ProviderFailed
from api.identity import Flow, Identity, IdentityProviders, Provider
from api.models import ProviderIdentity, StaffMember, now
from api.services.people import providers
from tests.api.identity_provider import IdentityProvider, identity_provider, sent
from tests.api.people import People

SECRET = "the installation's secret"
PUBLIC = "https://voice.school.test"
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def outside() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture
def school(outside: IdentityProvider, people: People, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider as this installation knows it; the adult has an account there."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    outside.knows("42", email="Adult@School.Test", email_verified=True)
    return Provider("other", "The school", outside.issuer, "our client", "our secret")


async def goes_and_comes_back(school: Provider, outside: IdentityProvider, flow: Flow, subject: str = "42") -> Identity:
    ours = IdentityProviders([school], PUBLIC)
    back = outside.signs_in(await ours.address(school, flow), subject)
    assert (back.partition("?")[0], sent(back, "state")) == (ours.came_back_at(school), flow.state)
    return await ours.identify(school, flow, sent(back, "code"))


async def test_the_provider_is_asked_with_state_nonce_and_pkce(school: Provider) -> None:
    flow = Flow()
    address = await IdentityProviders([school], PUBLIC).address(school, flow)

    assert (sent(address, "state"), sent(address, "nonce")) == (flow.state, flow.nonce)
    assert sent(address, "code_challenge_method") == "S256"
    assert flow.verifier not in address


async def test_who_signs_in_there_is_known_by_issuer_subject_and_proved_address(
    school: Provider, outside: IdentityProvider
) -> None:
    found = await goes_and_comes_back(school, outside, Flow())

    assert found == Identity(outside.issuer, "42", "adult@school.test")


@pytest.mark.parametrize("claims", [{"email_verified": False}, {}, {"email_verified": "true"}])
async def test_an_address_that_was_not_verified_is_not_taken(
    school: Provider, outside: IdentityProvider, claims: dict[str, object]
) -> None:
    outside.knows("43", email="adult@school.test", **claims)

    assert (await goes_and_comes_back(school, outside, Flow(), "43")).email is None


async def test_an_answer_for_another_nonce_is_refused(school: Provider, outside: IdentityProvider) -> None:
    ours, flow = IdentityProviders([school], PUBLIC), Flow()
    back = outside.signs_in(await ours.address(school, flow), "42")

    with pytest.raises(ProviderFailed):
        await ours.identify(school, replace(flow, nonce="another"), sent(back, "code"))


async def test_a_code_works_once(school: Provider, outside: IdentityProvider) -> None:
    ours, flow = IdentityProviders([school], PUBLIC), Flow()
    code = sent(outside.signs_in(await ours.address(school, flow), "42"), "code")
    await ours.identify(school, flow, code)

    for spent in (code, "made up", ""):
        with pytest.raises(ProviderFailed):
            await ours.identify(school, flow, spent)


FLOW = Flow()
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "1"}) for _ in range(2))
OURS = Provider("other", "The school", "https://issuer.test", "our client", "our secret")


def token(header: dict[str, str], key: Key, **changed: object) -> str:
    claims = {"iss": OURS.issuer, "aud": OURS.client_id, "sub": "42", "nonce": FLOW.nonce, "iat": 1, "exp": 2**40}
    held = {name: value for name, value in {**claims, **changed}.items() if value is not None}
    return jwt.encode({"kid": "1", **header}, held, key, algorithms=[header["alg"]])


def is_believed(id_token: str) -> bool:
    try:
        return bool(identity._validated(id_token, None, KeySet([KEY]), OURS, FLOW))
    except identity.REFUSED:
        return False


def test_a_token_that_the_provider_signed_for_us_is_believed() -> None:
    assert is_believed(token({"alg": "RS256"}, KEY))


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://another.test"},
        {"aud": "another client"},
        {"aud": ["our client", "another client"]},  # without saying for whom it was made
        {"exp": 1000},
        {"nonce": "another"},
        {"sub": ""},
        {"sub": 42},
        *({name: None} for name in ("iss", "aud", "exp", "nonce", "sub")),
    ],
)
def test_a_token_that_says_something_else_is_not(changed: dict[str, object]) -> None:
    assert not is_believed(token({"alg": "RS256"}, KEY, **changed))


def test_a_token_signed_by_anybody_else_is_not() -> None:
    assert not is_believed(token({"alg": "RS256"}, OTHER_KEY))
    assert not is_believed(token({"alg": "HS256"}, OctKey.import_key("our secret" * 4)))
    claims = token({"alg": "RS256"}, KEY).split(".")[1]
    assert not is_believed(f"{b64encode(b'{"alg":"none"}').decode().rstrip('=')}.{claims}.")


async def test_a_provider_that_names_another_issuer_or_is_away_is_refused(school: Provider) -> None:
    ours = IdentityProviders([school], PUBLIC)
    for issuer in (f"{school.issuer}/", "http://localhost:1"):
        with pytest.raises(ProviderFailed):
            await ours.address(replace(school, issuer=issuer), Flow())


def test_microsoft_is_believed_about_the_name_one_signs_in_with_only() -> None:
    microsoft = Provider("microsoft", "Microsoft", "https://login.test", "c", "s")

    assert microsoft.address_vouched_for({"preferred_username": "A@school.test", "email": "b@school.test"}) == (
        "a@school.test"
    )
    assert microsoft.address_vouched_for({"email": "b@school.test", "email_verified": True}) is None


def test_google_accounts_of_other_domains_stay_out() -> None:
    google = Provider("google", "Google", "https://google.test", "c", "s", domain="school.test")
    mine = {"email": "a@school.test", "email_verified": True}

    assert google.address_vouched_for({**mine, "hd": "school.test"}) == "a@school.test"
    assert google.address_vouched_for({**mine, "hd": "elsewhere.test"}) is None
    assert google.address_vouched_for(mine) is None


def met(people: People, **changed: str | None) -> Identity:
    return replace(Identity("https://issuer.test", "42", people.adult.email), **changed)


def test_the_first_time_links_and_afterwards_the_address_does_not_matter(database: Database, people: People) -> None:
    providers.come_in(database, met(people))
    token, staff = providers.come_in(database, met(people, email="renamed@school.test"))

    assert staff.id == people.adult.id
    with database.reading() as session:
        assert access.complete_sign_in_by_token(session, token).kept.method == "provider"
        assert len(session.exec(select(ProviderIdentity)).all()) == 1


def test_an_address_that_somebody_else_has_now_does_not_open_the_account(database: Database, people: People) -> None:
    providers.come_in(database, met(people))

    for other in (met(people, subject="43"), met(people, issuer="https://other.test")):
        with pytest.raises(NotOnTheStaff):
            providers.come_in(database, other)


@pytest.mark.parametrize("email", ["nobody@school.test", "", None])
def test_nobody_gets_an_account_by_signing_in(database: Database, people: People, email: str | None) -> None:
    with pytest.raises(NotOnTheStaff):
        providers.come_in(database, met(people, email=email))


@pytest.mark.parametrize("before", [True, False])
def test_who_has_left_stays_out(database: Database, people: People, before: bool) -> None:
    if before:
        providers.come_in(database, met(people))
    with database.writing() as session:
        session.get_one(StaffMember, people.adult.id).left_at = now()
        session.commit()

    with pytest.raises(NotOnTheStaff):
        providers.come_in(database, met(people))


def test_what_the_browser_took_along_counts_only_whole_here_and_for_ten_minutes(
    school: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = Flow()
    sealed = providers.sealed_flow(flow, school, SECRET)
    assert providers.opened_flow(sealed, school, flow.state, SECRET) == flow
    elsewhere = replace(school, code="google")
    wrong = [(sealed, school, "x", SECRET), (sealed, elsewhere, flow.state, SECRET), (sealed, school, flow.state, "x")]
    for each in (*wrong, ("", school, "", SECRET)):
        with pytest.raises(ProviderFailed):
            providers.opened_flow(*each)

    monkeypatch.setattr(providers, "now", lambda: now() + providers.FLOW_LASTS)
    with pytest.raises(ProviderFailed):
        providers.opened_flow(sealed, school, flow.state, SECRET)
