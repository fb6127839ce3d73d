"""Five seconds: the reply while they last, else a message; never both, always once, whatever is lost or repeated."""

import pytest
from sqlalchemy.exc import OperationalError

from service.channels.wechat import words
from service.channels.wechat.gate import Query
from service.conversations import EngineAway
from tests.service.channels.wechat.conftest import Town

ANNA, BEN = "oAnna_1", "oBen-2"


def test_an_answer_that_is_ready_is_the_reply(any_town: Town) -> None:
    anna = any_town.say(ANNA, "押金怎么退")
    any_town.pass_time(seconds=60)
    assert anna.texts("passive") == ["回：押金怎么退"]
    assert anna.texts("push", "failure") == []


def test_a_slow_answer_is_a_message_and_never_a_reply(any_town: Town) -> None:
    any_town.bell.slow = True
    anna = any_town.say(ANNA, "押金怎么退")
    assert anna.texts() == []
    any_town.settle()
    any_town.pass_time(seconds=10)
    assert anna.texts("push") == ["回：押金怎么退"]
    assert anna.texts("passive", "failure") == []


def test_a_lost_reply_is_given_again_and_the_bot_is_asked_once(any_town: Town) -> None:
    anna = any_town.say(ANNA, "押金怎么退", True, True)
    any_town.pass_time(seconds=60)
    assert anna.texts() == ["回：押金怎么退"]
    assert anna.texts("failure") == []
    assert len(any_town.world.engine.asked) == 1


def test_a_push_that_comes_twice_is_one_message(any_town: Town) -> None:
    push = any_town.pusher.text(ANNA, "查询进度")
    first = any_town.world.client.post("/wechat/official-account", **parcel(any_town, push.fields))
    second = any_town.world.client.post("/wechat/official-account", **parcel(any_town, push.fields))
    opened = [any_town.pusher.envelope.open_reply(each.content)["Content"] for each in (first, second)]
    assert opened == ["回：查询进度"] * 2
    assert len(any_town.world.engine.asked) == 1


def test_one_msgid_by_two_users_is_two_messages(any_town: Town) -> None:
    first, second = any_town.pusher.text(ANNA, "一"), any_town.pusher.text(BEN, "二")
    second.fields["MsgId"] = first.fields["MsgId"]
    any_town.push(first)
    any_town.push(second)
    assert any_town.wechat.follower(ANNA).texts() == ["回：一"]
    assert any_town.wechat.follower(BEN).texts() == ["回：二"]


def test_the_answer_to_the_second_waits_for_a_lost_first_reply(any_town: Town) -> None:
    first, second = any_town.pusher.text(ANNA, "一"), any_town.pusher.text(ANNA, "二")
    any_town.pusher.try_once(first, lose=True)
    any_town.pusher.try_once(second)
    any_town.settle()
    any_town.clock.advance(seconds=0.5)
    any_town.pusher.try_once(first)
    for _ in range(4):
        any_town.pass_time(seconds=3)
    assert any_town.wechat.follower(ANNA).texts() == ["回：一", "回：二"]


def test_who_writes_after_a_reply_gets_the_next_reply_at_once(town: Town) -> None:
    town.say(ANNA, "一")
    town.clock.advance(seconds=1)
    started = town.clock.now()
    assert town.say(ANNA, "二").texts("passive") == ["回：一", "回：二"]
    assert (town.clock.now() - started).total_seconds() < 1.5


def test_what_waits_in_the_queue_is_not_overtaken(any_town: Town) -> None:
    any_town.bell.slow = True
    any_town.say(ANNA, "一")
    any_town.bell.slow = False
    any_town.say(ANNA, "二")
    any_town.pass_time(seconds=10)
    assert "\n\n".join(any_town.wechat.follower(ANNA).texts()) == "回：一\n\n回：二"


def test_a_process_that_dies_before_it_took_the_message_in_loses_nothing(any_town: Town) -> None:
    push = any_town.pusher.text(ANNA, "押金怎么退")
    query, body = any_town.pusher.parcel(push.fields)
    inbound = any_town.bridge.gate.read(Query.of(query), body)
    any_town.bridge.intake.take(inbound)  # and no more: the process is gone
    for _ in range(3):
        any_town.pass_time(seconds=7)
    assert any_town.wechat.follower(ANNA).texts("push") == ["回：押金怎么退"]


def test_a_process_that_dies_before_it_replied_loses_nothing(any_town: Town) -> None:
    for push in (any_town.pusher.text(ANNA, "押金怎么退"), any_town.pusher.other(BEN, "video", MediaId="m")):
        query, body = any_town.pusher.parcel(push.fields)
        taken = any_town.bridge.intake.take(any_town.bridge.gate.read(Query.of(query), body))
        assert taken is not None
        any_town.bridge.intake.process(taken.receipt_id)
    any_town.world.settle()  # the answers are there, and whoever would have replied is gone
    for _ in range(2):
        any_town.pass_time(seconds=7)
    assert any_town.wechat.follower(ANNA).texts("push") == ["回：押金怎么退"]
    assert any_town.wechat.follower(BEN).texts("push") == [words.VIDEO]


