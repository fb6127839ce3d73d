"""`python -m tests.e2e.console_pictures`: the pictures of the console in docs/images, taken from the real product."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import FLAGS
from tests.conversations.merchants import Party
from tests.e2e.agents import Console
from tests.e2e.conftest import SETTINGS, demo_logins
from tests.e2e.desk_pictures import save
from tests.e2e.people import Merchant
from tests.e2e.stack import Stack, start_stack
from tests.e2e.test_console_story import verify_caller

SIZES = ((1280, 800), (1440, 900))
SAID = {
    "822100058120001": ("押金怎么退", "转人工"),
    "822301055330004": ("机器用不了，要换", "转人工"),
    "822500058130005": ("怎么取消pos机", "太气人了，推来推去！我要找人工"),
    "822290059430BCY": ("人工客服在吗",),
}
SERVED = ("822700057220006", "822290059430BCY")
CALLER = Party("822584053110003", "欧阳家电行", "欧阳家和", "13700137003")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder), **SETTINGS)
        try:
            take_all(stack)
        finally:
            stack.stop()
    return 0


def take_all(stack: Stack) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS])
        serve_some(stack, browser)
        merchants = {number: waiting(stack, number, *words) for number, words in SAID.items()}
        agent = sit_down(stack, browser, "agent")
        agent.look_into("待人工")
        agent.page.keyboard.press("j")
        expect(agent.page.locator(".inbox-row")).to_have_count(len(SAID))
        at_each_size(agent.page, "console-inbox")
        a_conversation(agent, merchants["822100058120001"])
        a_call(agent, stack)
        lead = sit_down(stack, browser, "lead")
        lead.page.get_by_role("link", name="运行看板").click()
        expect(lead.page.get_by_role("region", name="现在")).to_be_visible()
        at_each_size(lead.page, "console-load")
        browser.close()


def sit_down(stack: Stack, browser: Browser, login: str) -> Console:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    console = Console(context.new_page(), stack.url, login, demo_logins(stack.data_dir)[login])
    console.be_ready()
    return console


def waiting(stack: Stack, merchant_no: str, *words: str) -> Merchant:
    """A merchant who has asked for a person."""
    merchant = Merchant(stack.url)
    merchant.log_in(merchant_no)
    for each in words[:-1]:
        merchant.say(each)
    merchant.send(text=words[-1])
    merchant.wait_for_text("位")
    return merchant


def serve_some(stack: Stack, browser: Browser) -> None:
    """What the lead's figures are made of."""
    agent = sit_down(stack, browser, "agent2")
    for number in SERVED:
        merchant = waiting(stack, number, "转人工")
        agent.look_into("待人工")
        agent.page.locator(".inbox-row").first.click()
        agent.take()
        merchant.send(text="押金几天能到账")
        agent.expect_said("merchant", "押金几天能到账")
        expect(agent.suggestions.first).to_be_visible()
        agent.page.keyboard.press("Alt+1")
        expect(agent.box).not_to_have_value("")
        agent.page.keyboard.press("Enter")
        expect(agent.box).to_have_value("")
        agent.page.get_by_role("button", name="结束", exact=True).click()
        agent.close("已解决")


def a_conversation(agent: Console, merchant: Merchant) -> None:
    agent.open(merchant.conversation_id)
    agent.take()
    agent.write("您好，我是小何，您请讲。")
    merchant.send(text="退押金多久到账，要交手续费吗")
    agent.expect_said("merchant", "退押金多久到账")
    expect(agent.suggestions.first).to_be_visible()
    agent.box.fill("我保证三天之内到账")
    expect(agent.page.locator(".draft-warnings")).to_be_visible()
    at_each_size(agent.page, "console-conversation")
    agent.box.fill("")


def a_call(agent: Console, stack: Stack) -> None:
    page = agent.page
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    entry = page.get_by_label("记下说的话")
    entry.fill("坐席：您好，演示收单公司，请讲\n客户：我店关了，押金怎么退")
    entry.press("Enter")
    verify_caller(page, stack, CALLER)
    page.get_by_label("代商户新办").select_option("退押金")
    page.get_by_role("button", name="开始", exact=True).click()
    question = page.locator(".question-choices button").first
    question.click()
    expect(page.locator(".answers")).to_be_visible()
    expect(agent.suggestions.first).to_be_visible()
    at_each_size(page, "console-call")


def at_each_size(page: Page, name: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)  # charts and the transcript follow the width
        save(page, name)


if __name__ == "__main__":
    sys.exit(main())
