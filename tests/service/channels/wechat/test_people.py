"""Who a follower is: the short link, the one-use QR code, pictures to the checklist, and being forgotten."""

import base64
import io
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from service.channels.wechat import words
from service.channels.wechat.gate import Query
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Intake
from service.channels.wechat.pictures import Pictures
from tests.service.builders import MING, SPRING, Talker
from tests.service.channels.wechat.conftest import Town
from tests.wechat.emulator.pushing import Push
from tests.wechat.qr import read_qr

ANNA = "oAnna_1"


def picture(shade: int = 90) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (1_200, 900), (shade, 120, 140)).save(kept, "JPEG")
    return kept.getvalue()


def opened(town: Town, link: str) -> httpx.Response:
    return town.world.client.post("/v1/wechat/session", json={"link": link.partition("#w=")[2]})


def page_of(town: Town, conversation_id: str) -> Talker:
    got = opened(town, town.bridge.parts.link_to(conversation_id)).json()
    return Talker(town.world, got["conversation_id"], got["token"])


def conversation_of(town: Town) -> str:
    return town.world.engine.asked[0].conversation_id


def scan(town: Town, merchant_no: str, openid: str = ANNA, name: str = "subscribe") -> str:
    """The merchant opens the page with the QR code, and somebody scans it."""
    issued = town.world.merchant(merchant_no).post("/v1/me/wechat", {})
    assert issued.status_code == 201, issued.text
    scene = list(town.wechat.scenes.values())[-1]
    key = f"qrscene_{scene}" if name == "subscribe" else scene
    town.clock.advance(seconds=1)
    town.push(town.pusher.event(openid, name, key))
    return scene


# --- the own page ----------------------------------------------------------------------------------------------------


def test_a_file_is_answered_with_a_link_that_opens_this_very_conversation(town: Town) -> None:
    town.say(ANNA, "你好")
    town.clock.advance(seconds=1)
    said = town.push(town.pusher.other(ANNA, "file", Title="营业执照.pdf", FileKey="k")).texts()[-1]
    link = next(word for word in said.replace("：", " ").split() if "#w=" in word)
    got = opened(town, link)
    assert got.json()["conversation_id"] == conversation_of(town)
    assert Talker(town.world, got.json()["conversation_id"], got.json()["token"]).texts() == ["你好", "回：你好"]


def test_a_link_that_is_over_changed_or_of_somebody_who_left_opens_nothing(town: Town) -> None:
    town.say(ANNA, "你好")
    link = town.bridge.parts.link_to(conversation_of(town))
    assert opened(town, link).status_code == 200
    for wrong in ("", "#w=", link[:-3] + "AAA", "#w=" + "é" * 9):
        assert opened(town, wrong).status_code in (404, 422)
    town.clock.advance(hours=25)
    assert opened(town, link).status_code == 404
    fresh = town.bridge.parts.link_to(conversation_of(town))
    town.push(town.pusher.event(ANNA, "unsubscribe"))
    assert opened(town, fresh).status_code == 404


def test_what_is_said_on_the_page_is_answered_there(town: Town) -> None:
    anna = town.say(ANNA, "你好")
    page = page_of(town, conversation_of(town))
    page.say("页面上说的")
    town.settle()
    town.pass_time(seconds=10)
    assert page.texts()[-1] == "回：页面上说的"
    assert anna.texts() == ["回：你好"]


# --- who it is -------------------------------------------------------------------------------------------------------


def test_the_first_scan_ties_the_follower_to_the_merchant(any_town: Town) -> None:
    scene = scan(any_town, SPRING)
    assert "绑定好了" in any_town.wechat.follower(ANNA).texts()[0]
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "退押金")
    assert any_town.world.engine.asked[-1].merchant_no == SPRING
    any_town.clock.advance(seconds=2)
    other = any_town.push(any_town.pusher.event("oThief", "SCAN", scene))
    assert other.texts() == [words.TICKET_OVER]


def test_a_code_that_is_ten_minutes_old_is_over(town: Town) -> None:
    town.world.merchant(SPRING).post("/v1/me/wechat", {})
    scene = next(iter(town.wechat.scenes.values()))
    town.clock.advance(minutes=11)
    assert town.push(town.pusher.event(ANNA, "SCAN", scene)).texts() == [words.TICKET_OVER]


def test_another_merchants_code_begins_another_conversation(any_town: Town) -> None:
    scan(any_town, SPRING)
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "退押金")
    first = conversation_of(any_town)
    scan(any_town, MING, name="SCAN")
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "查进度")
    asked = any_town.world.engine.asked[-1]
    assert (asked.merchant_no, asked.conversation_id != first) == (MING, True)


