"""`python -m tests.e2e.desk_pictures`: the pictures of the review desk in docs/images, taken from the real service.

The service runs alone, without the bot, on data of its own; made-up merchants file applications with made-up papers.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from bench.ocr import cameras, papers
from bench.ocr.people import Somebody, somebody
from scripts.run import SERVICE_PYTHON, START_TIMEOUT_SECONDS, Stack, prepare
from tests.conftest import FLAGS
from tests.e2e.people import CARD, Json, Merchant, Reviewer, until
from tests.ports import free_port

IMAGES = Path("docs/images")
MOST_BYTES = 150_000
SIZES = ((1280, 800), (768, 1024))
MOST_QUESTIONS = 30
READING_SECONDS = 180


@dataclass(frozen=True)
class Shop:
    """One of the demo's merchants, as far as its papers tell of it."""

    merchant_no: str
    name: str
    owner: str


SPRING = Shop("822100058120001", "春风小吃店", "张春风")
MING = Shop("822290059430BCY", "阿明五金店", "陈明")
OUYANG = Shop("822584053110003", "欧阳家电行", "欧阳家和")
PEACE = Shop("822301055330004", "和平超市", "王和平")
COFFEE = Shop("822500058130005", "小满咖啡馆", "林小满")
COBBLER = Shop("822700057220006", "老街修鞋铺", "周守本")
AGENT = Shop("822900000000A01", "宏达支付服务部", "高宏达")


@dataclass(frozen=True)
class Filed:
    """Who files what, and the machine that it is about."""

    shop: Shop
    procedure: str
    terminal_no: str = ""
    serial_no: str = ""
    deposit_fen: int = 0

    def somebody(self) -> Somebody:
        """Whose papers these are."""
        return replace(
            somebody(random.Random(self.terminal_no)),
            name=self.shop.owner,
            shop=self.shop.name,
            merchant_no=self.shop.merchant_no,
            terminal_no=self.terminal_no,
            serial_no=self.serial_no,
            amount_fen=self.deposit_fen,
            day=date(2025, 11, 3),
        )


FILED = (
    Filed(SPRING, "deposit_refund", "A1000001", "DEMO20250001", 19_900),
    Filed(MING, "deposit_refund", "A2000001", "DEMO20240017", 29_900),
    Filed(PEACE, "deposit_refund", "A4000001", "DEMO20250041", 19_900),
    Filed(PEACE, "cancel_pos", "A4000003", "DEMO20250043"),
    Filed(COFFEE, "deposit_refund", "A5000002", "DEMO20260202", 6_000),
    Filed(OUYANG, "deposit_refund", "A3000001", "DEMO20260101", 99_900),
    Filed(OUYANG, "cancel_pos", "A3000002", "DEMO20260102"),
    Filed(SPRING, "cancel_pos", "A1000002", "DEMO20250002"),
    Filed(MING, "complaint"),
    Filed(AGENT, "agent_deposit_refund", deposit_fen=500_000),
    Filed(COBBLER, "close_account"),
)

PAPERS: dict[str, Callable[[Somebody], papers.Paper]] = {
    "receipt": papers.receipt,
    "contract": papers.contract,
    "machine": papers.machine,
    "identity": papers.identity_card,
    "licence": papers.licence,
    "voucher": papers.slip,
}


def main() -> int:
    with running() as stack:
        passwords = passwords_of(stack)
        numbers = [file(stack.url, each) for each in FILED]
        reviewer = Reviewer(stack.url, "reviewer", passwords["reviewer"])
        wait_for_readings(reviewer, numbers[0])
        take_all(stack.url, passwords["reviewer"], numbers[0])
    return 0


