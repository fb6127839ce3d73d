"""A conversation speaks for a merchant only when the merchant or its page proved it."""

import math
from datetime import timedelta
from typing import Any

import jwt
import pytest

from service.accounts import Actor, CurrentActor, rules
from service.platform.clock import FixedClock
from tests.service.builders import AGENT, AGENT_PHONE, COBBLER, MING, SITE_SECRET, SPRING, SPRING_PHONE, Talker, World


def claims(clock: FixedClock, **changes: Any) -> dict[str, Any]:
    now = clock.now()
    values = {"sub": SPRING, "aud": "pos-assistant", "iat": now, "exp": now + timedelta(minutes=5)}
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def ask_for_code(talker: Talker, merchant_no: str = SPRING, phone: str = SPRING_PHONE) -> int:
    body = {"merchant_no": merchant_no, "phone": phone}
    return talker.post("/v1/conversation/verification", body).status_code


def confirm(talker: Talker, code: str) -> Any:
    return talker.post("/v1/conversation/verification/confirm", {"code": code})


def test_a_token_of_the_host_page_verifies(world: World) -> None:
    talker = world.merchant(SPRING)
    identity = talker.get("/v1/conversation").json()["identity"]
    assert identity == {
        "verified": True,
        "method": "token",
        "merchant_no": SPRING,
        "merchant_name": "春风小吃店",
        "party": "merchant",
        "phone_masked": "138****8001",
    }
    assert [terminal["terminal_no"] for terminal in talker.get("/v1/merchant").json()["terminals"]] == [
        "A1000001",
        "A1000002",
    ]


def test_an_agent_logs_in_as_a_merchant_does_and_is_known_as_an_agent(world: World) -> None:
    @world.app.get("/actor")
    def actor(actor: CurrentActor) -> Actor:
        return actor

    by_code = world.merchant()
    assert by_code.get("/actor").json()["party"] is None
    assert ask_for_code(by_code, "822900000000a01", AGENT_PHONE) == 202
    assert confirm(by_code, world.newest_code()).json()["party"] == "agent"
    for talker, party in ((by_code, "agent"), (world.merchant(AGENT), "agent"), (world.merchant(SPRING), "merchant")):
        assert talker.get("/v1/conversation").json()["identity"]["party"] == party
        assert talker.get("/actor").json()["party"] == party


def test_a_closed_account_still_logs_in_and_sees_its_applications(lite: World) -> None:
    merchant = lite.accounts.directory.find(COBBLER)
    assert merchant is not None
    lite.accounts.directory.close_account(merchant.id, reference="SQ1")
    talker = lite.merchant(COBBLER)
    assert talker.get("/v1/merchant").json()["name"] == "老街修鞋铺"
    assert talker.get("/v1/applications").json() == {"items": []}


def test_without_proof_there_is_no_merchant(lite: World) -> None:
    answer = lite.merchant().get("/v1/merchant")
    assert (answer.status_code, answer.json()["type"]) == (403, "identity_required")


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another-service"},
        {"aud": ["pos-assistant", "another-service"]},
        {"aud": None},
        {"sub": None},
        {"sub": "822000000000000"},
        {"exp": None},
        {"iat": None},
        {"exp": "soon"},
        {"iat": math.nan, "exp": math.inf},
        {"exp": math.nan},
        {"iat": 10**400, "exp": 10**400},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(lite: World, clock: FixedClock, changes: dict[str, Any]) -> None:
    token = jwt.encode(claims(clock, **changes), SITE_SECRET, algorithm="HS256")
    answer = lite.merchant().post("/v1/conversation/identity", {"identity_token": token})
    assert (answer.status_code, answer.json()["type"]) == (422, "identity_token_refused")


@pytest.mark.parametrize(
    ("issued", "lives"),
    [
        (timedelta(minutes=-20), timedelta(minutes=10)),
        (timedelta(minutes=5), timedelta(minutes=10)),
        (timedelta(), timedelta(minutes=16)),
    ],
)
def test_a_token_out_of_its_time_is_refused(
    lite: World, clock: FixedClock, issued: timedelta, lives: timedelta
) -> None:
    start = clock.now() + issued
    token = jwt.encode(claims(clock, iat=start, exp=start + lives), SITE_SECRET, algorithm="HS256")
    assert lite.merchant().post("/v1/conversation/identity", {"identity_token": token}).status_code == 422


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [("another secret of the same length", "HS256"), (SITE_SECRET * 2, "HS512"), (None, "none")],
)
def test_a_token_signed_in_another_way_is_refused(
    lite: World, clock: FixedClock, key: str | None, algorithm: str
) -> None:
    token = jwt.encode(claims(clock), key, algorithm=algorithm)
    assert lite.merchant().post("/v1/conversation/identity", {"identity_token": token}).status_code == 422