def test_the_identity_that_is_proved_on_the_page_holds_in_the_chat(town: Town) -> None:
    town.say(ANNA, "你好")
    page = page_of(town, conversation_of(town))
    page.post("/v1/conversation/identity", {"identity_token": town.world.identity_token(SPRING)})
    town.pass_time(seconds=5)
    town.say(ANNA, "退押金")
    assert town.world.engine.asked[-1].merchant_no == SPRING


def test_the_merchant_sees_the_tie_and_the_qr_code_that_waits(town: Town) -> None:
    merchant = town.world.merchant(SPRING)
    assert merchant.get("/v1/me/wechat").json() == {"followers": 0, "since": None, "code": "none", "can_bind": True}
    shown = merchant.post("/v1/me/wechat", {}).json()
    assert shown["expires_in"] == 600
    assert read_qr(base64.b64decode(shown["png"])) == shown["url"]
    assert merchant.get("/v1/me/wechat").json()["code"] == "waiting"
    ticket = shown["url"].rpartition("/")[2]
    town.push(town.pusher.scan(ANNA, ticket))
    seen = merchant.get("/v1/me/wechat").json()
    assert (seen["followers"], seen["code"]) == (1, "scanned")
    assert seen["since"] is not None


@pytest.mark.parametrize("name", ["subscribe", "SCAN"])
@pytest.mark.parametrize("key", ["last_trade_no_4200001234", "qrscene_shop12", "shop12"])
def test_a_code_that_is_not_ours_is_welcomed_as_anybody(town: Town, name: str, key: str) -> None:
    (said,) = town.push(town.pusher.event(ANNA, name, key)).texts()
    assert said.startswith("您好")
    assert words.TICKET_OVER not in said


def test_only_the_newest_code_of_a_merchant_can_be_scanned(any_town: Town) -> None:
    merchant = any_town.world.merchant(SPRING)
    for _ in range(2):
        merchant.post("/v1/me/wechat", {})
    former, newest = list(any_town.wechat.scenes)[-2:]
    assert any_town.push(any_town.pusher.scan("oThief", former)).texts()[-1].endswith(words.TICKET_OVER)
    any_town.push(any_town.pusher.scan(ANNA, newest))
    assert merchant.get("/v1/me/wechat").json()["followers"] == 1


def test_a_merchant_opens_twenty_codes_an_hour(town: Town) -> None:
    merchant, other = town.world.merchant(SPRING), town.world.merchant(MING)
    assert {merchant.post("/v1/me/wechat", {}).status_code for _ in range(20)} == {201}
    assert merchant.post("/v1/me/wechat", {}).status_code == 429
    assert len(town.wechat.scenes) == 20
    assert other.post("/v1/me/wechat", {}).status_code == 201


def test_a_code_that_nobody_scanned_waits_for_ten_minutes(town: Town) -> None:
    merchant = town.world.merchant(SPRING)
    merchant.post("/v1/me/wechat", {})
    town.clock.advance(minutes=10)
    assert merchant.get("/v1/me/wechat").json()["code"] == "over"


def test_only_a_verified_merchant_sees_or_ends_a_tie(town: Town) -> None:
    stranger = town.world.merchant()
    assert stranger.get("/v1/me/wechat").status_code == 403
    assert stranger.post("/v1/me/wechat", {}).status_code == 403
    assert town.world.client.delete("/v1/me/wechat", headers=stranger.headers).status_code == 403


def test_the_merchant_ends_the_tie_and_the_follower_is_a_stranger(any_town: Town) -> None:
    town = any_town
    used = scan(town, SPRING)
    town.clock.advance(seconds=2)
    anna = town.say(ANNA, "退押金")
    open_page, link = page_of(town, conversation_of(town)), town.bridge.parts.link_to(conversation_of(town))
    merchant = town.world.merchant(SPRING)
    merchant.post("/v1/me/wechat", {})
    unused = list(town.wechat.scenes)[-1]
    ended = town.world.client.delete("/v1/me/wechat", headers=merchant.headers)
    assert ended.json() == {"followers": 0, "since": None, "code": "none", "can_bind": True}
    assert town.world.client.delete("/v1/me/wechat", headers=merchant.headers).status_code == 200
    town.pass_time(seconds=10)
    assert anna.texts("push") == [words.UNTIED]
    assert open_page.get("/v1/conversation").json()["identity"] is None  # also for a page that is still open
    assert opened(town, link).status_code == 404
    town.say(ANNA, "查进度")
    asked = town.world.engine.asked[-1]
    assert (asked.merchant_no, asked.conversation_id != conversation_of(town)) == (None, True)
    assert town.push(town.pusher.scan("oThief", unused)).texts()[-1].endswith(words.TICKET_OVER)
    town.clock.advance(seconds=2)
    assert town.push(town.pusher.event(ANNA, "SCAN", used)).texts()[-1] == words.TICKET_OVER
    scan(town, SPRING, name="SCAN")
    assert merchant.get("/v1/me/wechat").json()["followers"] == 1


