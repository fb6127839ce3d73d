"""What a merchant can do in 微信客服: papers and PDF files to the checklist, choices, the own page, notices."""

from typing import Any

import pytest

from service.channels.wechat import words
from service.notifications import GiveUp, TryAgain
from tests.service.builders import SPRING, Talker
from tests.service.cases.documents.test_sanitise import pdf
from tests.service.channels.wechat.test_out import CHOICES
from tests.service.channels.wechat.test_people import documents, draft, page_of, picture
from tests.service.channels.wechat.test_voice import recording
from tests.service.channels.wecom.conftest import DeskTown
from tests.wechat.emulator.wecom.world import Customer


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def conversation_of(town: DeskTown) -> str:
    return town.world.engine.asked[0].conversation_id


def proves_identity(town: DeskTown) -> Talker:
    """On the own page, whose link the answer has."""
    page: Talker = page_of(town, conversation_of(town))  # type: ignore[arg-type]
    page.post("/v1/conversation/identity", {"identity_token": town.world.identity_token(SPRING)})
    town.pass_time(seconds=5)
    return page


@pytest.fixture
def anna(town: DeskTown) -> Customer:
    """A merchant who is known here and has an application that waits for papers."""
    anna = town.say(town.somebody("Anna"), "你好")
    proves_identity(town)
    return anna


def files(town: DeskTown, number: str) -> list[str]:
    return [file["name"] for item in documents(town, number) for file in item["files"]]  # type: ignore[arg-type]


def test_a_pdf_goes_to_the_open_item_like_a_picture(town: DeskTown, anna: Customer) -> None:
    number = draft(town)  # type: ignore[arg-type]
    town.desk.media(anna, "file", pdf(2), "application/pdf")
    town.desk.media(anna, "image", picture(), "image/jpeg")
    town.ring(anna)
    assert files(town, number) == ["微信文件.pdf", "微信图片.jpg"]
    town.pass_time(seconds=10)
    assert town.world.engine.asked[-1].text == "［图片已收］［图片已收］"
    assert anna.texts()[-1] == "回：［图片已收］［图片已收］"


@pytest.mark.parametrize(("kind", "words"), [("file", words.FILE_REFUSED), ("image", words.PICTURE_REFUSED)])
def test_a_paper_that_cannot_be_opened_is_refused_in_words(
    town: DeskTown, anna: Customer, kind: str, words: str
) -> None:
    number = draft(town)  # type: ignore[arg-type]
    town.desk.media(anna, kind, b"MZ this is a program", "application/octet-stream")
    town.ring(anna)
    assert anna.texts()[-1].startswith(words.partition("{")[0])
    assert files(town, number) == []


def test_a_paper_that_is_gone_is_asked_for_again(town: DeskTown, anna: Customer) -> None:
    draft(town)  # type: ignore[arg-type]
    town.desk.media(anna, "file", pdf(), "application/pdf")
    town.corporation.media.clear()
    town.ring(anna)
    assert anna.texts()[-1] == words.FILE_LOST


def test_a_file_that_nobody_asked_for_is_the_bots_to_answer(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    town.desk.media(anna, "file", pdf(), "application/pdf")
    town.ring(anna)
    town.pass_time(seconds=10)
    assert anna.texts() == ["回：［图片］"]


@pytest.mark.parametrize(
    ("kind", "content", "answer"),
    [
        ("voice", {"media_id": "m"}, words.VOICE),
        ("video", {"media_id": "m"}, words.VIDEO),
        ("location", {"latitude": 23.1, "longitude": 113.3, "name": "那里"}, words.LOCATION),
        ("link", {"title": "t", "url": "http://x"}, words.LINK),
        ("miniprogram", {"title": "t", "appid": "wx1"}, words.UNKNOWN),
        ("business_card", {"userid": "u"}, words.UNKNOWN),
        ("text", {"content": "  "}, words.EMPTY),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(
    town: DeskTown, kind: str, content: dict[str, Any], answer: str
) -> None:
    anna = town.somebody("Anna")
    town.desk.other(anna, kind, **content)
    town.ring(anna)
    town.pass_time(minutes=1)
    assert anna.texts() == [answer]
    assert town.world.engine.asked == []


def test_a_voice_message_is_heard_where_there_is_a_recogniser(town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hears:
        def transcribe(self, content: bytes, content_type: str) -> str:
            return "退押金" if content_type == "audio/amr" and content else ""

    object.__setattr__(town.bridge.parts, "speech", Hears())
    anna = town.somebody("Anna")
    town.desk.media(anna, "voice", recording("退押金"), "audio/amr")
    town.ring(anna)
    assert anna.texts() == ["您说的是：退押金", "回：退押金"]


def test_a_whole_short_conversation(any_town: DeskTown) -> None:
    """Welcome, a choice by number, the identity on the own page, a PDF, an agent, and a notice."""
    town = any_town
    town.world.engine.answers = [[text("为什么退？"), CHOICES], [text("请先核实身份")]]
    anna = town.somebody("Anna")
    town.desk.enter(anna)
    town.ring(anna)
    town.say(anna, "退押金")
    town.say(anna, "2")
    assert town.world.engine.asked[-1].payload == CHOICES["choices"][1]["payload"]  # type: ignore[index]
    proves_identity(town)
    number = draft(town)  # type: ignore[arg-type]
    town.desk.media(anna, "file", pdf(), "application/pdf")
    town.ring(anna)
    town.pass_time(seconds=5)
    assert files(town, number) == ["微信文件.pdf"]
    agent_writes(town, "我是小王")
    town.say(anna, "谢谢")
    told = anna.texts()
    assert told[0] == f"为什么退？\n\n1. 店铺停业\n2. 换了别家\n{words.CHOOSE}"
    assert told[1] == "请先核实身份"
    assert told[-2:] == ["我是小王", "回：谢谢"]
    assert len(told) == len(set(told))
    assert [code for _, code in town.corporation.refusals] == []


def agent_writes(town: DeskTown, said: str) -> None:
    from service.conversations import store
    from service.conversations.blocks import text_block

    with town.world.platform.database.begin() as session:
        found = store.lock(session, conversation_of(town))
        assert found is not None
        store.append(session, found, sender="agent", blocks=[text_block(said)], now=town.clock.now())
    town.pass_time(seconds=10)


def test_notices_are_messages_within_48_hours_and_sms_outside(town: DeskTown, anna: Customer) -> None:
    merchant = town.world.accounts.directory.find(SPRING)
    assert merchant is not None
    town.pass_time(minutes=11)  # what the bot said about the proof is no news any more
    notices = town.bridge.notices
    with pytest.raises(TryAgain):  # the conversation may be about to say it
        notices.send_notice(merchant.id, "材料要补", reference="r1")
    notices.send_notice(merchant.id, "材料要补", reference="r1")
    town.pass_time(seconds=1)
    assert anna.texts()[-1] == "材料要补"
    town.clock.advance(hours=49)
    with pytest.raises(GiveUp):  # and the merchant hears by SMS
        notices.send_notice(merchant.id, "退款到了", reference="r2")
