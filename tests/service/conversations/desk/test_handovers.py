"""bot → waiting → agent → bot or closed: who speaks when, that of two who claim one wins, and that nothing doubles."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

from service.conversations import TurnAnswer, TurnRequest
from service.conversations.blocks import TextBlock
from tests.service.builders import SERVICE_TOKEN, SPRING, World
from tests.service.conversations.desk.people import ask_for_person, at_console
from tests.service.office import trail_of


def statuses(world: World, talker_id: str) -> str:
    found: str = world.client.get(
        "/v1/conversation", headers={"Authorization": f"Bearer {SERVICE_TOKEN}", "X-Conversation": talker_id}
    ).json()["status"]
    return found


def test_who_asks_for_a_person_waits_in_the_order_of_asking(office: World) -> None:
    first, second = office.merchant(SPRING), office.merchant()
    assert ask_for_person(office, first)["position"] == 1
    place = ask_for_person(office, second)
    assert (place["status"], place["position"], place["open"]) == ("waiting", 2, True)
    assert place["hours"] == "工作日 9:00–18:00"
    assert "第2位" in place["sentence"]
    again = ask_for_person(office, second)
    assert again["position"] == 2
    assert "已经在排队" in again["sentence"]
    assert len(second.messages()) == 1  # the line that says so, once


def test_the_bot_asks_for_the_merchant_and_says_it_itself(office: World) -> None:
    talker = office.merchant(SPRING)
    headers = {"Authorization": f"Bearer {SERVICE_TOKEN}", "X-Conversation": talker.conversation_id}
    answer = office.client.post("/v1/conversation/person", json={"reason": "not_understood"}, headers=headers)
    assert answer.json()["status"] == "waiting"
    assert talker.messages() == []


def test_while_somebody_waits_the_bot_goes_on_answering(office: World) -> None:
    talker = office.merchant(SPRING)
    ask_for_person(office, talker)
    talker.say("押金怎么退")
    office.settle()
    assert talker.texts()[-1] == "回：押金怎么退"


def test_who_asks_no_longer_leaves_the_queue(office: World) -> None:
    first, second = office.merchant(), office.merchant()
    ask_for_person(office, first)
    ask_for_person(office, second)
    left = office.client.delete("/v1/conversation/person", headers=first.headers)
    assert left.json()["status"] == "bot"
    assert ask_for_person(office, second)["position"] == 1


def test_after_a_claim_the_bot_is_silent_and_the_agent_is_heard(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    ask_for_person(office, talker)
    detail = agent.do(talker.conversation_id, "claim").json()
    assert detail["row"]["status"] == "agent"
    assert detail["row"]["agent"]["name"] == "小王"
    assert talker.texts()[-1] == "客服小王来了，接下来由TA为您服务。"
    talker.say("我的押金呢")
    office.settle()
    assert office.engine.asked == []
    assert agent.say(talker.conversation_id, "我看一下。").status_code == 202
    assert [m["sender"] for m in talker.messages()][-2:] == ["merchant", "agent"]


def test_a_choice_that_is_pressed_while_a_person_serves_is_seen_and_not_answered(office: World) -> None:
    office.engine.answers = [[{"type": "choices", "choices": [{"title": "店铺停业", "payload": "/选择{}"}]}]]
    talker, agent = office.merchant(SPRING), at_console(office)
    talker.say("退押金")
    office.settle()
    agent.do(talker.conversation_id, "claim")
    assert talker.choose(2, "c1").status_code == 202
    office.settle()
    assert len(office.engine.asked) == 1
    assert talker.texts()[-1] == "店铺停业"
    assert talker.choose(2, "c1").json()["type"] == "choice_used"


def test_what_waits_for_an_answer_is_superseded_by_a_claim(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    talker.say("在吗")
    agent.do(talker.conversation_id, "claim")
    office.settle()
    assert office.engine.asked == []
    assert "回：在吗" not in talker.texts()


def test_an_answer_that_is_under_way_is_not_shown_after_a_claim(both: World) -> None:
    talker, agent = both.merchant(SPRING), at_console(both)
    begun, may_end = threading.Event(), threading.Event()

    def slowly(turn: TurnRequest) -> TurnAnswer:
        begun.set()
        assert may_end.wait(10)
        return TurnAnswer([TextBlock(text="太晚了")], None)

    both.engine.answer = slowly  # type: ignore[method-assign]
    talker.say("在吗")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(both.runner.run_due)
        assert begun.wait(10)
        assert agent.do(talker.conversation_id, "claim").status_code == 200
        may_end.set()
        running.result(10)
    assert "太晚了" not in talker.texts()
    agent.do(talker.conversation_id, "hand-back", {"note": "好了"})
    del both.engine.answer  # type: ignore[method-assign]
    both.settle()
    assert [turn.event for turn in both.engine.asked] == ["handed_back"]


def test_of_two_who_claim_at_once_one_wins_and_the_other_hears_the_name(both: World) -> None:
    talker = both.merchant(SPRING)
    ask_for_person(both, talker)
    agents = [at_console(both, login) for login in ("agent", "lead")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda agent: agent.do(talker.conversation_id, "claim"), agents))
    won = [answer for answer in answers if answer.status_code == 200]
    lost = [answer for answer in answers if answer.status_code == 409]
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0].json()["type"] == "taken"
    assert won[0].json()["row"]["agent"]["name"] in lost[0].json()["detail"]
    assert sum("来了" in text for text in talker.texts()) == 1


def test_what_is_repeated_doubles_nothing(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    ask_for_person(office, talker)
    for _ in range(2):
        assert agent.do(talker.conversation_id, "claim").status_code == 200
    body = {"client_id": str(uuid.uuid4()), "text": "您好"}
    seqs = {agent.do(talker.conversation_id, "messages", body).json()["seq"] for _ in range(2)}
    assert len(seqs) == 1
    for _ in range(2):
        assert agent.do(talker.conversation_id, "hand-back", {"note": "已核对"}).status_code == 200
    office.settle()
    texts = talker.texts()
    assert texts.count("您好") == 1
    assert sum("来了" in text for text in texts) == 1
    assert sum("先离开了" in text for text in texts) == 1
    assert len(office.engine.asked) == 1
    assert agent.do(talker.conversation_id, "messages", body).json()["seq"] in seqs  # even after it is over


def test_handed_back_the_bot_goes_on_and_knows_the_note(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    ask_for_person(office, talker)
    agent.do(talker.conversation_id, "claim")
    detail = agent.do(talker.conversation_id, "hand-back", {"note": "押金收据已经看过"}).json()
    assert detail["row"]["status"] == "bot"
    office.settle()
    turn = office.engine.asked[-1]
    assert (turn.payload, turn.event, turn.event_note) == ("/继续", "handed_back", "押金收据已经看过")
    talker.say("好的")
    office.settle()
    assert talker.texts()[-1] == "回：好的"


def test_who_does_not_serve_it_cannot_write_or_end_it(office: World) -> None:
    talker, agent, lead = office.merchant(SPRING), at_console(office), at_console(office, "lead")
    ask_for_person(office, talker)
    assert agent.say(talker.conversation_id, "您好").json()["type"] == "not_yours"
    agent.do(talker.conversation_id, "claim")
    assert lead.say(talker.conversation_id, "您好").json()["type"] == "not_yours"
    assert lead.do(talker.conversation_id, "hand-back", {"note": ""}).json()["type"] == "not_yours"
    assert lead.do(talker.conversation_id, "close", {"result_code": "solved"}).json()["type"] == "not_yours"


def test_an_answer_to_what_is_not_the_last_word_any_more_is_held_up(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    talker.say("第一句")
    agent.do(talker.conversation_id, "claim")
    talker.say("第二句")
    assert agent.say(talker.conversation_id, "答第一句", based_on=1).json()["type"] == "moved_on"
    assert agent.say(talker.conversation_id, "答第二句", based_on=3).status_code == 202


def test_a_doubtful_word_is_looked_at_twice_and_a_number_is_never_sent(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    agent.do(talker.conversation_id, "claim")
    promise = "保证明天到账"
    warned = agent.say(talker.conversation_id, promise)
    assert (warned.status_code, warned.json()["type"]) == (422, "draft_warns")
    assert [warning["code"] for warning in warned.json()["warnings"]] == ["promise"]
    assert {"from", "to", "text"} <= set(warned.json()["warnings"][0])
    assert agent.say(talker.conversation_id, promise, confirmed=["promise"]).status_code == 202
    number = agent.say(talker.conversation_id, "卡是 6222021234567890128", confirmed=["identity_number"])
    assert number.json()["type"] == "draft_warns"
    assert "6222021234567890128" not in "".join(talker.texts())


def test_a_suggestion_that_is_sent_is_written_down_with_how_far_it_was_edited(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    talker.say("押金怎么退")
    agent.do(talker.conversation_id, "claim")
    found = agent.get(f"conversations/{talker.conversation_id}/suggestions").json()
    assert found["based_on"] == 1
    item = found["items"][0]
    agent.say(talker.conversation_id, item["text"], based_on=1, suggestion_id=item["id"])
    streams = office.app.state.streams
    assert streams.read(talker.conversation_id, 0, for_staff=True).suggested == 1
    assert streams.read(talker.conversation_id, 0).suggested is None
    lead = at_console(office, "lead")
    report = lead.get("load", **{"from": "2026-11-23", "to": "2026-11-23"}).json()["suggestions"]
    assert report["sent"] == 1


def test_what_is_over_is_told_and_the_next_word_begins_anew_with_the_bot(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    agent.do(talker.conversation_id, "claim")
    body = {"summary": {"request": "退押金", "result": "已提交"}, "result_code": "solved", "ask_rating": True}
    detail = agent.do(talker.conversation_id, "close", body).json()
    assert detail["row"]["status"] == "closed"
    assert detail["handover"]["summary"]["request"] == "退押金"
    rating = talker.messages()[-1]
    assert rating["sender"] == "system"
    assert talker.choose(rating["seq"], "c1").status_code == 202
    assert "谢谢您的评价" in talker.texts()[-1]
    assert agent.detail(talker.conversation_id)["handover"]["rating"] == 5
    assert talker.choose(rating["seq"], "c2").json()["type"] == "choice_used"
    office.settle()
    assert office.engine.asked == []
    assert statuses(office, talker.conversation_id) == "closed"
    talker.say("还有一件事")
    office.settle()
    assert statuses(office, talker.conversation_id) == "bot"
    assert talker.texts()[-1] == "回：还有一件事"


def test_passed_on_it_goes_to_the_colleague_or_back_to_its_place(office: World) -> None:
    talker, other = office.merchant(SPRING), office.merchant()
    agent, lead = at_console(office), at_console(office, "lead")
    ask_for_person(office, talker)
    office.clock.advance(seconds=30)  # type: ignore[attr-defined]
    ask_for_person(office, other)
    agent.do(talker.conversation_id, "claim")
    away = agent.do(talker.conversation_id, "transfer", {"agent_id": lead.id, "note": "要组长看"})
    assert away.json()["type"] == "colleague_away"
    lead.be_ready()
    passed = agent.do(talker.conversation_id, "transfer", {"agent_id": lead.id, "note": "要组长看"}).json()
    assert passed["row"]["agent"]["name"] == "陈组长"
    assert [note["text"] for note in passed["notes"]] == ["要组长看"]
    back = lead.do(talker.conversation_id, "transfer", {"skill": "complaints"}).json()
    assert (back["row"]["status"], back["row"]["position"], back["row"]["skill"]) == ("waiting", 1, "complaints")


def test_each_change_and_the_first_look_of_each_person_stand_in_the_trail(office: World) -> None:
    talker, agent, lead = office.merchant(SPRING), at_console(office), at_console(office, "lead")
    agent.detail(talker.conversation_id)
    agent.get(f"conversations/{talker.conversation_id}/messages")
    lead.get(f"conversations/{talker.conversation_id}/messages")
    agent.do(talker.conversation_id, "claim")
    agent.do(talker.conversation_id, "hand-back", {"note": "好了"})
    done = [
        (row.action, row.actor) for row in trail_of(office) if row.target == f"conversation:{talker.conversation_id}"
    ]
    assert done == [
        ("conversation.viewed", f"staff:{agent.id}"),
        ("conversation.viewed", f"staff:{lead.id}"),
        ("conversation.claimed", f"staff:{agent.id}"),
        ("conversation.handed_back", f"staff:{agent.id}"),
    ]


def test_at_night_it_is_a_message_to_be_read_when_somebody_is_there(office: World) -> None:
    office.clock.advance(hours=12)  # type: ignore[attr-defined]
    talker = office.merchant(SPRING)
    place = ask_for_person(office, talker)
    assert (place["status"], place["open"]) == ("waiting", False)
    assert "明天9:00" in place["sentence"]
    row = at_console(office).box("waiting")["items"][0]
    assert row["outside_hours"] is True