def test_the_tie_of_one_merchant_is_not_anothers_to_end(town: Town) -> None:
    scan(town, SPRING)
    other = town.world.merchant(MING)
    assert other.get("/v1/me/wechat").json()["followers"] == 0
    town.world.client.delete("/v1/me/wechat", headers=other.headers)
    assert town.world.merchant(SPRING).get("/v1/me/wechat").json()["followers"] == 1


# --- pictures --------------------------------------------------------------------------------------------------------


def draft(town: Town) -> str:
    page = page_of(town, conversation_of(town))
    started = town.world.client.post(
        "/v1/applications",
        json={"procedure": "deposit_refund", "prefill": {"subject": "A9254710"}},
        headers={**page.headers, "Idempotency-Key": "k1"},
    )
    assert started.status_code == 201, started.text
    number: str = started.json()["application_no"]
    return number


def drafted(town: Town) -> str:
    """The number of an application that waits for documents."""
    town.say(ANNA, "你好")
    scan(town, SPRING, name="SCAN")
    number = draft(town)
    town.pass_time(seconds=3)
    return number


def documents(town: Town, application_no: str) -> list[dict[str, Any]]:
    page = page_of(town, conversation_of(town))
    found: list[dict[str, Any]] = page.get(f"/v1/applications/{application_no}").json()["documents"]
    return found


def test_pictures_in_a_row_go_to_the_open_item_and_are_one_message(any_town: Town) -> None:
    number = drafted(any_town)
    first, second = any_town.pusher.image(ANNA, picture(10)), any_town.pusher.image(ANNA, picture(200))
    any_town.pusher.try_once(first)
    assert first.over
    files = [len(item["files"]) for item in documents(any_town, number)]
    assert sum(files) == 1
    any_town.push(second)
    assert sum(len(item["files"]) for item in documents(any_town, number)) == 2
    any_town.pass_time(seconds=10)
    told = [turn.text for turn in any_town.world.engine.asked[1:] if turn.event is None]
    assert told
    assert all(text.startswith("［图片已收］") for text in told)
    assert any_town.wechat.follower(ANNA).texts("failure") == []


def test_a_picture_that_cannot_be_opened_is_refused_in_words(town: Town) -> None:
    drafted(town)
    said = town.push(town.pusher.image(ANNA, b"no picture at all", "image/jpeg")).texts()[-1]
    assert said.startswith("这张图片没能收下")


def test_a_picture_that_is_gone_is_asked_for_again(town: Town) -> None:
    drafted(town)
    push = town.pusher.image(ANNA, picture())
    town.wechat.media.clear()
    assert town.push(push).texts()[-1] == words.PICTURE_LOST


@pytest.mark.parametrize("codes", [[-1, -1], [45009]])
def test_a_picture_that_the_api_does_not_give_now_comes_by_its_address(town: Town, codes: list[int]) -> None:
    number = drafted(town)
    push = town.pusher.image(ANNA, picture())
    town.api.media_forced = list(codes)
    town.push(push)
    assert [file["name"] for item in documents(town, number) for file in item["files"]] == ["微信图片.jpg"]
    assert town.api.media_forced == []
    assert town.wechat.follower(ANNA).texts("failure") == []


def test_an_address_elsewhere_is_not_called_and_the_picture_is_asked_for_again(town: Town) -> None:
    number = drafted(town)
    push = town.pusher.image(ANNA, picture())
    push.fields["PicUrl"] = "https://mmbiz.qpic.cn.evil.example/x"
    town.wechat.pictures = {push.fields["PicUrl"]: (picture(), "image/jpeg")}
    town.api.media_forced = [45009]
    assert town.push(push).texts()[-1] == words.PICTURE_LOST
    assert [file for item in documents(town, number) for file in item["files"]] == []


def filed(town: Town, number: str) -> dict[str, int]:
    """How many files each item has."""
    return {item["key"]: len(item["files"]) for item in documents(town, number) if item["files"]}


