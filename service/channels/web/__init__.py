"""The browser's channel: the conversation over HTTP and events, the built pages, the demo's helpers."""

from service.channels.web import api, demo, docs, pages

__all__ = ["api", "demo", "docs", "pages"]
