"""The inbox and what stands beside a conversation."""

import uuid

from service.platform.ids import new_id
from tests.service.builders import MING, SPRING, World
from tests.service.conversations.desk.people import ask_for_person, at_console


def test_every_conversation_is_in_the_box_where_its_state_puts_it(office: World) -> None:
    agent, lead = at_console(office), at_console(office, "lead")
    office.merchant()  # has only opened the page
    with_bot, waiting, mine, theirs = (office.merchant(SPRING) for _ in range(4))
    with_bot.say("押金怎么退")
    ask_for_person(office, waiting)
    agent.do(mine.conversation_id, "claim")
    lead.do(theirs.conversation_id, "claim")
    counts = agent.box("waiting")["counts"]
    assert counts == {"bot": 1, "waiting": 1, "mine": 1, "colleagues": 1, "closed": 0}
    boxes = {box: [row["conversation_id"] for row in agent.box(box)["items"]] for box in counts}
    assert boxes["bot"] == [with_bot.conversation_id]
    assert boxes["mine"] == [mine.conversation_id]
    assert boxes["colleagues"] == [theirs.conversation_id]


def test_a_row_says_at_one_glance_who_waits_for_what(office: World) -> None:
    talker = office.merchant(SPRING)
    talker.say("押金怎么退")
    office.settle()
    key = {"Idempotency-Key": "k", **talker.headers}
    body = {"procedure": "deposit_refund", "prefill": {}}
    assert office.client.post("/v1/applications", json=body, headers=key).status_code == 201
    talker.say("转人工")
    ask_for_person(office, talker)
    row = at_console(office).box("waiting")["items"][0]
    assert row["merchant"]["merchant_no"] == SPRING
    assert row["procedure"]["code"] == "deposit_refund"
    assert row["step"]
    assert (row["skill"], row["position"], row["mood"]) == ("review", 1, "calm")
    assert row["unread"] >= 1
    assert row["last"]["text"]


def test_an_inbox_is_searched_by_number_name_and_words(office: World) -> None:
    spring, ming = office.merchant(SPRING), office.merchant(MING)
    spring.say("收据找不到了")
    ming.say("机器坏了")
    agent = at_console(office)
    name = agent.detail(spring.conversation_id)["identity"]["merchant_name"]
    for words in (SPRING, name[:2], "收据"):
        assert [row["conversation_id"] for row in agent.box("bot", q=words)["items"]] == [spring.conversation_id]


def test_a_long_box_is_read_page_by_page(office: World, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("service.conversations.desk.inbox.PAGE_SIZE", 2)
    for _ in range(5):
        ask_for_person(office, office.merchant())
    agent = at_console(office)
    seen, cursor = [], ""
    while True:
        page = agent.box("waiting", cursor=cursor)
        seen += [row["position"] for row in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == [1, 2, 3, 4, 5]
    assert agent.get("inbox", box="waiting", cursor="nonsense").status_code == 400


def test_beside_the_chat_stand_the_merchants_things_and_earlier_times(office: World) -> None:
    earlier, now = office.merchant(SPRING), office.merchant(SPRING)
    agent = at_console(office)
    agent.do(earlier.conversation_id, "claim")
    body = {"summary": {"request": "问押金"}, "result_code": "solved"}
    agent.do(earlier.conversation_id, "close", body)
    detail = agent.do(now.conversation_id, "claim").json()
    assert detail["identity"]["merchant_no"] == SPRING
    assert detail["terminals"]
    assert [(one["summary"]["request"], one["result_code"]) for one in detail["earlier"]] == [("问押金", "solved")]
    assert detail["allowed_actions"] == ["send", "hand_back", "transfer", "close", "note", "serve"]
    assert "claim" not in at_console(office, "lead").detail(now.conversation_id)["allowed_actions"]


def test_a_note_is_for_colleagues_and_a_repeat_is_no_second_one(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    csrf = agent.desk.client.get("/v1/staff/session").json()["csrf_token"]
    for _ in range(2):
        path = f"/v1/console/conversations/{talker.conversation_id}/notes"
        answer = agent.desk.client.post(
            path, json={"text": "卡 6222021234567890128"}, headers={**key, "X-CSRF-Token": csrf}
        )
    notes = answer.json()["notes"]
    assert [note["by"] for note in notes] == ["小王"]
    assert "6222021234567890128" not in notes[0]["text"]
    assert talker.texts() == []


def test_presence_is_said_and_fades_without_an_open_console(office: World) -> None:
    agent = at_console(office)
    assert agent.get("me").json()["presence"]["state"] == "offline"
    agent.be_ready(2, ("review",))
    assert agent.get("me").json()["presence"] == {"state": "ready", "capacity": 2, "skills": ["review"]}
    office.clock.advance(seconds=46)  # type: ignore[attr-defined]
    assert agent.get("me").json()["presence"]["state"] == "offline"


def test_what_is_not_there_is_not_found(office: World) -> None:
    agent = at_console(office)
    for what in ("claim", "hand-back"):
        assert agent.do(new_id(), what).status_code == 404
    assert agent.get(f"conversations/{new_id()}").status_code == 404
    assert agent.get(f"conversations/{new_id()}/messages").status_code == 404


def test_a_merchant_who_waits_is_told_the_place(office: World) -> None:
    first, second = office.merchant(), office.merchant()
    ask_for_person(office, first)
    ask_for_person(office, second)
    streams = office.app.state.streams
    assert streams.read(second.conversation_id, 0).status.position == 2
    revision = at_console(office).detail(second.conversation_id)["row"]["revision"]
    at_console(office).do(first.conversation_id, "claim")
    office.settle()
    assert streams.read(second.conversation_id, 0).status.position == 1
    assert at_console(office).detail(second.conversation_id)["row"]["revision"] > revision
