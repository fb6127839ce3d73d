"""The acquirer's API over real HTTP: signed both ways, and not knowing is never taken for a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from service.cases import Cases
from service.cases.payout import signing
from service.cases.payout.acquirer import ACQUIRER, AcquirerPayout
from service.cases.payout.cashier import Cashier
from service.cases.payout.notices import Notices
from service.cases.payout.port import PayoutOrder, Verdict
from service.cases.settings import load_acquirer
from service.platform.clock import FixedClock
from service.platform.settings import SettingsError
from tests.service.cases.payout.fake_acquirer import NOT_THERE, SHUT, FakeAcquirer, Mood, running
from tests.service.cases.world import Merchant, World, approved

ORDER = PayoutOrder("SQ2611237K3Q9D-1", 19_900, "张春风", "演示银行城南支行", "6222020000000000000")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def them(clock: FixedClock) -> Iterator[FakeAcquirer]:
    with running(FakeAcquirer(clock)) as acquirer:
        yield acquirer


@pytest.fixture
def port(them: FakeAcquirer) -> AcquirerPayout:
    return AcquirerPayout(them.access(), them.clock)


def test_an_order_is_signed_and_speaks_of_whole_fen(them: FakeAcquirer, port: AcquirerPayout) -> None:
    assert port.pay(ORDER).verdict == Verdict.ACCEPTED
    order = them.orders[ORDER.refund_no]
    assert (order["txn_amt"], order["payer_info"]["acct_no"]) == ("19900", ORDER.account_no)
    answer = port.query(ORDER.refund_no)
    assert (answer.verdict, answer.channel_no, answer.amount_fen) == (Verdict.PAID, "T1", 19_900)
    assert (them.calls, them.refused) == (["/api/v3/ipsdf/paid/pay", "/api/v3/ipsdf/paid/query"], 0)


def test_money_goes_back_the_way_it_came_by_the_refund_service(them: FakeAcquirer, port: AcquirerPayout) -> None:
    order = replace(ORDER, holder="", bank="原路退回", account_no="JY261122A10000011", route="original")
    assert port.pay(order).verdict == Verdict.ACCEPTED
    sent = them.orders[order.refund_no]
    assert (sent["refund_amount"], sent["origin_trade_no"]) == ("19900", "JY261122A10000011")
    assert "payer_info" not in sent
    port.query(order.refund_no, route="original")
    assert them.calls[-1] == "/api/v3/rfd/refund_front/refund_query"


def test_a_request_that_is_not_ours_is_refused_there(them: FakeAcquirer) -> None:
    stranger = AcquirerPayout(them.access(key=generate_private_key(65537, 2048)), them.clock)
    assert stranger.pay(ORDER).verdict == Verdict.UNKNOWN
    assert (them.refused, them.orders) == (1, {})


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("INIT", Verdict.ACCEPTED),
        ("CREATE", Verdict.ACCEPTED),
        ("DEAL", Verdict.ACCEPTED),
        ("SUCCESS", Verdict.PAID),
        ("FAIL", Verdict.FAILED),
        ("CLOSE", Verdict.FAILED),
        ("UNKNOWN", Verdict.UNKNOWN),
        ("PART_REFUND", Verdict.UNKNOWN),
        ("", Verdict.UNKNOWN),
    ],
)
def test_each_of_their_states_has_a_meaning(
    them: FakeAcquirer, port: AcquirerPayout, state: str, verdict: Verdict
) -> None:
    port.pay(ORDER)
    them.state = state
    assert port.query(ORDER.refund_no).verdict == verdict


@pytest.mark.parametrize("mood", ["silent before", "silent after", "garbage", "unsigned", "broken", "of another"])
def test_what_cannot_be_believed_means_that_we_do_not_know(
    them: FakeAcquirer, port: AcquirerPayout, mood: Mood
) -> None:
    them.mood = mood
    assert port.pay(ORDER).verdict == Verdict.UNKNOWN
    assert port.query(ORDER.refund_no).verdict == Verdict.UNKNOWN


def test_an_acquirer_that_is_away_means_that_we_do_not_know(clock: FixedClock) -> None:
    gone = replace(FakeAcquirer(clock).access(), url="http://127.0.0.1:9")
    assert AcquirerPayout(gone, clock).pay(ORDER).verdict == Verdict.UNKNOWN


def test_codes_that_settle_an_order_come_from_the_settings(them: FakeAcquirer, port: AcquirerPayout) -> None:
    assert port.query(ORDER.refund_no).verdict == Verdict.NOT_FOUND
    them.refuses_with = SHUT
    assert port.pay(ORDER).verdict == Verdict.ABNORMAL
    them.refuses_with = "BBS99999"
    assert port.pay(ORDER).verdict == Verdict.UNKNOWN
    assert NOT_THERE != SHUT


# --- through the whole service ---------------------------------------------------------------------------------------


def pays_through(world: World, them: FakeAcquirer) -> tuple[Cases, Cashier]:
    port = AcquirerPayout(them.access(), world.clock)
    cases = Cases(replace(world.cases.parts, payout_adapter=ACQUIRER, notices=port))
    world.app.state.cases = cases
    return cases, Cashier(world.platform.database, cases.payouts, port)


def under_way(world: World) -> tuple[Merchant, str]:
    merchant = approved(world)
    return merchant, merchant.agree().json()["payout"]["refund_no"]


@pytest.mark.parametrize("mood", ["silent before", "silent after"])
def test_a_lost_answer_never_pays_twice(lite: World, mood: Mood) -> None:
    with running(FakeAcquirer(lite.clock)) as them:
        _cases, cashier = pays_through(lite, them)
        merchant, refund_no = under_way(lite)
        them.mood = mood
        assert cashier.step(refund_no) is False
        assert merchant.app["state"] == "paying", "not knowing is no failure"
        them.mood = "well"
        steps = 1 + next(number for number in range(5) if cashier.step(refund_no))
        assert merchant.app["state"] == "paid"
        assert (list(them.orders), steps <= 2) == ([refund_no], True)


def test_a_notice_is_believed_when_it_is_signed_and_of_now(lite: World) -> None:
    with running(FakeAcquirer(lite.clock)) as them:
        _cases, cashier = pays_through(lite, them)
        merchant, refund_no = under_way(lite)
        cashier.step(refund_no)
        late, body_of_late = them.notice(refund_no, "INIT")
        old, body_of_old = them.notice(refund_no, at=lite.clock.now() - timedelta(minutes=6))
        headers, body = them.notice(refund_no)
        client = lite.client()
        assert knock(client, {}, body) == knock(client, headers, body + b" ") == 401
        assert knock(client, old, body_of_old) == 401
        assert merchant.app["state"] == "paying"
        assert knock(client, headers, body) == 200
        assert merchant.app["state"] == "paid"
        told = merchant.app
        assert knock(client, headers, body) == knock(client, late, body_of_late) == 200
        assert merchant.app == told, "repeated and late ones change nothing"


def test_a_notice_about_another_sum_or_nothing_of_ours_is_not_believed(lite: World) -> None:
    with running(FakeAcquirer(lite.clock)) as them:
        _cases, cashier = pays_through(lite, them)
        merchant, refund_no = under_way(lite)
        cashier.step(refund_no)
        them.orders["SQ0000000000-1"] = them.orders[refund_no]
        assert knock(lite.client(), *them.notice("SQ0000000000-1")) == 404
        them.orders[refund_no] = {"txn_amt": "1"}
        assert knock(lite.client(), *them.notice(refund_no)) == 200
        assert merchant.app["state"] == "paying"


def test_notices_of_an_adapter_that_is_off_are_not_taken(lite: World) -> None:
    with running(FakeAcquirer(lite.clock)) as them:
        them.orders["SQ0000000000-1"] = {"txn_amt": "1"}
        headers, body = them.notice("SQ0000000000-1")
        assert knock(lite.client(), headers, body) == 404
        assert isinstance(lite.cases.notices, Notices)


def test_a_reason_from_outside_shows_no_account_number(lite: World) -> None:
    with running(FakeAcquirer(lite.clock)) as them:
        _cases, cashier = pays_through(lite, them)
        merchant, refund_no = under_way(lite)
        them.refuses_with = SHUT
        cashier.step(refund_no)
        assert merchant.app["state"] == "payout_abnormal"
        assert "6222020000000000000" not in str(merchant.app)


def knock(client: TestClient, headers: dict[str, str], body: bytes) -> int:
    status: int = client.post("/v1/payouts/notices/acquirer", content=body, headers=headers).status_code
    return status


# --- signatures and settings -----------------------------------------------------------------------------------------

KEY = generate_private_key(65537, 2048)


@given(body=st.binary(max_size=200), other=st.binary(max_size=200), seconds=st.integers(-900, 900))
def test_a_signature_holds_for_one_body_and_a_short_time(body: bytes, other: bytes, seconds: int) -> None:
    signed = signing.read_authorization(signing.authorization(KEY, body, app_id="A", serial_no="1", now=NOW))
    assert signed is not None
    then = NOW + timedelta(seconds=seconds)
    assert signing.is_genuine(KEY.public_key(), signed, body, now=then) == (abs(seconds) <= 300)
    if other != body:
        assert not signing.is_genuine(KEY.public_key(), signed, other, now=NOW)
    assert not signing.is_genuine(KEY.public_key(), replace(signed, app_id="B"), body, now=NOW)


@given(header=st.text(max_size=300), timestamp=st.text(max_size=20), signature=st.text(max_size=40))
def test_a_made_up_signature_is_no_signature(header: str, timestamp: str, signature: str) -> None:
    made_up = signing.read_authorization(header)
    assert made_up is None or not signing.is_genuine(KEY.public_key(), made_up, b"", now=NOW)
    assert not signing.is_genuine(KEY.public_key(), signing.Signed(timestamp, "n", signature), b"", now=NOW)


def pem(key: RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    (tmp_path / "key.pem").write_bytes(pem(KEY))
    public = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "their.pem").write_bytes(public)
    (tmp_path / "curve.pem").write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    values = {
        "URL": "https://api.example.com/",
        "APP_ID": "OP00000003",
        "SERIAL_NO": "1",
        "MERCHANT_NO": "82229007392000A",
        "TERM_NO": "D9296400",
        "KEY_FILE": str(tmp_path / "key.pem"),
        "CERTIFICATE_FILE": str(tmp_path / "their.pem"),
    }
    for name, value in values.items():
        monkeypatch.setenv(f"PAYOUT_ACQUIRER_{name}", value)
    return values


@pytest.mark.usefixtures("environment")
def test_what_is_set_is_who_we_are() -> None:
    access = load_acquirer()
    assert (access.url, access.codes, access.timeout_seconds) == ("https://api.example.com", {}, 10.0)
    assert access.their_key.public_numbers() == KEY.public_key().public_numbers()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("APP_ID", None, "PAYOUT_ACQUIRER_APP_ID is not set"),
        ("URL", "http://api.example.com", "must begin with https://"),
        ("CODES", '{"X": "paid"}', "PAYOUT_ACQUIRER_CODES cannot be used"),
        ("KEY_FILE", "/nowhere/key.pem", "/nowhere/key.pem is not a private key"),
        ("CERTIFICATE_FILE", "/nowhere/their.pem", "neither a certificate nor a public key"),
        ("TIMEOUT_SECONDS", "0", "PAYOUT_ACQUIRER_TIMEOUT_SECONDS cannot be used"),
    ],
)
@pytest.mark.usefixtures("environment")
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, says: str
) -> None:
    if value is None:
        monkeypatch.delenv(f"PAYOUT_ACQUIRER_{name}")
    else:
        monkeypatch.setenv(f"PAYOUT_ACQUIRER_{name}", value)
    with pytest.raises(SettingsError) as stopped:
        load_acquirer()
    assert says in str(stopped.value)


def test_a_key_of_another_kind_is_refused(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYOUT_ACQUIRER_KEY_FILE", environment["KEY_FILE"].replace("key.pem", "curve.pem"))
    with pytest.raises(SettingsError, match="not an RSA key"):
        load_acquirer()
