"""Who leaves is forgotten: at once here, as soon as it is there in Rasa, and in every table; applications stay."""

import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.assist import CorrectedMeaning
from service.conversations import TurnAnswer, Turns
from service.conversations.blocks import BLOCKS
from service.platform.database import Base
from service.platform.outbox import publish
from service.platform.problems import NotFound
from tests.service.builders import MING, SPRING, SPRING_PHONE, Talker
from tests.service.channels.wechat.conftest import Town
from tests.service.channels.wechat.test_people import conversation_of, drafted, page_of, picture, scan
from tests.service.channels.wechat.test_voice import receipt

ANNA, BEN = "oAnna_1", "oBen-2"
CARD = "6222020200112230000"


def leave(town: Town, openid: str = ANNA) -> None:
    town.clock.advance(seconds=1)
    town.push(town.pusher.event(openid, "unsubscribe"))


def everything(town: Town) -> dict[str, str]:
    """All rows of all tables that have any."""
    with town.world.platform.database.session() as session:
        found = {
            table.name: session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608
            for table in Base.metadata.sorted_tables
        }
    return {name: str(rows) for name, rows in found.items() if rows}


def tables_with(town: Town, *marks: str) -> set[str]:
    return {name for name, rows in everything(town).items() if any(mark in rows for mark in marks)}


def suggested(town: Town, conversation_id: str, said: str) -> None:
    """What agents were offered for this message, and what one of them put right."""
    town.world.engine.rehearsals[said] = TurnAnswer(
        BLOCKS.validate_python([{"type": "text", "text": f"试答：{said}"}]),
        {"intent": "退押金", "confidence": 0.9, "ranking": [{"intent": "退押金", "confidence": 0.9}], "model": "m1"},
    )
    assert town.world.app.state.assist.suggest(conversation_id)
    with town.world.platform.database.begin() as session:
        session.add(
            CorrectedMeaning(
                id=uuid.uuid4().hex,
                conversation_id=conversation_id,
                seq=1,
                text=said,
                label="退押金",
                taken_for="问候",
                confidence=0.4,
                corrected_by="somebody",
                at=town.clock.now(),
            )
        )


# --- everything is deleted -------------------------------------------------------------------------------------------


def test_nothing_of_who_leaves_is_in_any_table(any_town: Town) -> None:
    any_town.say(BEN, "我是别人")
    any_town.say(ANNA, f"退押金，我叫王小明，卡号{CARD}")
    any_town.push(any_town.pusher.image(ANNA, picture()))
    any_town.pass_time(seconds=10)
    (anna,) = {turn.conversation_id for turn in any_town.world.engine.asked if "王小明" in turn.text}
    assert {"messages", "turns", "vault_entries", "wechat_users"} <= tables_with(any_town, anna)
    leave(any_town)
    assert tables_with(any_town, ANNA, "王小明") == set()  # at once
    any_town.settle()
    assert tables_with(any_town, ANNA, "王小明", anna) == set()
    assert any_town.world.engine.forgotten == [anna]
    assert "我是别人" in everything(any_town)["messages"]
    leave(any_town)  # told twice
    assert any_town.wechat.follower(ANNA).texts("failure") == []


def test_what_was_said_for_another_merchant_before_goes_too(any_town: Town) -> None:
    scan(any_town, SPRING)
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "退押金，我叫王小明")
    scan(any_town, MING, name="SCAN")
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "查进度，我叫王小明")
    both = {turn.conversation_id for turn in any_town.world.engine.asked if "王小明" in turn.text}
    assert len(both) == 2
    leave(any_town)
    any_town.pass_time(seconds=30)
    assert tables_with(any_town, ANNA, "王小明", *both) == set()
    assert both <= set(any_town.world.engine.forgotten)


def test_what_agents_were_offered_goes_too_and_their_work_stays_countable(any_town: Town) -> None:
    any_town.say(ANNA, "转人工，我叫王小明")
    anna = conversation_of(any_town)
    assert page_of(any_town, anna).post("/v1/conversation/person", {"reason": "asked"}).status_code == 200
    any_town.clock.advance(seconds=1)
    any_town.say(ANNA, "王小明要退押金")
    suggested(any_town, anna, "王小明要退押金")
    assert {"suggestion_sets", "suggestions", "corrected_meanings", "handovers"} <= tables_with(any_town, anna)
    leave(any_town)
    any_town.settle()
    assert tables_with(any_town, ANNA, "王小明") == set()
    assert tables_with(any_town, anna) == {"conversations", "handovers"}
    with any_town.world.platform.database.session() as session:
        (end,) = session.scalars(text('SELECT "end" FROM handovers'))
    assert end == "withdrawn"  # nobody waits for an agent any more