def test_a_picture_whose_process_dies_after_it_was_kept_is_in_one_item(
    any_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = drafted(any_town)
    push = any_town.pusher.image(ANNA, picture())
    with monkeypatch.context() as dying:
        dying.setattr(any_town.bridge.intake, "_take_in", _dies)
        with pytest.raises(_Killed):
            any_town.bridge.intake.process(_written_down(any_town, push))
    assert len(filed(any_town, number)) == 1
    any_town.wechat.media.clear()  # and it is not fetched a second time either
    for _ in range(3):
        any_town.pass_time(seconds=10)
    assert list(filed(any_town, number).values()) == [1]
    assert any_town.wechat.follower(ANNA).texts("push")[-1] == "回：［图片已收］"


def test_a_picture_that_two_processes_have_in_hand_is_in_one_item(
    any_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = drafted(any_town)
    receipt_id = _written_down(any_town, any_town.pusher.image(ANNA, picture()))
    fetch, other = Pictures._fetch, Intake(any_town.bridge.parts)

    def meanwhile(pictures: Pictures, inbound: Inbound) -> bytes:
        source = fetch(pictures, inbound)
        with monkeypatch.context() as once:
            once.setattr(Pictures, "_fetch", fetch)
            other.process(receipt_id)
        return source

    with monkeypatch.context() as slow:
        slow.setattr(Pictures, "_fetch", meanwhile)
        any_town.bridge.intake.process(receipt_id)
    assert list(filed(any_town, number).values()) == [1]


def test_the_same_photo_sent_twice_on_purpose_is_in_two_items(any_town: Town) -> None:
    number = drafted(any_town)
    for _ in range(2):
        any_town.push(any_town.pusher.image(ANNA, picture()))
        any_town.pass_time(seconds=10)
    assert list(filed(any_town, number).values()) == [1, 1]


class _Killed(BaseException):
    pass


def _dies(*_: object, **__: object) -> None:
    raise _Killed


def _written_down(town: Town, push: Push) -> int:
    query, body = town.pusher.parcel(push.fields)
    assert town.bridge.gate is not None
    taken = town.bridge.intake.take(town.bridge.gate.read(Query.of(query), body))
    assert taken is not None
    return taken.receipt_id


def test_a_picture_that_nobody_asked_for_is_the_bots_to_answer(town: Town) -> None:
    said = town.push(town.pusher.image(ANNA, picture())).texts()
    town.pass_time(seconds=10)
    assert said == ["回：［图片］"]


# --- what a card decides ---------------------------------------------------------------------------------------------


def paid(town: Town) -> str:
    """An application whose money went out, and that had nothing to agree to."""
    town.say(ANNA, "你好")
    scan(town, SPRING, name="SCAN")
    number = draft(town)
    with town.world.platform.database.begin() as session:
        session.execute(text("UPDATE applications SET state = 'paid' WHERE application_no = :no"), {"no": number})
    town.pass_time(seconds=3)
    return number


def state_of(town: Town, application_no: str) -> str:
    found: str = page_of(town, conversation_of(town)).get(f"/v1/applications/{application_no}").json()["state"]
    return found


@pytest.mark.parametrize("answer", ["1", words.FINISHED])
def test_the_money_is_confirmed_by_a_number_or_the_words(town: Town, answer: str) -> None:
    number = paid(town)
    town.world.engine.answers = [[{"type": "progress", "application_no": number}]]
    assert town.say(ANNA, "查进度").texts()[-1].endswith(f"1. {words.FINISHED}\n{words.CHOOSE}")
    town.clock.advance(seconds=2)
    assert town.say(ANNA, answer).texts()[-1] == words.RECEIPT_NOTED
    assert state_of(town, number) == "closed"
    town.pass_time(seconds=10)
    assert town.wechat.follower(ANNA).texts()[-1] == "退押金已经办完了，谢谢您的配合。"
    assert town.say(ANNA, answer).texts()[-1] == "已经办完，您不用再做什么。"


@pytest.mark.parametrize("answer", ["收到", "好的收到", "2"])
def test_a_word_of_thanks_confirms_no_money(town: Town, answer: str) -> None:
    number = paid(town)
    town.world.engine.answers = [[{"type": "progress", "application_no": number}], [{"type": "text", "text": "嗯"}]]
    town.say(ANNA, "查进度")
    town.clock.advance(seconds=2)
    assert town.say(ANNA, answer).texts()[-1] == "嗯"
    assert state_of(town, number) == "paid"


def test_a_list_is_over_when_the_talk_went_on_on_the_page(town: Town) -> None:
    choices = {"type": "choices", "choices": [{"title": "店铺停业", "payload": "/选择"}]}
    question = {"type": "text", "text": "您当初交了多少押金？"}
    town.world.engine.answers = [[choices], [question], [{"type": "text", "text": "记下了"}]]
    town.say(ANNA, "退押金")
    page_of(town, conversation_of(town)).say("店铺停业")
    town.settle()
    town.pass_time(seconds=5)
    town.say(ANNA, "1")
    asked = town.world.engine.asked[-1]
    assert (asked.text, asked.payload) == ("1", None)


# --- off -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/wechat/official-account"])
def test_where_it_is_off_nothing_of_it_is_there(lite: Any, path: str) -> None:
    assert lite.client.get(path).status_code == 404
    assert lite.client.post(path, content=b"<xml/>").status_code == 404
    assert lite.client.post("/v1/wechat/session", json={"link": "x"}).status_code == 404
    merchant = lite.merchant(SPRING)
    assert merchant.get("/v1/me/wechat").status_code == 404
    assert merchant.post("/v1/me/wechat", {}).status_code == 404
