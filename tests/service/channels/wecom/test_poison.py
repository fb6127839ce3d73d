"""What 企业微信 gives wrongly, or cannot be written down, holds up neither the rest of its account nor others."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from service.channels.wechat import words
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatPull, WechatUser
from tests.service.channels.wecom.conftest import DESK, DeskTown
from tests.service.channels.wecom.test_customer_service import OTHER_DESK
from tests.wechat.emulator.api import Answer, Refusal

CONTENT = "application/json"


def the_pull(town: DeskTown, account: str = DESK) -> WechatPull:
    with town.world.platform.database.session() as session:
        return session.get_one(WechatPull, account)


def go_on(town: DeskTown, seconds: int = 60) -> None:
    for _ in range(seconds // 5):
        town.pass_time(seconds=5)


def answers(town: DeskTown, change: Callable[[dict[str, Any]], dict[str, Any]], account: str = DESK) -> None:
    """What sync_msg says of an account is changed on its way."""
    call = town.api.call

    def changed(path: str, query: dict[str, str], body: bytes) -> Answer:
        given = call(path, query, body)
        if not path.endswith("sync_msg") or json.loads(body)["open_kfid"] != account:
            return given
        return Answer(json.dumps(change(json.loads(given.content))).encode(), CONTENT)

    town.api.call = changed  # type: ignore[method-assign]


def fails_for(town: DeskTown, monkeypatch: pytest.MonkeyPatch, said: str, times: int, error: Exception) -> list[str]:
    """Writing down what has these words; gives what was tried."""
    take, tried = town.bridge.intake.take, list[str]()

    def fails(inbound: Inbound, waits: bool = True) -> object:
        tried.append(inbound.text)
        if inbound.text == said and tried.count(said) <= times:
            raise error
        return take(inbound, waits)

    monkeypatch.setattr(town.bridge.intake, "take", fails)
    return tried


# --- what is wrong in it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_id", ["a\ud800", "a\x00b", "m" * 401, "图", ""])
def test_a_picture_without_a_name_that_can_be_one_is_asked_for_again(town: DeskTown, media_id: str) -> None:
    anna, ben = town.somebody("Anna"), town.somebody("Ben")
    town.desk.other(anna, "image", media_id=media_id)
    town.say(ben, "二")
    assert ben.texts() == ["回：二"]
    go_on(town)
    assert anna.texts() == ["回：［图片］"]


@pytest.mark.parametrize("code", ["\ud800x", "x\x00", "x" * 401])
def test_a_welcome_code_that_can_be_none_welcomes_nobody_and_stops_nobody(town: DeskTown, code: str) -> None:
    ben = town.somebody("Ben")
    town.corporation.keep_event(DESK, "enter_session", external_userid="wmAnna", welcome_code=code)
    assert town.say(ben, "二").texts() == ["回：二"]
    assert "/cgi-bin/kf/send_msg_on_event" not in town.corporation.calls


@pytest.mark.parametrize("errcode", [[1], {"a": 1}, "40001", None, 1.5])
def test_an_error_code_that_is_no_number_is_a_failed_fetch(town: DeskTown, errcode: object) -> None:
    anna, there = town.somebody("Anna"), town.somebody("Anna", OTHER_DESK)
    call = town.api.call
    answers(town, lambda given: {**given, "errcode": errcode})
    town.desk.text(there, "二")
    town.desk.ring(OTHER_DESK)
    town.say(anna, "一")
    assert the_pull(town).failures == 1
    assert there.texts() == ["回：二"]
    town.api.call = call  # type: ignore[method-assign]
    go_on(town)
    assert anna.texts() == ["回：一"]


@pytest.mark.parametrize("cursor", ["c" * 201, "c\ud800", ["c"], 7])
def test_a_cursor_that_cannot_be_kept_is_a_failed_fetch_whose_messages_are_answered(
    any_town: DeskTown, cursor: object
) -> None:
    anna, there = any_town.say(any_town.somebody("Anna"), "零"), any_town.somebody("Anna", OTHER_DESK)
    answers(any_town, lambda given: {**given, "next_cursor": cursor})
    any_town.desk.text(there, "二")
    any_town.desk.ring(OTHER_DESK)
    any_town.say(anna, "一")
    assert (anna.texts(), there.texts()) == (["回：零", "回：一"], ["回：二"])
    pull = the_pull(any_town)
    assert (pull.failures, pull.cursor) == (1, "cursor1")
    fetched = any_town.corporation.calls.count("/cgi-bin/kf/sync_msg")
    go_on(any_town)
    assert any_town.corporation.calls.count("/cgi-bin/kf/sync_msg") - fetched < 10  # the pauses grow
    assert len(any_town.world.engine.asked) == 3


# --- what cannot be written down -------------------------------------------------------------------------------------


def test_a_message_that_can_never_be_written_down_is_left_out_and_the_rest_is_answered(
    any_town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = any_town.somebody("Anna"), any_town.somebody("Ben")
    any_town.api.page_size = 3
    tried = fails_for(any_town, monkeypatch, "毒", 99, ValueError("of this one"))
    for customer, said in ((anna, "毒"), (ben, "一"), (anna, "后来的"), (ben, "二")):
        any_town.desk.text(customer, said)
    any_town.ring(ben)
    assert (anna.texts(), ben.texts()) == ([], ["回：一"])
    go_on(any_town)
    assert tried.count("毒") == 4
    assert (anna.texts(), ben.texts()) == (["回：后来的"], ["回：一", "回：二"])
    assert (the_pull(any_town).cursor, the_pull(any_town).failures) == ("cursor4", 0)


def test_a_message_that_can_be_written_down_later_keeps_its_place(
    town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = town.somebody("Anna")
    fails_for(town, monkeypatch, "一", 2, ValueError("for now"))
    for said in ("一", "二"):
        town.desk.text(anna, said)
    town.ring(anna)
    go_on(town)
    assert "\n\n".join(anna.texts()) == "回：一\n\n回：二"


def test_a_database_that_is_away_for_long_costs_no_message(town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = town.somebody("Anna")
    fails_for(town, monkeypatch, "一", 8, OperationalError("insert", {}, Exception("away")))
    town.say(anna, "一")
    go_on(town, 900)
    assert anna.texts() == ["回：一"]


def test_an_account_that_crashes_does_not_stop_the_other(any_town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, there = any_town.somebody("Anna"), any_town.somebody("Anna", OTHER_DESK)
    sync = any_town.puller._api.sync

    def crashes(open_kfid: str, **more: Any) -> object:
        if open_kfid == DESK:
            raise TypeError("of this account")
        return sync(open_kfid, **more)

    with monkeypatch.context() as broken:
        broken.setattr(any_town.puller._api, "sync", crashes)
        any_town.desk.text(there, "二")
        any_town.desk.ring(OTHER_DESK)
        any_town.say(anna, "一")
        assert (anna.texts(), there.texts()) == ([], ["回：二"])
        assert the_pull(any_town).failures == 1
    go_on(any_town)
    assert anna.texts() == ["回：一"]


def test_a_bell_that_cannot_be_opened_any_more_is_as_good_as_none(any_town: DeskTown) -> None:
    anna, there = any_town.somebody("Anna"), any_town.somebody("Anna", OTHER_DESK)
    any_town.desk.text(anna, "一")
    any_town.desk.text(there, "二")
    for account in (DESK, OTHER_DESK):
        any_town.desk.ring(account)
    with any_town.world.platform.database.begin() as session:
        session.get_one(WechatPull, DESK).bell_sealed = "garbage"
    any_town.settle()
    assert (anna.texts(), there.texts()) == (["回：一"], ["回：二"])


# --- people of 企业微信 ----------------------------------------------------------------------------------------------


def test_what_a_stranger_writes_while_people_serve_is_never_taken_in(any_town: DeskTown) -> None:
    anna = any_town.somebody("Anna")
    any_town.desk.people_take(anna)
    any_town.desk.text(anna, "给人看的")
    any_town.ring(anna)
    any_town.say(anna, "也是给人看的")
    any_town.pass_time(minutes=1)
    any_town.desk.people_end(anna)
    any_town.ring(anna)
    any_town.pass_time(minutes=1)
    assert (anna.texts(), any_town.world.engine.asked) == ([], [])
    any_town.say(anna, "再问")
    assert anna.texts() == ["回：再问"]


def test_a_session_of_a_stranger_that_people_end_makes_nobody_known(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    town.desk.people_end(anna)
    town.ring(anna)
    with town.world.platform.database.session() as session:
        assert session.get(WechatUser, f"{DESK}/wmAnna") is None


def test_who_can_never_ask_whether_people_serve_does_not_hold_up_what_comes_later(
    town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = town.say(town.somebody("Anna"), "一"), town.somebody("Ben")
    town.desk.people_take(anna)
    town.ring(anna)
    anna.state = 1  # and nobody told

    def refuses(*_: object) -> None:
        raise Refusal(-1, "no state today")

    monkeypatch.setattr(town.api, "_state", refuses)
    town.api.page_size = 1
    town.desk.text(anna, "二")
    town.desk.text(ben, "我也在")
    town.ring(ben)
    go_on(town)
    assert (anna.texts(), ben.texts()) == (["回：一", "回：二"], ["回：我也在"])


# --- too long --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [2_001, 20_000, 60_000])
def test_what_is_too_long_for_one_message_is_not_taken_in_part(town: DeskTown, length: int) -> None:
    anna = town.say(town.somebody("Anna"), "说" * length)
    town.pass_time(minutes=1)
    assert (anna.texts(), town.world.engine.asked) == ([words.TOO_LONG], [])
