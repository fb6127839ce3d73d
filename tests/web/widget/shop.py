"""A shop's page with the one script tag, on another site than the service and under a strict policy of its own."""

from dataclasses import dataclass, field
from html import escape

from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .hand import Widget

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>小店</title>
<body><h1>小店后台</h1><button id="before">店铺自己的按钮</button>
<script async src="{service}/widget/loader.js" {attributes}></script></body></html>"""


@dataclass
class Shop:
    origin: str
    service: str
    attributes: dict[str, str] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/", self.page)])

    def page(self, _: Request) -> Response:
        policy = f"default-src 'none'; script-src {self.service}; frame-src {self.service}; style-src 'none'"
        attributes = " ".join(f'{name}="{escape(value)}"' for name, value in self.attributes.items())
        body = PAGE.format(service=self.service, attributes=attributes)
        return HTMLResponse(body, headers={"Content-Security-Policy": policy})

    def visit(self, page: Page) -> None:
        page.goto(self.origin)
        expect(page.locator(".launcher")).to_be_visible()

    def open_widget(self, page: Page) -> Widget:
        """Opens the widget with the launcher and gives the frame it stands in."""
        page.locator(".launcher").click()
        return self.widget(page)

    def widget(self, page: Page) -> Widget:
        handle = page.locator("iframe.frame").element_handle()
        frame = handle.content_frame()
        assert frame
        return Widget(page, frame).ready()
