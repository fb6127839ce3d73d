"""A rehearsed turn: the answer is the one the turn would get, and neither Rasa nor the service keeps anything."""

import requests

from tests.bot.support.fake_service import TOKEN
from tests.bot.support.stack import Answer, Merchant
from tests.bot.test_channel import stored_events


def rehearse(merchant: Merchant, text: str | None = None, payload: str | None = None) -> Answer:
    response = requests.post(
        f"{merchant.stack.url}/rehearsals",
        json=merchant.body(text, payload),
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=30,
    )
    assert response.status_code == 200, response.text
    return Answer(response.json())


def test_a_forged_token_rehearses_nothing(merchant: Merchant) -> None:
    url = f"{merchant.stack.url}/rehearsals"
    assert requests.post(url, json=merchant.body("你好"), timeout=5).status_code == 401


def test_the_first_sentence_of_somebody_new_leaves_no_tracker_and_no_draft(merchant: Merchant) -> None:
    answer = rehearse(merchant, "押金怎么退")
    assert answer.intent == "退押金"
    assert answer.body["understood"]["model"]
    assert stored_events(merchant.stack, merchant.conversation) == 0
    assert merchant.applications() == []
    assert [change["do"] for change in answer.body["changes"]] == ["open"]


def test_a_rehearsal_says_what_the_turn_then_says(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.verify()
    for text in ("第一个", "店不开了", "多久能到账"):
        events = stored_events(merchant.stack, merchant.conversation)
        rehearsed = rehearse(merchant, text)
        assert stored_events(merchant.stack, merchant.conversation) == events
        said = merchant.say(text)
        assert (rehearsed.text, rehearsed.choices, rehearsed.intent) == (said.text, said.choices, said.intent)


def test_what_is_told_by_the_way_is_rehearsed_too(merchant: Merchant) -> None:
    merchant.stack.service.verified.add(merchant.conversation)
    rehearsed = rehearse(merchant, "取消pos机，第一个")
    assert merchant.applications() == []
    assert rehearsed.text == merchant.say("取消pos机，第一个").text


def test_a_rehearsed_yes_files_nothing(merchant: Merchant) -> None:
    merchant.say("取消pos机")
    merchant.verify()
    summary = merchant.say("第一个")
    rehearsed = rehearse(merchant, payload=summary.choices["确认提交"])
    assert "提交成功" in rehearsed.text
    assert [change["do"] for change in rehearsed.body["changes"]] == ["submit"]
    assert merchant.applications()[0]["state"] == "draft"
    assert not any(path.endswith("/submit") for _, path, _ in merchant.stack.service.requests)
    assert "提交成功" in merchant.press(summary.choices["确认提交"]).text


def test_another_meaning_is_rehearsed_by_its_payload(merchant: Merchant) -> None:
    assert "关于到账时间的回答" in rehearse(merchant, payload="/常见问题/到账时间").text
    assert rehearse(merchant, payload="/取消POS机").intent == "取消POS机"


def test_a_turn_cannot_be_marked_as_a_rehearsal(merchant: Merchant) -> None:
    merchant.send({**merchant.body("押金怎么退"), "metadata": {"rehearsal": True}})
    assert len(merchant.applications()) == 1


def test_a_rehearsed_wish_for_a_person_puts_nobody_into_a_queue(merchant: Merchant) -> None:
    rehearse(merchant, "转人工")
    asked = [(method, path) for method, path, _ in merchant.stack.service.requests]
    assert not any(method == "POST" and "person" in path for method, path in asked)


def test_a_mistake_in_a_rehearsal_is_no_suggestion(merchant: Merchant) -> None:
    merchant.stack.service.fail("GET /v1/procedures", status=500, times=9)
    url, token = f"{merchant.stack.url}/rehearsals", {"Authorization": f"Bearer {TOKEN}"}
    assert requests.post(url, json=merchant.body("押金怎么退"), headers=token, timeout=30).status_code == 503
