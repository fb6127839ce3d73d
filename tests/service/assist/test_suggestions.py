"""Suggestions over HTTP: made when a merchant writes, shown, used, and written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from service.accounts import Staff
from service.assist import Assist, forget_unseen, suggestion_report
from service.assist.models import Suggestion, SuggestionSet
from service.conversations import TurnAnswer
from service.conversations.blocks import BLOCKS
from service.conversations.models import Conversation, Message
from service.platform.clock import FixedClock
from service.platform.problems import NotFound
from tests.service.builders import SPRING, Talker, World, open_world
from tests.service.office import PASSWORD, Desk, desk_at, trail_of

DEPOSIT = "押金怎么退"


def answer(intent: str, confidence: float, *texts: str, **ranking: float) -> TurnAnswer:
    rows = [{"intent": intent, "confidence": confidence}] + [
        {"intent": name.replace("__", "/"), "confidence": chance} for name, chance in ranking.items()
    ]
    blocks = BLOCKS.validate_python([{"type": "text", "text": text} for text in texts])
    return TurnAnswer(blocks, {"intent": intent, "confidence": confidence, "ranking": rows, "model": "m1"})


@dataclass
class Console:
    """An agent who serves one conversation."""

    world: World
    desk: Desk
    talker: Talker
    staff_id: str

    @property
    def assist(self) -> Assist:
        assist: Assist = self.world.app.state.assist
        return assist

    def says(self, text: str, *, rehearsed: TurnAnswer | None = None) -> int:
        """The merchant writes, and the background does its work."""
        if rehearsed is not None:
            self.world.engine.rehearsals[text] = rehearsed
        seq: int = self.talker.say(text).json()["seq"]
        self.assist.suggest(self.talker.conversation_id)
        return seq

    def suggestions(self) -> dict[str, Any]:
        path = f"/v1/console/conversations/{self.talker.conversation_id}/suggestions"
        found = self.desk.ask("GET", path)
        assert found.status_code == 200, found.text
        body: dict[str, Any] = found.json()
        return body

    def outcome(self, suggestion_id: str, outcome: str) -> int:
        path = f"/v1/console/suggestions/{suggestion_id}/outcome"
        return self.desk.ask("POST", path, {"outcome": outcome}).status_code

    def sends(self, suggestion_id: str, text: str, seq: int = 9) -> None:
        with self.world.platform.database.begin() as session:
            self.assist.sent(
                session,
                suggestion_id,
                conversation_id=self.talker.conversation_id,
                staff_id=self.staff_id,
                text=text,
                seq=seq,
            )

    def rows(self) -> dict[str, Suggestion]:
        with self.world.platform.database.session() as session:
            return {row.id: row for row in session.scalars(select(Suggestion))}

    def status(self, status: str, agent_id: str | None = None) -> None:
        with self.world.platform.database.begin() as session:
            session.execute(
                update(Conversation)
                .where(Conversation.id == self.talker.conversation_id)
                .values(status=status, agent_id=agent_id)
            )


@pytest.fixture
def console(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Console]:
    with open_world(tmp_path, sqlite_url, clock, staff_demo_passwords=f"agent:{PASSWORD}") as world:
        yield serving(world)


def serving(world: World) -> Console:
    desk = desk_at(world)
    assert desk.sign_in("agent").status_code == 200
    with world.platform.database.session() as session:
        staff_id = session.scalars(select(Staff.id).where(Staff.login == "agent")).one()
    served = Console(world, desk, world.merchant(SPRING), staff_id)
    served.status("agent", staff_id)
    return served


def test_the_bots_reply_comes_first_with_its_confidence_and_reason(console: Console) -> None:
    seq = console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    body = console.suggestions()
    assert (body["based_on"], body["withdrawn"]) == (seq, False)
    first = body["items"][0]
    assert (first["kind"], first["text"], first["confidence"], first["intent"], first["rank"]) == (
        "reply",
        "请问要退哪台机器的押金？",
        0.96,
        "退押金",
        1,
    )
    assert "退押金" in first["reason"]
    assert body["meanings"][0] == {"intent": "退押金", "title": "退押金", "confidence": 0.96}
    assert len(body["items"]) <= 3


def test_a_doubtful_message_gets_a_suggestion_for_each_of_its_meanings(console: Console) -> None:
    console.world.engine.rehearsals["/退押金"] = answer("退押金", 1.0, "请问要退哪台机器的押金？")
    said = answer("查询进度", 0.5, "先核实一下身份。", 常见问题__到账时间=0.3, 退押金=0.15)
    console.says("退的钱呢", rehearsed=said)
    items = console.suggestions()["items"]
    assert [item["intent"] for item in items] == ["查询进度", "常见问题/到账时间", "退押金"]
    assert items[1]["kind"] == "knowledge"
    assert items[1]["source"]["status"] == "confirmed"
    assert items[2]["text"] == "请问要退哪台机器的押金？"


def test_a_word_with_several_meanings_is_asked_about_first(console: Console) -> None:
    said = answer("nlu_fallback", 1.0, "您想退的是哪一种钱？", 常见问题__扣费=0.34, 常见问题__退款账户=0.33)
    assert said.understood is not None
    said.understood["entities"] = [{"entity": "ambiguous", "value": "您想退的是哪一种钱？", "start": 0, "end": 0}]
    console.says("退钱", rehearsed=said)
    items = console.suggestions()["items"]
    assert items[0]["text"] == "您想退的是哪一种钱？可以选：扣费、退款账户"
    assert [item["intent"] for item in items[1:]] == ["常见问题/扣费", "常见问题/退款账户"]


def test_the_open_draft_gives_its_next_question(console: Console) -> None:
    headers = {**console.talker.headers, "Idempotency-Key": "k1"}
    body = {"procedure": "deposit_refund", "prefill": {}}
    opened = console.world.client.post("/v1/applications", json=body, headers=headers).json()
    console.says("好的", rehearsed=answer("肯定", 0.4, "好的。需要我做什么，直接告诉我就行。"))
    (question,) = [item for item in console.suggestions()["items"] if item["kind"] == "question"]
    assert opened["next_question"]["prompt"] in question["text"]


def test_without_the_bot_the_knowledge_still_helps(console: Console) -> None:
    console.says("打电话说免费换机要交快递费")
    items = console.suggestions()["items"]
    assert items[0]["kind"] == "knowledge"
    assert items[0]["source"]["reviewed_on"]


def test_suggestions_are_withdrawn_when_the_merchant_has_written_since(console: Console) -> None:
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    first = console.suggestions()
    console.status("bot")
    console.talker.say("算了，下次再说")
    again = console.suggestions()
    assert (again["based_on"], again["withdrawn"]) == (first["based_on"], True)


def test_a_conversation_that_the_bot_serves_gets_none(console: Console) -> None:
    console.status("bot")
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    assert console.suggestions()["items"] == []
    assert console.world.engine.rehearsed == []


def test_what_became_of_each_suggestion_is_written_down(console: Console) -> None:
    said = answer("查询进度", 0.5, "先核实一下身份。", 常见问题__到账时间=0.3, 常见问题__退款账户=0.15)
    console.says("退的钱呢", rehearsed=said)
    first, second, third = (item["id"] for item in console.suggestions()["items"])
    assert {row.outcome for row in console.rows().values()} == {"shown"}
    assert console.outcome(first, "inserted") == 204
    assert console.outcome(second, "dismissed") == 204
    console.sends(first, "先核实一下您的身份。")
    console.says("谢谢")
    rows = console.rows()
    assert (rows[first].outcome, rows[first].distance, rows[first].message_seq) == ("edited", 2, 9)
    assert (rows[second].outcome, rows[third].outcome) == ("dismissed", "ignored")
    assert console.outcome(first, "dismissed") == 204
    assert console.rows()[first].outcome == "edited"


def test_what_is_sent_as_it_stands_counts_as_sent(console: Console) -> None:
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    (item, *_rest) = console.suggestions()["items"]
    console.sends(item["id"], f"{item['text']}\n")
    assert console.rows()[item["id"]].outcome == "sent"
    with pytest.raises(NotFound), console.world.platform.database.begin() as session:
        console.assist.sent(session, item["id"], conversation_id="other", staff_id="x", text="", seq=1)


def test_only_who_serves_the_conversation_uses_its_suggestions(console: Console) -> None:
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    (item, *_rest) = console.suggestions()["items"]
    console.status("agent", "somebody else")
    assert console.outcome(item["id"], "inserted") == 409
    assert console.outcome("f" * 32, "inserted") == 404


def test_the_report_counts_what_was_shown_by_intent(console: Console) -> None:
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    (item, *_rest) = console.suggestions()["items"]
    console.sends(item["id"], item["text"])
    now = console.world.clock.now()
    with console.world.platform.database.session() as session:
        found = suggestion_report(session, now - timedelta(days=1), now + timedelta(days=1))
        earlier = suggestion_report(session, now - timedelta(days=9), now - timedelta(days=8))
    assert found.sent == 1
    assert [(row.intent, row.shown, row.accepted) for row in found.by_intent if row.accepted] == [("退押金", 1, 1)]
    assert (earlier.shown, earlier.by_intent) == (0, [])


def test_who_looks_at_suggestions_or_the_summary_stands_in_the_trail_once(console: Console) -> None:
    for what in ("suggestions", "summary", "suggestions"):
        path = f"/v1/console/conversations/{console.talker.conversation_id}/{what}"
        assert console.desk.ask("GET", path).status_code == 200
    looks = [row for row in trail_of(console.world) if row.action == "conversation.viewed"]
    assert [(row.actor, row.target) for row in looks] == [
        (f"staff:{console.staff_id}", f"conversation:{console.talker.conversation_id}")
    ]
    assert console.desk.ask("GET", f"/v1/console/conversations/{'f' * 32}/summary").status_code == 404


def test_a_draft_is_checked_over_http(console: Console) -> None:
    body = {"conversation_id": console.talker.conversation_id, "text": "您好，今天就能到账"}
    (warning,) = console.desk.ask("POST", "/v1/console/drafts/check", body).json()["warnings"]
    assert (warning["code"], warning["from"], warning["to"]) == ("promise", 3, 9)
    assert warning["text"]


def test_the_summary_tells_wish_handling_result_and_what_is_left(console: Console) -> None:
    headers = {**console.talker.headers, "Idempotency-Key": "k1"}
    body = {"procedure": "deposit_refund", "prefill": {"subject": "A1000001"}}
    opened = console.world.client.post("/v1/applications", json=body, headers=headers).json()
    console.says("你好")
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    path = f"/v1/console/conversations/{console.talker.conversation_id}/summary"
    draft = console.desk.ask("GET", path).json()
    assert draft["request"] == f"退押金：{DEPOSIT}"
    assert opened["application_no"] in draft["handling"]
    assert opened["application_no"] in draft["result"]
    assert opened["next_question"]["label"] in draft["todo"]


def test_a_meaning_that_is_put_right_goes_to_the_review_of_the_training_data(
    console: Console, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import chosen_meanings

    seq = console.says("那个钱的事", rehearsed=answer("退押金", 0.4, "请问要退哪台机器的押金？"))
    path = f"/v1/console/conversations/{console.talker.conversation_id}/meaning"
    assert console.desk.ask("POST", path, {"seq": seq, "intent": "没有的意思"}).status_code == 422
    assert console.desk.ask("POST", path, {"seq": 99, "intent": "查询进度"}).status_code == 404
    for intent in ("退押金", "查询进度"):
        assert console.desk.ask("POST", path, {"seq": seq, "intent": intent}).status_code == 204
    monkeypatch.setattr("service.command_start.get_settings", lambda: console.world.platform.settings)
    capsys.readouterr()
    assert chosen_meanings.main() == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["text"], line["label"], line["taken_for"], line["confidence"], line["model"]) == (
        "那个钱的事",
        "查询进度",
        "退押金",
        0.4,
        "m1",
    )


def test_an_identity_number_of_a_message_stays_a_token_in_what_is_suggested(console: Console) -> None:
    console.says("我的身份证是11010519491231002X，押金怎么退")
    with console.world.platform.database.session() as session:
        kept = [str(row.text) for row in session.scalars(select(Suggestion))]
        kept += [str(row.blocks) for row in session.scalars(select(Message))]
    assert not any("11010519491231002X" in text for text in kept)
    assert "11010519491231002X" not in str([turn.text for turn in console.world.engine.rehearsed])


def test_what_nobody_looked_at_is_forgotten_after_a_while(console: Console) -> None:
    console.says(DEPOSIT, rehearsed=answer("退押金", 0.96, "请问要退哪台机器的押金？"))
    later = console.world.clock.now() + timedelta(days=8)
    with console.world.platform.database.begin() as session:
        assert forget_unseen(session, later) > 1
        assert session.scalars(select(SuggestionSet)).all() == []


def test_two_copies_make_one_set(world: World) -> None:
    talker = world.merchant(SPRING)
    with world.platform.database.begin() as session:
        session.execute(update(Conversation).values(status="waiting"))
    world.engine.rehearsals[DEPOSIT] = answer("退押金", 0.96, "请问要退哪台机器的押金？")
    talker.say(DEPOSIT)
    assist: Assist = world.app.state.assist
    assert [assist.suggest(talker.conversation_id) for _ in range(2)] == [True, False]
    with world.platform.database.session() as session:
        assert len(session.scalars(select(SuggestionSet)).all()) == 1
