"""What a person sees and does: the merchant's chat in the demo shop or on its own page, and the review desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from tests.e2e.people import picture, until

ANSWER_MS = 30_000
PICTURES = Path("results/e2e")

expect.set_options(timeout=ANSWER_MS)


def snapshot(page: Page, name: str) -> None:
    """A picture for people to look at; its name says where in the story it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=PICTURES / f"{name}-{width}.png")


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    content: bytes


class Chat:
    """The assistant's window, wherever it is open."""

    page: Page

    @property
    def chat(self) -> FrameLocator | Frame:
        """What the window is in."""
        raise NotImplementedError

    def sms_code(self, phone: str) -> str:
        """What the service sends to that telephone when `获取验证码` is pressed."""
        raise NotImplementedError

    @property
    def box(self) -> Locator:
        return self.chat.get_by_role("textbox", name="输入消息")

    def say(self, text: str, answer: str) -> None:
        """Writes a message, and waits for a new answer that contains these words."""
        before = self.messages_with(answer).count()
        self.box.fill(text)
        self.box.press("Enter")
        self.wait_for_another(answer, before)

    def choose(self, title: str, answer: str) -> None:
        """Presses the newest button of that name, and waits for a new answer."""
        before = self.messages_with(answer).count()
        button = self.chat.get_by_role("group", name="请选择").last.get_by_role("button", name=title)
        button.click()
        self.wait_for_another(answer, before)

    def messages_with(self, text: str) -> Locator:
        """What the conversation shows with these words; a folded timeline may hold them as well."""
        return self.chat.locator("#transcript").get_by_text(text).locator("visible=true")

    def wait_for_another(self, text: str, before: int) -> None:
        expect(self.messages_with(text).nth(before)).to_be_visible()

    def expect_text(self, text: str) -> None:
        """Waits until the conversation says it."""
        expect(self.messages_with(text).last).to_be_visible()

    def card(self, kind: str) -> Locator:
        """The newest card of a kind."""
        return self.chat.locator(f'[data-kind="{kind}"], .card-{kind}').last

    def prove_identity(self, merchant_no: str, phone: str) -> None:
        """Fills in the identity card with the code that comes by short message."""
        self.chat.get_by_label("商户号").fill(merchant_no)
        self.chat.get_by_label("登记的手机号").fill(phone)
        code = self.sms_code(phone)
        self.chat.get_by_label("短信验证码").fill(code)
        self.chat.get_by_role("button", name="确认身份").click()
        expect(self.chat.get_by_text("已核实身份")).to_be_visible()

    def upload(self, titles: Sequence[str], note: str) -> None:
        """Uploads a photograph for each of these documents."""
        for title in titles:
            self.upload_file(title, File(f"{title}.jpg", "image/jpeg", picture(title, note)))

    def upload_file(self, title: str, file: File) -> None:
        document = self.chat.locator("li.document", has=self.chat.get_by_role("heading", name=title)).last
        document.locator('input[type="file"]').first.set_input_files(
            {"name": file.name, "mimeType": file.content_type, "buffer": file.content}
        )
        expect(document.get_by_text("已上传")).to_be_visible()

    def missing_documents(self) -> list[str]:
        """Titles of the documents that are still to be uploaded."""
        expect(self.chat.locator("li.document").first).to_be_visible()
        items = self.chat.locator("li.document.document-missing")
        titles = [item.get_by_role("heading").inner_text() for item in items.all()]
        return [title for title in titles if title != "补充材料"]

    def open_settings(self) -> Locator:
        self.chat.get_by_role("button", name="通知设置").click()
        return self.chat.get_by_role("dialog", name="通知设置")

    def application_no(self) -> str:
        """The newest application number that the conversation shows."""
        found = re.findall(r"SQ\d{6}[0-9A-Z]{6}", self.chat.locator("#transcript").inner_text())
        assert found, "the conversation shows no application number"
        return str(found[-1])


class Shop(Chat):
    """The demo shop with the assistant open in its frame."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/demo/")

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def log_in(self, name: str) -> None:
        """Chooses who is logged in at the shop."""
        self.page.get_by_role("radio", name=name).check()

    def open_assistant(self) -> None:
        """Presses the button in the corner."""
        self.page.get_by_role("button", name=re.compile("商户服务助手：")).click()
        expect(self.box).to_be_visible()

    def sms_code(self, phone: str) -> str:
        """The demo page shows it."""
        self.chat.get_by_role("button", name="获取验证码").click()
        message = self.page.locator(".sms", has_text=f"****{phone[-4:]}").first.locator(".sms-code")
        expect(message).to_be_attached()
        code = re.search(r"\d{6}", message.text_content() or "")
        assert code, "the demo page shows no code"
        return code.group()


class OwnPage(Chat):
    """The assistant as a page of its own, as a link opens it."""

    def __init__(self, page: Page, link: str) -> None:
        self.page = page
        page.goto(link)
        expect(self.box).to_be_visible()

    @property
    def chat(self) -> Frame:
        return self.page.main_frame

    def sms_code(self, phone: str) -> str:
        sent = f"{urljoin(self.page.url, '/')}demo/sms"

        def codes() -> list[str]:
            messages = httpx.get(sent).json()["messages"]
            return [message["code"] for message in messages if message["to"].endswith(phone[-4:])]

        before = len(codes())
        self.chat.get_by_role("button", name="获取验证码").click()
        return until(lambda: codes()[0] if len(codes()) > before else None, "the code")


class Desk:
    """The review desk in another window."""

    def __init__(self, page: Page, url: str, login: str, password: str) -> None:
        self.page, self.url = page, url
        page.goto(f"{url}/desk/")
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("searchbox", name="查找")).to_be_visible()

    def open(self, number: str) -> None:
        """Finds the application in the list and opens it."""
        self.page.get_by_role("searchbox", name="查找").fill(number)
        found = self.page.get_by_role("row").filter(has=self.page.get_by_role("link"))
        expect(found).to_have_count(1)  # until the search has narrowed the list, a row may move away under the hand
        found.filter(has_text=number).get_by_role("link").first.click()
        expect(self.page.get_by_role("region", name="材料", exact=True)).to_be_visible()

    def select(self, title: str) -> None:
        self.page.get_by_role("button", name=re.compile(f"^{title}")).click()

    def send_back(self, title: str, words: str) -> None:
        """Sends one document back with words of our own."""
        self.select(title)
        self.page.get_by_role("button", name="退回补交").click()
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_role("radio").first.check()
        sheet.get_by_label("给商户的话").fill(words)
        sheet.get_by_role("button", name="确认退回").click()
        expect(sheet).to_have_count(0)

    def accept(self, titles: Sequence[str]) -> None:
        """Accepts documents one by one."""
        for title in titles:
            self.select(title)
            self.page.get_by_role("button", name="通过", exact=True).click()
            tab = self.page.get_by_role("button", name=re.compile(f"^{title}"))
            expect(tab).to_contain_text("已通过")

    def approve(self) -> None:
        """Approves what the desk proposes."""
        self.page.get_by_role("button", name="批准", exact=True).click()
        self.page.get_by_role("dialog").get_by_role("button", name="确认批准").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def reject(self, words: str) -> None:
        """Rejects with a reason."""
        self.page.get_by_role("button", name="驳回", exact=True).click()
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_role("radio").first.check()
        sheet.get_by_label("给商户的话").fill(words)
        sheet.get_by_role("button", name="确认驳回").click()
        expect(sheet).to_have_count(0)