def test_a_page_that_is_still_open_sees_and_says_nothing_more(town: Town) -> None:
    town.say(ANNA, "你好")
    page = page_of(town, conversation_of(town))
    assert page.texts() == ["你好", "回：你好"]
    leave(town)
    assert page.get("/v1/conversation").status_code == 401
    assert page.say("还在吗").status_code == 401
    town.settle()
    assert page.say("还在吗").status_code == 401


# --- late, twice, or while the database is away ----------------------------------------------------------------------


def test_words_that_are_told_again_after_they_left_bring_nobody_back(any_town: Town) -> None:
    any_town.bell.slow = True
    said = any_town.pusher.text(ANNA, "我叫王小明，退押金")
    any_town.pusher.try_once(said, lose=True)
    leave(any_town)
    any_town.world.settle()
    any_town.push(said)
    any_town.pass_time(seconds=30)
    assert tables_with(any_town, ANNA, "王小明") == set()


def test_a_code_that_is_told_again_after_they_left_ties_nobody(any_town: Town) -> None:
    merchant = any_town.world.merchant(SPRING)
    merchant.post("/v1/me/wechat", {})
    followed = any_town.pusher.event(ANNA, "subscribe", f"qrscene_{list(any_town.wechat.scenes.values())[-1]}")
    any_town.pusher.try_once(followed, lose=True)
    leave(any_town)
    any_town.push(followed)
    any_town.pass_time(seconds=30)
    assert merchant.get("/v1/me/wechat").json()["followers"] == 0
    assert tables_with(any_town, ANNA) == set()


@pytest.mark.parametrize("heard", [True, False])
def test_who_has_followed_again_is_not_forgotten_by_an_earlier_leaving(any_town: Town, heard: bool) -> None:
    any_town.say(ANNA, "你好")
    any_town.clock.advance(seconds=1)
    gone = any_town.pusher.event(ANNA, "unsubscribe")
    if heard:
        any_town.pusher.try_once(gone, lose=True)
    any_town.clock.advance(seconds=1)
    scan(any_town, SPRING)
    any_town.bell.slow = True
    any_town.clock.advance(seconds=1)
    any_town.say(ANNA, "查进度")
    any_town.push(gone)
    any_town.pass_time(seconds=30)
    assert any_town.world.merchant(SPRING).get("/v1/me/wechat").json()["followers"] == 1
    assert any_town.wechat.follower(ANNA).texts()[-1].endswith("回：查进度")


def test_who_leaves_and_follows_in_one_second_is_there(any_town: Town) -> None:
    any_town.say(ANNA, "你好")
    gone = any_town.pusher.event(ANNA, "unsubscribe")
    any_town.pusher.try_once(gone, lose=True)
    anna = any_town.push(any_town.pusher.event(ANNA, "subscribe"))
    assert anna.texts()[-1].startswith("您好")
    any_town.push(gone)
    assert "wechat_users" in tables_with(any_town, ANNA)