def test_who_comes_while_too_many_wait_is_answered_by_message(any_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.channels.wechat.waiting.MOST_WAITING", 0)
    anna = any_town.say(ANNA, "一")
    assert any_town.push(any_town.pusher.other(BEN, "video", MediaId="m")).texts("passive") == []
    any_town.pass_time(seconds=1)
    assert (anna.texts("passive"), anna.texts("push")) == ([], ["回：一"])
    assert any_town.wechat.follower(BEN).texts("push") == [words.VIDEO]


def test_while_rasa_is_away_the_user_is_told_and_then_answered(any_town: Town) -> None:
    any_town.world.engine.answers = [EngineAway("no connection")] * 4
    anna = any_town.say(ANNA, "押金怎么退")
    for _ in range(6):
        any_town.pass_time(seconds=11)
    assert anna.texts("failure") == []
    assert anna.texts()[-1] == "回：押金怎么退"
    assert len(anna.texts()) == 2


def test_two_users_do_not_wait_for_each_other(town: Town) -> None:
    town.bell.slow = True
    town.say(ANNA, "一")
    town.bell.slow = False
    assert town.say(BEN, "二").texts("passive") == ["回：二"]


@pytest.mark.parametrize(
    ("kind", "fields", "answer"),
    [
        ("voice", {"MediaId": "m", "Format": "amr", "Recognition": ""}, words.VOICE),
        ("video", {"MediaId": "m", "ThumbMediaId": "t"}, words.VIDEO),
        ("location", {"Location_X": "1", "Location_Y": "2", "Scale": "3", "Label": "那里"}, words.LOCATION),
        ("link", {"Title": "t", "Description": "d", "Url": "http://x"}, words.LINK),
        ("hologram", {}, words.UNKNOWN),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(
    town: Town, kind: str, fields: dict[str, str], answer: str
) -> None:
    assert town.push(town.pusher.other(ANNA, kind, **fields)).texts() == [answer]
    assert town.world.engine.asked == []


def test_a_voice_that_wechat_recognised_is_a_message_and_shown_back(town: Town) -> None:
    push = town.pusher.other(ANNA, "voice", MediaId="m", Recognition="退押金")
    assert town.push(push).texts() == ["您说的是：退押金\n\n回：退押金"]


def test_following_is_welcomed_and_a_press_on_the_menu_speaks(town: Town) -> None:
    anna = town.push(town.pusher.event(ANNA, "subscribe"))
    assert anna.texts()[0].startswith("您好")
    town.clock.advance(seconds=1)
    assert town.push(town.pusher.event(ANNA, "CLICK", "say:退押金")).texts()[1] == "回：退押金"
    for silent in ("LOCATION", "VIEW", "kf_create_session"):
        town.push(town.pusher.event(ANNA, silent, "x"))
    assert len(anna.texts()) == 2
    assert anna.texts("failure") == []


@pytest.mark.parametrize("change", ["signature", "old", "appid", "body", "empty", "plain"])
def test_what_is_not_from_wechat_is_a_bare_403(town: Town, change: str) -> None:
    query, body = town.pusher.parcel(town.pusher.text(ANNA, "你好").fields)
    match change:
        case "signature":
            query["msg_signature"] = "0" * 40
        case "old":
            town.clock.advance(seconds=301)
        case "appid":
            town.pusher.envelope.app_id = "wx0000000000000000"
            query, body = town.pusher.parcel(town.pusher.text(ANNA, "你好").fields)
        case "body":
            body = body[:-20]
        case "empty":
            query, body = {}, b""
        case "plain":
            body = b"<xml><ToUserName>a</ToUserName></xml>"
    got = town.world.client.post("/wechat/official-account", params=query, content=body)
    assert (got.status_code, got.content) == (403, b"")


@pytest.mark.parametrize("error", [OperationalError("", {}, Exception("gone")), OverflowError("too large")])
def test_what_could_not_be_written_down_is_asked_for_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(town.bridge.intake, "take", fails)
    assert town.say(ANNA, "押金怎么退").texts() == [words.AWAY]


def test_the_address_is_confirmed_to_wechat_alone(town: Town) -> None:
    now = str(int(town.clock.now().timestamp()))
    query = {"timestamp": now, "nonce": "n", "echostr": "5927782489442352469"}
    signed = {**query, "signature": town.pusher.envelope.signature(now, "n")}
    assert town.world.client.get("/wechat/official-account", params=signed).text == "5927782489442352469"
    assert town.world.client.get("/wechat/official-account", params=query).status_code == 403


def test_numbers_that_are_sensitive_do_not_come_back(town: Town) -> None:
    anna = town.say(ANNA, "我的卡号 6222020200112230000")
    assert "6222020200112230000" not in "".join(anna.texts())


def parcel(town: Town, fields: dict[str, str]) -> dict[str, object]:
    query, body = town.pusher.parcel(fields)
    return {"params": query, "content": body}