@contextmanager
def running() -> Iterator[Stack]:
    """The service alone, ready to be asked."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), free_port(), free_port(), free_port())
        prepare(stack)
        process = subprocess.Popen([SERVICE_PYTHON, "-m", "service"], env=stack.environment())
        try:
            until(lambda: httpx.get(f"{stack.url}/healthz").is_success or None, "the service", START_TIMEOUT_SECONDS)
            yield stack
        finally:
            process.terminate()
            process.wait(30)


def passwords_of(stack: Stack) -> dict[str, str]:
    """By login, as `make run` prints them."""
    lines = (stack.data_dir / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    return {words[2]: words[4] for words in (line.split() for line in lines)}


def file(url: str, filed: Filed) -> str:
    """Files one application with its papers, past the chat; gives its number."""
    merchant = Merchant(url)
    merchant.log_in(filed.shop.merchant_no)
    prefill = {"subject": filed.terminal_no} if filed.terminal_no else {}
    application = change(merchant, "POST", "", procedure=filed.procedure, prefill=prefill)
    number: str = application["application_no"]
    for _ in range(MOST_QUESTIONS):
        question = application["next_question"]
        if question is None or question["kind"] == "confirm":
            break
        application = merchant.put_answer(number, question["field"], answer_to(question, filed.shop))
    change(merchant, "POST", f"/{number}/submit", version=application["version"])
    hand_in(merchant, number, filed.somebody())
    return number


def answer_to(question: Json, shop: Shop) -> str | dict[str, str]:
    """The first choice, the example, or the card of the shop."""
    if question["kind"] == "secure":
        card = {**CARD, "name": shop.name}
        return {box["name"]: card[box["kind"]] for box in question["inputs"]}
    choices = question["choices"]
    return str(choices[0]["value"] if choices else question["example"])


def hand_in(merchant: Merchant, number: str, one: Somebody) -> None:
    """A photograph of a made-up paper for everything that is required."""
    for document in merchant.application(number)["documents"]:
        if document["required"]:
            draw = next((draw for word, draw in PAPERS.items() if word in document["key"]), papers.payment)
            photo = cameras.jpeg(cameras.tilted(draw(one).draw()).rotate(3))
            answer = merchant.http.post(
                f"/v1/applications/{number}/documents/{document['key']}",
                files={"file": (f"{document['title']}.jpg", photo, "image/jpeg")},
                headers={"Idempotency-Key": uuid.uuid4().hex},
            )
            assert answer.status_code == 201, answer.text


def change(merchant: Merchant, method: str, path: str, **body: object) -> Json:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    answer = merchant.http.request(method, f"/v1/applications{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    found: Json = answer.json()
    return found


def wait_for_readings(reviewer: Reviewer, number: str) -> None:
    def all_read() -> bool | None:
        readings = reviewer.detail(number)["readings"].values()
        return all(reading["state"] != "waiting" for reading in readings) or None

    until(all_read, "the papers to be read", READING_SECONDS)


def take_all(url: str, password: str, number: str) -> None:
    """The list, an application and its viewer, at the width of a desk and of a tablet."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS])
        for width, height in SIZES:
            page = browser.new_page(locale="zh-CN", viewport={"width": width, "height": height})
            page.goto(f"{url}/desk/")
            page.get_by_label("账号").fill("reviewer")
            page.get_by_label("密码").fill(password)
            page.get_by_role("button", name="登录", exact=True).click()
            expect(page.locator("a.case-link").first).to_be_visible()
            page.keyboard.press("j")
            save(page, "desk-queue")
            page.goto(f"{url}/desk/#/applications/{number}")
            expect(page.get_by_role("region", name="材料查看").get_by_role("img")).to_be_visible()
            save(page, "desk-application")
            page.locator(".stage").dblclick()
            page.get_by_role("button", name="退回补交").click()
            page.keyboard.press("2")
            expect(page.get_by_role("figure", name="商户将看到")).to_contain_text(number)
            save(page, "desk-viewer")
        browser.close()


def save(page: Page, name: str) -> None:
    """As a picture with few colours, which a page of plain surfaces does not miss."""
    page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))")
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path = IMAGES / f"{name}-{width}.png"
    shot.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= MOST_BYTES, f"{path} has {path.stat().st_size} bytes"


if __name__ == "__main__":
    sys.exit(main())
