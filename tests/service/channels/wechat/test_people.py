"""Who a follower is: the short link, the one-use QR code, pictures to the checklist, and being forgotten."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from service.channels.wechat import words
from tests.service.builders import MING, SPRING, Talker
from tests.service.channels.wechat.conftest import Town

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


def test_the_first_scan_ties_the_follower_to_the_merchant(town: Town) -> None:
    scene = scan(town, SPRING)
    assert "绑定好了" in town.wechat.follower(ANNA).texts()[0]
    town.clock.advance(seconds=2)
    town.say(ANNA, "退押金")
    assert town.world.engine.asked[-1].merchant_no == SPRING
    town.clock.advance(seconds=2)
    other = town.push(town.pusher.event("oThief", "SCAN", scene))
    assert other.texts() == [words.TICKET_OVER]


def test_a_code_that_is_ten_minutes_old_is_over(town: Town) -> None:
    town.world.merchant(SPRING).post("/v1/me/wechat", {})
    scene = next(iter(town.wechat.scenes.values()))
    town.clock.advance(minutes=11)
    assert town.push(town.pusher.event(ANNA, "SCAN", scene)).texts() == [words.TICKET_OVER]


def test_another_merchants_code_begins_another_conversation(town: Town) -> None:
    scan(town, SPRING)
    town.clock.advance(seconds=2)
    town.say(ANNA, "退押金")
    first = conversation_of(town)
    scan(town, MING, name="SCAN")
    town.clock.advance(seconds=2)
    town.say(ANNA, "查进度")
    asked = town.world.engine.asked[-1]
    assert (asked.merchant_no, asked.conversation_id != first) == (MING, True)


def test_the_identity_that_is_proved_on_the_page_holds_in_the_chat(town: Town) -> None:
    town.say(ANNA, "你好")
    page = page_of(town, conversation_of(town))
    page.post("/v1/conversation/identity", {"identity_token": town.world.identity_token(SPRING)})
    town.pass_time(seconds=5)
    town.say(ANNA, "退押金")
    assert town.world.engine.asked[-1].merchant_no == SPRING


def test_who_leaves_is_forgotten(town: Town) -> None:
    scan(town, SPRING)
    town.clock.advance(seconds=2)
    town.say(ANNA, "退押金，我叫王小明")
    town.push(town.pusher.event(ANNA, "unsubscribe"))
    town.push(town.pusher.event(ANNA, "unsubscribe"))
    kept = everything(town)
    assert ANNA not in kept
    assert "王小明" not in kept
    assert town.wechat.follower(ANNA).texts("failure") == []


def everything(town: Town) -> str:
    with town.world.platform.database.session() as session:
        tables = ["wechat_users", "wechat_receipts", "wechat_outgoing", "wechat_tickets", "messages", "turns"]
        return str([session.execute(text(f"SELECT * FROM {table}")).all() for table in tables])  # noqa: S608


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


def test_pictures_in_a_row_go_to_the_open_item_and_are_one_message(town: Town) -> None:
    number = drafted(town)
    first, second = town.pusher.image(ANNA, picture(10)), town.pusher.image(ANNA, picture(200))
    town.pusher.try_once(first)
    assert first.over
    files = [len(item["files"]) for item in documents(town, number)]
    assert sum(files) == 1
    town.push(second)
    assert sum(len(item["files"]) for item in documents(town, number)) == 2
    town.pass_time(seconds=10)
    assert all(turn.text.startswith("［图片］") for turn in town.world.engine.asked[1:] if turn.payload is None)
    assert town.wechat.follower(ANNA).texts("failure") == []


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


def test_a_picture_that_nobody_asked_for_is_the_bots_to_answer(town: Town) -> None:
    said = town.push(town.pusher.image(ANNA, picture())).texts()
    town.pass_time(seconds=10)
    assert said == ["回：［图片］"]


# --- off -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/wechat/official-account"])
def test_where_it_is_off_nothing_of_it_is_there(lite: Any, path: str) -> None:
    assert lite.client.get(path).status_code == 404
    assert lite.client.post(path, content=b"<xml/>").status_code == 404
    assert lite.client.post("/v1/wechat/session", json={"link": "x"}).status_code == 404
