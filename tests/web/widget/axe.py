"""What axe, the accessibility checker, finds on a page."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[Any]:
    """Name and places of each. The script comes in by the test's door, which the page's policy does not guard."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8") + "; 0")
    options = {"runOnly": {"type": "tag", "values": RULES}, "iframes": False}
    found: list[Any] = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in found]
