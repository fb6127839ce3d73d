"""Canned replies: whose they are, how they are found, and what is filled in."""

from typing import Any

from service.demo_replies import add_replies
from tests.service.builders import SPRING, World
from tests.service.conversations.desk.people import AtConsole, at_console


def add(agent: AtConsole, title: str, text: str, **more: Any) -> dict[str, Any]:
    answer = agent.post("replies", {"title": title, "text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def titles(agent: AtConsole, q: str = "", **more: str) -> list[str]:
    return [item["title"] for item in agent.get("replies", q=q, **more).json()["items"]]


def test_they_are_found_by_words_pinyin_and_initials(office: World) -> None:
    agent = at_console(office)
    add(agent, "问候", "您好，我是{坐席}，很高兴为您服务。", shortcut="hi")
    add(agent, "退押金要什么", "退押金要准备押金收据和机器照片。", group="押金")
    for q in ("押金", "yajin", "tyj", "收据", "TYJ"):
        assert titles(agent, q) == ["退押金要什么"], q
    assert titles(agent, "hi")[0] == "问候"
    assert len(titles(agent)) == 2
    assert titles(agent, "没有这个") == []


def test_names_are_filled_in_and_what_is_not_known_stays_to_be_seen(office: World) -> None:
    agent, talker = at_console(office), office.merchant(SPRING)
    add(agent, "问候", "{商户名}您好，我是{坐席}，单号{申请单号}")
    text = agent.get("replies", conversation_id=talker.conversation_id).json()["items"][0]["text"]
    name = agent.detail(talker.conversation_id)["identity"]["merchant_name"]
    assert text == f"{name}您好，我是小王，单号{{申请单号}}"
    assert "{商户名}" in agent.get("replies").json()["items"][0]["text"]


def test_own_ones_are_ones_own_and_common_ones_are_the_leads(office: World) -> None:
    agent, lead = at_console(office), at_console(office, "lead")
    own = add(agent, "我的", "我的话")
    common = add(lead, "大家的", "大家的话", own=False)
    assert titles(lead) == ["大家的"]
    assert sorted(titles(agent)) == ["大家的", "我的"]
    assert agent.post("replies", {"title": "a", "text": "b", "own": False}).status_code == 403
    change = {"title": "改了", "text": "话", "own": True}
    assert lead.desk.ask("PUT", f"/v1/console/replies/{own['id']}", change).status_code == 404
    assert agent.desk.ask("PUT", f"/v1/console/replies/{common['id']}", change).status_code == 403
    assert agent.desk.ask("PUT", f"/v1/console/replies/{own['id']}", change).json()["title"] == "改了"
    assert agent.desk.ask("DELETE", f"/v1/console/replies/{common['id']}").status_code == 403
    assert agent.desk.ask("DELETE", f"/v1/console/replies/{own['id']}").status_code == 204
    assert titles(agent) == ["大家的"]


def test_the_demo_begins_with_some_and_adds_none_twice(office: World) -> None:
    add_replies(office.platform)
    agent = at_console(office)
    assert titles(agent, "bsf") == ["不收费"]
    before = len(titles(agent))
    add_replies(office.platform)
    assert len(titles(agent)) == before > 5
