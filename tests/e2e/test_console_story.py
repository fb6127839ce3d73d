"""Two agents, three merchants: queue, take-over, an edited suggestion, hand-back, a call that files, a lost network."""

import re
from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conversations.merchants import Directory, Party, terminal
from tests.e2e.agents import Console
from tests.e2e.conftest import demo_logins
from tests.e2e.pages import snapshot
from tests.e2e.people import CARD, Merchant, until
from tests.e2e.stack import Stack

pytestmark = pytest.mark.timeout(600)  # a whole story, and the start of the product before it

MOST_QUESTIONS = 30


@pytest.fixture
def agents(healthy: Stack, browser: Browser) -> tuple[Console, Console]:
    """Two agents, each with a browser of their own."""
    logins = demo_logins(healthy.data_dir)

    def sit_down(login: str) -> Console:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
        console = Console(context.new_page(), healthy.url, login, logins[login])
        console.be_ready()
        return console

    return sit_down("agent"), sit_down("agent2")


def test_two_agents_serve_three_merchants(
    agents: tuple[Console, Console], healthy: Stack, new_merchant: Callable[[str], Merchant]
) -> None:
    he, wang = agents
    directory = Directory(healthy.data_dir)
    spring, peace, coffee = (new_merchant(with_a_deposit(directory).merchant_no) for _ in range(3))
    spring.say("押金怎么退")
    he.look_into("待人工")
    for merchant in (spring, peace, coffee):
        merchant.send(text="转人工")
        place = re.search(r"第(\d+)位", merchant.wait_for_text("您排在第"))
        assert place
        expect(he.row(merchant.conversation_id)).to_contain_text(f"第 {place[1]} 位")
    snapshot(he.page, "console-queue")
    take_over(he, wang, spring)
    a_suggestion_is_edited(he, spring)
    the_network_drops(he, spring)
    hand_back(he, spring)

    one_is_served_and_one_passed_on(he, wang, peace, coffee)
    for merchant in (spring, peace, coffee):
        assert_nothing_lost_or_doubled(merchant)


def test_a_call_is_filed_for_the_caller(agents: tuple[Console, Console], healthy: Stack) -> None:
    a_call_files(agents[1], healthy, with_a_deposit(Directory(healthy.data_dir)))


def with_a_deposit(directory: Directory) -> Party:
    """A merchant of this story alone: the demo's own are those of other stories."""
    return directory.add(terminals=[terminal("smart", 19_900), terminal("speaker")])


def take_over(he: Console, wang: Console, spring: Merchant) -> None:
    """One takes the merchant, the other sees by whom; the bot is silent from here."""
    he.open(spring.conversation_id)
    he.take()
    spring.wait_for_text("小何")
    wang.look_into("同事的")
    expect(wang.row(spring.conversation_id)).to_contain_text("小何")
    spring.send(text="退押金要多久到账")
    he.expect_said("merchant", "退押金要多久到账")


def a_suggestion_is_edited(he: Console, spring: Merchant) -> None:
    """Inserted by its key, changed, and sent by the agent."""
    expect(he.suggestions.first).to_be_visible()
    snapshot(he.page, "console-conversation")
    he.page.keyboard.press("Alt+1")
    expect(he.box).not_to_have_value("")
    he.page.keyboard.press("End")
    he.page.keyboard.type(" 我是小何，马上帮您看。")
    he.page.keyboard.press("Enter")
    spring.wait_for_text("我是小何，马上帮您看。")


def the_network_drops(he: Console, spring: Merchant) -> None:
    """What is written meanwhile goes out once, and what came meanwhile is there."""
    he.page.context.set_offline(True)
    expect(he.page.get_by_text("这个会话暂时连不上")).to_be_visible()
    for words in ("断网时的第一句", "断网时的第二句"):
        he.box.fill(words)
        he.box.press("Enter")
    he.page.context.set_offline(False)
    for words in ("断网时的第一句", "断网时的第二句"):
        he.expect_said("agent", words)
        spring.wait_for_text(words)
    spring.send(text="好的收到")
    he.expect_said("merchant", "好的收到")
    expect(he.page.locator(".outgoing")).to_have_count(0)


def hand_back(he: Console, spring: Merchant) -> None:
    """The bot goes on, and answers again."""
    he.page.get_by_role("button", name="交还给机器人").click()
    he.page.get_by_label("小结").fill("已说明到账时间")
    he.page.get_by_role("dialog").get_by_role("button", name="交还给机器人").click()
    expect(he.box).to_have_count(0)
    assert spring.say("取消POS机要什么材料")


