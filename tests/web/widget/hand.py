"""A hand that uses the widget as a merchant does, in whichever frame it stands."""

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Frame, Locator, Page, expect


@dataclass
class Widget:
    page: Page
    frame: Frame

    def visit(self, url: str) -> Self:
        self.page.goto(url)
        return self.ready()

    def ready(self) -> Self:
        """Waits until the conversation has started."""
        expect(self.frame.locator(".header-mark:not(.header-mark-connecting)")).to_be_visible()
        expect(self.box).to_be_visible()
        return self

    @property
    def box(self) -> Locator:
        return self.frame.get_by_role("textbox", name="输入消息")

    @property
    def bubbles(self) -> Locator:
        return self.frame.locator(".bubble")

    @property
    def own(self) -> Locator:
        return self.frame.locator(".from-merchant .bubble")

    def say(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")

    def bubble(self, words: str) -> Locator:
        return self.bubbles.filter(has_text=words)

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    def card(self, kind: str) -> Locator:
        return self.frame.locator(f".card-{kind}")

    def document(self, key: str) -> Locator:
        return self.frame.locator(f'.document[data-key="{key}"]')