@pytest.mark.parametrize("failures", [1, 20])
def test_who_leaves_while_the_database_is_away_is_forgotten_when_it_is_back(
    any_town: Town, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """Within the time that WeChat waits, or after it has asked again."""
    any_town.say(ANNA, "我叫王小明")
    forget, tries = any_town.bridge.binding.forget, iter(range(failures))

    def away(*args: Any, **more: Any) -> None:
        if next(tries, None) is not None:
            raise OperationalError("", {}, Exception("database is locked"))
        forget(*args, **more)

    monkeypatch.setattr(any_town.bridge.intake._binding, "forget", away)
    leave(any_town)
    any_town.settle()
    assert tables_with(any_town, ANNA, "王小明") == set()
    assert any_town.wechat.follower(ANNA).texts("failure") == []


def test_that_somebody_left_is_remembered_for_an_hour_and_says_not_who(any_town: Town) -> None:
    any_town.say(ANNA, "你好")
    leave(any_town)
    assert ANNA not in everything(any_town)["wechat_departures"]
    any_town.pass_time(minutes=59)
    any_town.say(BEN, "你好")
    assert "wechat_departures" in everything(any_town)
    any_town.pass_time(minutes=2)
    any_town.say("oCarl_3", "你好")
    assert "wechat_departures" not in everything(any_town)


# --- Rasa ------------------------------------------------------------------------------------------------------------


def test_while_rasa_is_away_it_is_remembered_and_done_later(any_town: Town) -> None:
    any_town.say(ANNA, "退押金")
    anna = conversation_of(any_town)
    any_town.world.engine.ready = False
    leave(any_town)
    for _ in range(20):
        any_town.pass_time(minutes=30)
    assert any_town.world.engine.forgotten == []
    assert tables_with(any_town, anna) == {"conversations", "turns"}  # no more than is needed to do it
    any_town.world.engine.ready = True
    any_town.pass_time(minutes=11)
    assert any_town.world.engine.forgotten == [anna]
    assert tables_with(any_town, anna) == set()


def test_a_turn_that_is_in_hand_says_nothing_more_and_is_forgotten_after_it(any_town: Town) -> None:
    receipt(any_town, any_town.pusher.text(ANNA, "退押金"))
    turns = Turns(any_town.world.platform, any_town.world.accounts, "another copy")
    claim = turns.claim()
    assert claim is not None
    leave(any_town)
    any_town.world.settle()
    assert any_town.world.engine.forgotten == []  # Rasa may still be writing
    assert not turns.finish(claim, any_town.world.engine.answer(claim.request))
    any_town.settle()
    assert any_town.world.engine.forgotten == [claim.request.conversation_id]
    assert tables_with(any_town, claim.request.conversation_id, ANNA) == set()


def test_what_was_being_taken_in_reaches_nobody_any_more(town: Town) -> None:
    town.say(ANNA, "你好")
    anna = conversation_of(town)
    leave(town)
    with pytest.raises(NotFound):
        town.bridge.parts.conversations.take_message(anna, client_id="had begun before", text="我叫王小明")
    assert tables_with(town, "王小明") == set()


def test_who_comes_again_begins_anew(town: Town) -> None:
    town.say(ANNA, "你好")
    leave(town)
    town.settle()
    town.clock.advance(seconds=1)
    assert town.push(town.pusher.event(ANNA, "subscribe")).texts()[-1].startswith("您好")
    town.clock.advance(seconds=1)
    assert town.say(ANNA, "又来了").texts()[-1] == "回：又来了"
    first, *_, last = (turn.conversation_id for turn in town.world.engine.asked)
    assert first != last


# --- applications ----------------------------------------------------------------------------------------------------


def complain(page: Talker, story: str, phone: str | None = None) -> str:
    number: str = send(page, "POST", "/v1/applications", {"procedure": "complaint"})["application_no"]
    answers = {"about": "service", "want": "explanation", "happened": story, "reply_way": "phone" if phone else "here"}
    if phone:
        answers["contact_phone"] = phone
    for field, value in answers.items():
        send(page, "PUT", f"/v1/applications/{number}/answers/{field}", {"value": value})
    return number


def send(page: Talker, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {**page.headers, "Idempotency-Key": str(uuid.uuid4())}
    got = page.world.client.request(method, path, json=body, headers=headers)
    assert got.is_success, got.text
    found: dict[str, Any] = got.json()
    return found


def token_of(town: Town, conversation_id: str, number: str) -> str:
    with town.world.platform.database.begin() as session:
        return town.world.platform.vault.tokenize(session, conversation_id, number)


def test_an_application_stays_with_the_numbers_that_it_needs(any_town: Town) -> None:
    any_town.say(ANNA, f"卡号{CARD}")
    anna = conversation_of(any_town)
    scan(any_town, SPRING, name="SCAN")
    page = page_of(any_town, anna)
    number = complain(page, "一直没人管，打电话也没人接", phone=token_of(any_town, anna, SPRING_PHONE))
    version = page.get(f"/v1/applications/{number}").json()["version"]
    send(page, "POST", f"/v1/applications/{number}/submit", {"version": version})
    any_town.settle()
    assert "vault_entries" in tables_with(any_town, anna)
    leave(any_town)
    any_town.pass_time(seconds=30)
    assert tables_with(any_town, ANNA) == set()
    rest = tables_with(any_town, anna) - {"application_events", "idempotency_keys", "outbox_events"}
    assert rest == {"applications"}
    found = any_town.world.merchant(SPRING).get(f"/v1/applications/{number}").json()
    assert "138****8001" in str(found["answers"])


def test_a_draft_of_a_merchant_goes_on_in_the_widget(town: Town) -> None:
    number = drafted(town)
    leave(town)
    town.settle()
    assert town.world.merchant(SPRING).get(f"/v1/applications/{number}").json()["state"] == "draft"


def test_a_draft_of_somebody_unknown_is_emptied(any_town: Town) -> None:
    any_town.say(ANNA, "投诉")
    complain(page_of(any_town, conversation_of(any_town)), "我叫王小明，店里没人理我，等了三个小时")
    assert "application_answers" in tables_with(any_town, "王小明")
    leave(any_town)
    any_town.settle()
    assert tables_with(any_town, "王小明") <= {"idempotency_keys"}


def test_what_happens_to_an_application_is_told_where_its_merchant_still_is(town: Town) -> None:
    number = drafted(town)
    town.clock.advance(seconds=1)
    widget = town.world.merchant(SPRING)
    leave(town)
    town.settle()
    with town.world.platform.database.begin() as session:
        blocks = [{"type": "notice", "level": "info", "text": "材料收到了"}]
        merchant = session.scalar(text("SELECT merchant_id FROM applications"))
        payload = {"application_no": number, "merchant_id": merchant, "blocks": blocks}
        payload["conversation_id"] = town.world.engine.asked[0].conversation_id
        publish(session, "application.notice", payload, now=town.clock.now())
    town.settle()
    assert widget.texts()[-1] == "材料收到了"