def one_is_served_and_one_passed_on(he: Console, wang: Console, peace: Merchant, coffee: Merchant) -> None:
    """The second agent serves one to the end, and gives the other to the first."""
    wang.look_into("待人工")
    wang.open(peace.conversation_id)
    wang.take()
    wang.write("您好，请讲")
    peace.wait_for_text("您好，请讲")
    wang.page.get_by_role("button", name="结束", exact=True).click()
    wang.close("已解决")

    wang.look_into("待人工")
    wang.open(coffee.conversation_id)
    wang.take()
    wang.write("我请小何来帮您")
    wang.page.get_by_role("button", name="转接").click()
    wang.page.get_by_label("转给谁").select_option("小何")
    wang.page.get_by_role("dialog").get_by_role("button", name="转接").click()
    expect(wang.box).to_have_count(0)
    he.look_into("我的")
    he.open(coffee.conversation_id)
    he.write("我是小何，您说")
    coffee.wait_for_text("我是小何，您说")


def assert_nothing_lost_or_doubled(merchant: Merchant) -> None:
    merchant.refresh()
    assert [message["seq"] for message in merchant.history] == list(range(1, len(merchant.history) + 1))
    said = Counter(
        block["text"]
        for message in merchant.history
        if message["sender"] == "agent"
        for block in message["blocks"]
        if block["type"] == "text"
    )
    assert said
    assert set(said.values()) == {1}


def a_call_files(wang: Console, healthy: Stack, caller: Party) -> None:
    """Noted down, verified by a code, filled in, read back, filed, and ended."""
    page = wang.page
    page.keyboard.press("n")
    entry = page.get_by_label("记下说的话")
    entry.fill("你好，我要退押金")
    entry.press("Enter")
    wang.expect_said("merchant", "我要退押金")
    expect(wang.suggestions.first).to_be_visible()

    verify_caller(page, healthy, caller)

    page.get_by_label("代商户新办").select_option("退押金")
    page.get_by_role("button", name="开始", exact=True).click()
    fill_in(page)
    snapshot(page, "console-call")
    page.get_by_label("已逐条念过").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("申请 SQ.* 已提交"))).to_be_visible()
    page.get_by_role("button", name="发上传链接").click()
    expect(page.get_by_role("status").filter(has_text="链接已发到")).to_be_visible()
    page.get_by_role("button", name="结束通话").click()
    wang.close("已解决")


def verify_caller(page: Page, healthy: Stack, caller: Party) -> None:
    """The caller reads out the code that came to the registered phone."""
    page.get_by_label("商户号").fill(caller.merchant_no)
    page.get_by_label("登记的手机号").fill(caller.phone)
    before = len(codes(healthy))
    page.get_by_role("button", name="发验证码").click()
    sent = until(lambda: codes(healthy)[before:], "the code to come")
    page.get_by_label("对方念的验证码").fill(sent[-1])
    page.get_by_role("button", name="确认身份").click()
    expect(page.get_by_text("短信验证码", exact=True)).to_be_visible()


def codes(healthy: Stack) -> list[str]:
    """What the demo's telephones show, the oldest first."""
    messages = httpx.get(f"{healthy.url}/demo/sms").json()["messages"]
    return [str(message["code"]) for message in reversed(messages)]


def fill_in(page: Page) -> None:
    """Answers each question with the first choice, the example, or a made-up card."""
    read_back = page.get_by_label("已逐条念过")
    question = page.locator(".question")
    for _ in range(MOST_QUESTIONS):
        expect(question.or_(read_back).first).to_be_visible()
        if read_back.is_visible():
            return
        asked = question.locator(".question-prompt").inner_text()
        choices = question.locator(".question-choices button")
        if choices.count() > 0:
            choices.first.click()
        else:
            answer_in_words(page)
        expect(question.filter(has_text=asked)).to_have_count(0)
    raise AssertionError("the form never came to its end")


def answer_in_words(page: Page) -> None:
    boxes = page.locator(".question input")
    words = {"户名": CARD["name"], "姓名": CARD["name"], "身份证": CARD["id_number"], "卡号": CARD["bank_card"]}
    for box in boxes.all():
        label = page.locator(f"label[for='{box.get_attribute('id')}']").inner_text()
        known = next((value for name, value in words.items() if name in label), None)
        box.fill(known or box.get_attribute("placeholder") or CARD["bank_name"])
    boxes.last.press("Enter")
