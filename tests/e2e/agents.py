"""An agent at the console, in a real browser."""

import re

from playwright.sync_api import Locator, Page, expect


class Console:
    """The console with somebody signed in."""

    def __init__(self, page: Page, url: str, login: str, password: str) -> None:
        self.page = page
        page.goto(f"{url}/console/")
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("switch", name="接待状态")).to_be_visible()

    def be_ready(self) -> None:
        """Lets conversations come."""
        switch = self.page.get_by_role("switch", name="接待状态")
        if switch.get_attribute("aria-checked") != "true":
            switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")

    def look_into(self, box: str) -> None:
        """Opens one of the boxes."""
        self.page.get_by_role("navigation", name="会话分组").get_by_role("link", name=re.compile(f"^{box}")).click()

    def row(self, conversation_id: str) -> Locator:
        """Its line in the list, however far down it stands."""
        row = self.page.locator(f'a[data-conversation="{conversation_id}"]')
        more = self.page.get_by_role("button", name="再显示一些")
        expect(row.or_(more).first).to_be_visible()
        while not row.is_visible() and more.is_visible():
            more.click()
            expect(row.or_(more).first).to_be_visible()
        return row

    def open(self, conversation_id: str) -> None:
        """Opens it from the list."""
        self.row(conversation_id).click()
        expect(self.page.get_by_role("log", name="聊天记录")).to_be_visible()

    def take(self) -> None:
        """Takes the conversation that is open, by its key."""
        expect(self.page.get_by_role("button", name="接待", exact=True)).to_be_visible()
        self.page.keyboard.press("c")
        expect(self.box).to_be_visible()

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("回复商户")

    def write(self, text: str) -> None:
        """Sends a message, and waits until the merchant's transcript has it."""
        self.box.fill(text)
        self.box.press("Enter")
        self.expect_said("agent", text)

    def said(self, sender: str, text: str) -> Locator:
        """What somebody said, as it stands in the transcript and not on its way."""
        return self.page.locator(f".said-{sender}:not(.outgoing) .bubble").filter(has_text=text)

    def expect_said(self, sender: str, text: str) -> None:
        expect(self.said(sender, text).last).to_be_visible()

    @property
    def suggestions(self) -> Locator:
        return self.page.locator(".suggestions:not(.suggestions-withdrawn) .suggestion")

    def close(self, result: str) -> None:
        """Ends the conversation with the summary as it was drafted."""
        sheet = self.page.get_by_role("dialog", name="结束会话")
        request = sheet.get_by_label("诉求")
        expect(request).to_be_visible()
        if not request.input_value():
            request.fill("咨询")
        sheet.get_by_label("结果分类").select_option(result)
        sheet.get_by_role("button", name="结束").click()
        expect(self.page.get_by_role("status").filter(has_text="会话已结束")).to_be_visible()
