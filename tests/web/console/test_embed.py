"""<pos-assist> on a page of another system: follows a conversation, and tells by events what became of suggestions."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.web.waiting import eventually

from .conftest import assert_accessible
from .fake_console import FakeConsole

LISTEN = """() => {
  window.heard = [];
  for (const name of ["pos-suggestion-inserted", "pos-suggestion-dismissed", "pos-draft-warnings"]) {
    document.addEventListener(name, (event) => window.heard.push([name, event.detail]));
  }
}"""


@pytest.fixture
def crm(console: Page, address: str) -> Page:
    """The agent is signed in, and a page of the company's CRM is open."""
    console.goto(address.replace("/console/", "/crm"))
    console.evaluate(LISTEN)
    return console


def panel(page: Page) -> FrameLocator:
    return page.frame_locator("pos-assist iframe")


def test_the_page_hears_what_was_inserted_and_dismissed(crm: Page, fake: FakeConsole) -> None:
    expect(panel(crm).locator(".suggestion")).to_have_count(3)
    panel(crm).get_by_role("button", name="插入：退押金怎么办").click()
    panel(crm).get_by_role("button", name="不要：多久到账").click()
    expect(panel(crm).locator(".suggestion")).to_have_count(2)
    crm.wait_for_function("() => window.heard.length === 2")
    (inserted, words), (dismissed, _) = crm.evaluate("window.heard")
    assert (inserted, dismissed) == ("pos-suggestion-inserted", "pos-suggestion-dismissed")
    assert (words["conversationId"], words["suggestionId"]) == ("c_peace", "s1a")
    assert words["text"] == "您好，退押金要先核对机器，我马上帮您看。"
    eventually(crm, lambda: fake.outcomes == [("s1a", "inserted"), ("s1b", "dismissed")])
    assert fake.sent == []
    assert_accessible(crm)


def test_it_follows_another_conversation_and_what_is_said_there(crm: Page, fake: FakeConsole) -> None:
    crm.evaluate("document.querySelector('pos-assist').follow('c_spring')")
    card = panel(crm).locator("[data-suggestion=s3a]")
    expect(card).to_be_visible()
    fake.merchant_says("c_spring", "喂", suggest=False)
    expect(panel(crm).get_by_text("这些建议收回了")).to_be_visible()
    fake.merchant_says("c_spring", "在吗")
    expect(panel(crm).locator("[data-suggestion=s5a]")).to_be_visible()
    crm.evaluate("document.querySelector('pos-assist').follow(null)")
    expect(panel(crm).get_by_text("打开一个会话，这里就有建议。")).to_be_visible()


def test_a_draft_of_the_other_system_is_warned_about(crm: Page, fake: FakeConsole) -> None:
    expect(panel(crm).locator(".suggestion")).to_have_count(3)
    crm.evaluate("document.querySelector('pos-assist').check('我保证')")
    expect(panel(crm).get_by_text("不要承诺结果")).to_be_visible()
    crm.wait_for_function("() => window.heard.length === 1")
    assert crm.evaluate("window.heard")[0][1]["warnings"][0]["code"] == "promise"


def test_who_is_not_signed_in_signs_in_within_the_panel(crm: Page, address: str, fake: FakeConsole) -> None:
    crm.context.clear_cookies()
    crm.reload()
    panel(crm).get_by_label("账号").fill("agent")
    panel(crm).get_by_label("密码").fill("demo-console")
    panel(crm).get_by_role("button", name="登录", exact=True).click()
    expect(panel(crm).locator(".suggestion")).to_have_count(3)


def test_the_panel_obeys_its_parent_alone(crm: Page) -> None:
    expect(panel(crm).locator(".suggestion")).to_have_count(3)
    frame = next(frame for frame in crm.frames if frame.url.endswith("/console/assist/"))
    frame.evaluate("window.postMessage({channel: 'pos-assistant', type: 'follow', conversationId: null}, '*')")
    crm.wait_for_timeout(300)
    expect(panel(crm).locator(".suggestion")).to_have_count(3)