def test_a_conversation_token_is_no_identity_and_an_identity_no_conversation_token(lite: World) -> None:
    talker = lite.merchant()
    assert talker.post("/v1/conversation/identity", {"identity_token": talker.token}).status_code == 422
    headers = {"Authorization": f"Bearer {lite.identity_token(SPRING)}"}
    assert lite.client.get("/v1/conversation", headers=headers).status_code == 401


def test_a_conversation_stays_with_its_merchant(lite: World) -> None:
    talker = lite.merchant(SPRING)
    same = talker.post("/v1/conversation/identity", {"identity_token": lite.identity_token(SPRING)})
    other = talker.post("/v1/conversation/identity", {"identity_token": lite.identity_token(MING)})
    assert same.status_code == 200
    assert (other.status_code, other.json()["type"]) == (409, "identity_conflict")
    assert talker.get("/v1/merchant").json()["merchant_no"] == SPRING


def test_the_right_code_verifies_once(world: World) -> None:
    talker = world.merchant()
    assert ask_for_code(talker) == 202
    code = world.newest_code()
    assert confirm(talker, code).json()["method"] == "code"
    again = confirm(talker, code)
    assert (again.status_code, again.json()["type"]) == (422, "code_refused")


def test_a_code_is_good_for_its_conversation_alone(lite: World) -> None:
    ask_for_code(lite.merchant())
    code = lite.newest_code()
    other = lite.merchant()
    ask_for_code(other, MING, "13900139002")
    lite.newest_code()
    assert confirm(other, code).status_code == 422


def test_a_wrong_phone_gets_the_same_answer_and_no_message(world: World) -> None:
    right, wrong, nobody = world.merchant(), world.merchant(), world.merchant()
    answers = [
        talker.post("/v1/conversation/verification", {"merchant_no": merchant_no, "phone": phone})
        for talker, merchant_no, phone in (
            (right, SPRING, SPRING_PHONE),
            (wrong, SPRING, "13800138009"),
            (nobody, "822000000000000", SPRING_PHONE),
        )
    ]
    world.settle()
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"expires_in":300,"resend_in":60}')}
    assert len(world.client.get("/demo/sms").json()["messages"]) == 1
    assert confirm(wrong, "000000").status_code == confirm(nobody, "000000").status_code == 422


def test_after_five_wrong_tries_the_right_code_is_refused_too(world: World) -> None:
    talker = world.merchant()
    ask_for_code(talker)
    code = world.newest_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(rules.CODE_MAX_TRIES):
        assert confirm(talker, wrong).status_code == 422
    assert confirm(talker, code).status_code == 422


def test_a_code_ends_after_five_minutes(lite: World, clock: FixedClock) -> None:
    talker = lite.merchant()
    ask_for_code(talker)
    code = lite.newest_code()
    clock.advance(minutes=5)
    assert confirm(talker, code).status_code == 422


def test_a_new_code_comes_after_a_minute_and_ends_the_old_one(lite: World, clock: FixedClock) -> None:
    talker = lite.merchant()
    ask_for_code(talker)
    first = lite.newest_code()
    early = talker.post("/v1/conversation/verification", {"merchant_no": SPRING, "phone": SPRING_PHONE})
    assert (early.status_code, early.headers["retry-after"]) == (429, "60")
    clock.advance(seconds=61)
    assert ask_for_code(talker) == 202
    second = lite.newest_code()
    assert first == second or confirm(talker, first).status_code == 422
    assert confirm(talker, second).status_code == 200


def test_codes_are_limited_for_a_phone_over_all_conversations(lite: World) -> None:
    statuses = [ask_for_code(lite.merchant()) for _ in range(7)]
    assert statuses == [202] * 5 + [429] * 2


def test_numbers_may_be_typed_as_people_type_them(lite: World) -> None:
    assert ask_for_code(lite.merchant(), "８２２１ 0005 8120 001", "138-0013-8001") == 202
    assert len(lite.newest_code()) == 6


def test_where_no_messages_are_sent_it_is_said(lite: World) -> None:
    object.__setattr__(lite.accounts.identities, "_sms", None)
    answer = lite.merchant().post("/v1/conversation/verification", {"merchant_no": SPRING, "phone": SPRING_PHONE})
    assert (answer.status_code, answer.json()["type"]) == (503, "codes_off")
