"""The client of the service: how HTTP reality becomes a closed set of results, over real HTTP."""

import time
from collections.abc import Iterator

import pytest

from actions import client
from actions.client import Service
from actions.errors import AnswerRefused, Conflict, NotFound, ServiceUnavailable
from tests.bot.support.fake_service import PROCEDURES, TOKEN, FakeService


@pytest.fixture
def fake() -> Iterator[FakeService]:
    with FakeService().serving() as service:
        service.verified.add("c1")
        yield service


def service(fake: FakeService, turn: str = "t1", token: str = TOKEN) -> Service:
    return Service(fake.url, token, "c1", turn)


def test_every_change_carries_a_key_made_of_conversation_turn_and_purpose(fake: FakeService) -> None:
    bot = service(fake)
    number = bot.open_application("deposit_refund", {})["application_no"]
    bot.answer(number, "terminal", "A9254710")
    bot.clear_answer(number, "terminal")
    assert [key for _, _, key in fake.requests] == ["c1:t1:open", "c1:t1:answer:terminal", "c1:t1:clear:terminal"]


def test_the_same_turn_opens_one_application(fake: FakeService) -> None:
    assert service(fake).open_application("deposit_refund", {}) == service(fake).open_application("deposit_refund", {})
    assert service(fake, turn="t2").open_application("deposit_refund", {})["application_no"] != "SQ261122AAAA00"


def test_a_read_is_tried_once_more_and_a_change_is_not(fake: FakeService) -> None:
    fake.fail("GET /v1/procedures")
    assert service(fake).procedures() == PROCEDURES
    fake.fail("POST /v1/applications")
    with pytest.raises(ServiceUnavailable):
        service(fake).open_application("deposit_refund", {})
    assert sum(method == "POST" for method, _, _ in fake.requests) == 1


def test_refusals_carry_the_sentence_of_the_service(fake: FakeService) -> None:
    bot = service(fake)
    number = bot.open_application("deposit_refund", {})["application_no"]
    with pytest.raises(AnswerRefused) as refused:
        bot.answer(number, "reason", "没有的")
    assert refused.value.detail.startswith("这样填不对")
    with pytest.raises(NotFound):
        bot.application("SQ000000000000")
    with pytest.raises(Conflict) as conflict:
        bot.submit(number, 1)
    assert conflict.value.code == "not_ready"


@pytest.mark.parametrize("status", [401, 500, 502, 503])
def test_what_is_not_the_merchants_doing_is_unavailable(fake: FakeService, status: int) -> None:
    fake.fail("GET /v1/contacts", status=status, times=2)
    with pytest.raises(ServiceUnavailable):
        service(fake).contacts()


def test_a_wrong_token_is_unavailable_and_not_the_merchants_fault(fake: FakeService) -> None:
    with pytest.raises(ServiceUnavailable):
        service(fake, token="wrong").contacts()


def test_a_service_that_hangs_is_given_up_in_time(fake: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT_SECONDS", (0.2, 0.2))
    fake.delay_seconds = 1.0
    started = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        service(fake).open_application("deposit_refund", {})
    assert time.monotonic() - started < 0.9


def test_a_service_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(ServiceUnavailable):
        Service("http://127.0.0.1:9", TOKEN, "c1", "t1").procedures()


def test_the_whole_budget_of_an_action_is_kept() -> None:
    connect, read = client.TIMEOUT_SECONDS
    assert connect + read < 8
