"""A merchant with WeChat: writes to the account, sends pictures, and follows its links in the browser of the phone."""

import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.e2e.pages import OwnPage
from tests.wechat.emulator.api import SCAN
from tests.wechat.emulator.server import Office
from tests.wechat.qr import read_qr

ANSWER_SECONDS = 40
PHONE: ViewportSize = {"width": 360, "height": 740}
_LINK = re.compile(r"https?://\S+/widget/#w=[0-9A-Za-z_-]+")


@dataclass
class Phone:
    office: Office
    openid: str
    browser: Browser
    seen: int = 0
    _web_view: BrowserContext | None = field(default=None, init=False)

    def told(self) -> str:
        return "\n\n".join(self.office.world.follower(self.openid).texts())

    def new(self) -> str:
        """What came since the merchant last did something."""
        return self.told()[self.seen :]

    def look(self) -> None:
        """Has read what there is; from here on it is old."""
        self.seen = len(self.told())

    def follow(self) -> None:
        self.office.push(self.office.pusher.event(self.openid, "subscribe"))

    def scan(self, screen: bytes) -> None:
        """Reads a QR code from a picture of another screen, and follows by it."""
        said = read_qr(screen)
        assert said.startswith(SCAN), f"this is no code of WeChat: {said}"
        self.look()
        self.office.push(self.office.pusher.scan(self.openid, said.removeprefix(SCAN)))

    def say(self, text: str, *, answer: str) -> None:
        self.look()
        self.office.push(self.office.pusher.text(self.openid, text))
        self.expect(answer)

    def choose(self, part: str, *, answer: str) -> None:
        """By the number that stands before the title."""
        numbers = re.findall(rf"^(\d+)\. .*{re.escape(part)}.*$", self.told(), re.MULTILINE)
        assert numbers, f"no choice with {part}:\n{self.told()[-800:]}"
        self.say(numbers[-1], answer=answer)

    def send_pictures(self, *pictures: bytes, answer: str) -> None:
        self.look()
        for picture in pictures:
            self.office.push_aside(self.office.pusher.image(self.openid, picture))
            time.sleep(0.3)
        self.expect(answer)

    def expect(self, text: str) -> None:
        end = time.monotonic() + ANSWER_SECONDS
        while text not in self.new():
            assert time.monotonic() < end, f"“{text}” did not come:\n{self.told()[-1200:]}"
            time.sleep(0.2)

    def newest_link(self) -> str:
        """To the own page of this conversation."""
        links = _LINK.findall(self.told())
        assert links, f"no link:\n{self.told()[-800:]}"
        return str(links[-1])

    def open_page(self) -> OwnPage:
        """The newest link in WeChat's web view, which keeps what pages store."""
        if self._web_view is None:
            self._web_view = self.browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)
        return OwnPage(self._web_view.new_page(), self.newest_link())
