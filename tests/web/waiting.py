"""Waits for what pages tell the service and do not show."""

from collections.abc import Callable

from playwright.sync_api import Page


def eventually(page: Page, look: Callable[[], object]) -> None:
    """What the page tells the service without waiting for it comes in its own time."""
    for _ in range(100):
        if look():
            return
        page.wait_for_timeout(50)
    assert look()
