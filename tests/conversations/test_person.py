"""A person is asked for in the middle of an application, helps, and hands back to a bot that goes on from there."""

import uuid
from collections.abc import Callable

import httpx
import pytest

from tests.conversations.merchants import terminal
from tests.conversations.story import Story
from tests.e2e.conftest import demo_logins
from tests.e2e.people import Json, until
from tests.e2e.stack import Stack


class Agent:
    """An agent at the console."""

    def __init__(self, url: str, password: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        answer = self.http.post("/v1/staff/session", json={"login": "agent", "password": password})
        answer.raise_for_status()
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]

    def do(self, conversation: str, what: str, **body: object) -> Json:
        answer = self.http.post(f"/v1/console/conversations/{conversation}/{what}", json=body)
        assert answer.status_code in (200, 202), answer.text
        found: Json = answer.json()
        return found

    def answer_for(self, conversation: str, number: str, field: str, value: str) -> None:
        headers = {"X-Conversation": conversation, "Idempotency-Key": str(uuid.uuid4())}
        path = f"/v1/applications/{number}/answers/{field}"
        answer = self.http.put(path, json={"value": value}, headers=headers)
        assert answer.status_code == 200, answer.text


@pytest.fixture
def agent(healthy: Stack) -> Agent:
    return Agent(healthy.url, demo_logins(healthy.data_dir)["agent"])


def test_an_agent_helps_in_the_middle_and_the_bot_goes_on(tell: Callable[..., Story], agent: Agent) -> None:
    story = tell(terminals=[terminal("smart", 19_900), terminal("speaker", 9_900)])
    story.opens("押金怎么退", "deposit_refund")
    conversation = story.merchant.http.get("/v1/conversation").json()["conversation_id"]
    assert "排在第" in story.says("转人工")
    assert story.merchant.http.get("/v1/conversation").json()["status"] == "waiting"

    agent.do(conversation, "claim")
    story.hears("来了，接下来由TA为您服务")
    application = story.application
    question = application["next_question"]
    answered = question["choices"][0]
    agent.answer_for(conversation, application["application_no"], question["field"], answered["value"])
    agent.do(conversation, "messages", client_id=str(uuid.uuid4()), text="这一项我帮您填好了。")
    story.hears("这一项我帮您填好了。")

    agent.do(conversation, "hand-back", note="已代填一项")
    story.hears("我在，接着为您服务。")
    after = story.application["next_question"]
    assert after["field"] != question["field"]
    until(lambda: _said(story, after), "the next question")


def _said(story: Story, question: Json) -> bool:
    story.merchant.refresh()
    newest = [block for message in story.merchant.history[-3:] for block in message["blocks"]]
    titles = {choice["title"] for block in newest for choice in block.get("choices", [])}
    texts = " ".join(block.get("text", "") + block.get("title", "") for block in newest)
    return question["prompt"] in texts or bool(titles & {choice["title"] for choice in question["choices"]})
