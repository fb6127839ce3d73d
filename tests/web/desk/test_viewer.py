"""Documents are shown large, page by page, and can be looked at from every side."""

import re

from playwright.sync_api import Locator, Page, expect

from .conftest import open_case
from .fake_cases import CANCEL, MAIN
from .fake_review import FakeReview


def picture(page: Page) -> Locator:
    return page.get_by_role("region", name="材料查看").get_by_role("img")


def percent(page: Page) -> int:
    return int(page.get_by_text(re.compile(r"^\d+%$")).inner_text().rstrip("%"))


def test_the_picture_is_large(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(picture(desk)).to_have_js_property("naturalWidth", 1080)
    stage = desk.locator(".stage").bounding_box()
    assert stage is not None
    assert stage["width"] >= 900
    assert stage["height"] >= 480


def test_files_and_pdf_pages_follow_each_other_across_documents(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    seen = []
    for place in range(1, 7):
        expect(desk.get_by_text(f"第 {place} / 6 张")).to_be_visible()
        expect(picture(desk)).to_be_visible()
        seen.append(picture(desk).get_attribute("alt"))
        desk.get_by_role("button", name="下一张").click(force=True)
    assert seen == [
        "押金收据：收据.jpg，第 1 页，共 1 页",
        "押金收据：收据背面.jpg，第 1 页，共 1 页",
        "入网协议：入网协议.pdf，第 1 页，共 3 页",
        "入网协议：入网协议.pdf，第 2 页，共 3 页",
        "入网协议：入网协议.pdf，第 3 页，共 3 页",
        "交易记录：交易明细.png，第 1 页，共 1 页",
    ]
    desk.keyboard.press("k")
    expect(desk.get_by_text("第 5 / 6 张")).to_be_visible()


def test_zooming_turning_and_moving(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(picture(desk)).to_be_visible()
    upright = picture(desk).bounding_box()
    whole = percent(desk)
    desk.get_by_role("button", name="放大").click()
    assert percent(desk) > whole
    desk.keyboard.press("0")
    assert percent(desk) == whole
    desk.keyboard.press("]")
    turned = picture(desk).bounding_box()
    assert upright is not None
    assert turned is not None
    assert upright["height"] > upright["width"]
    assert turned["width"] > turned["height"]
    desk.keyboard.press("+")
    desk.keyboard.press("+")
    desk.locator(".stage").focus()
    before = picture(desk).bounding_box()
    desk.keyboard.press("ArrowRight")
    after = picture(desk).bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"]


def test_dragging_moves_a_zoomed_picture(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(picture(desk)).to_be_visible()
    desk.locator(".stage").dblclick()
    before = picture(desk).bounding_box()
    stage = desk.locator(".stage").bounding_box()
    assert before is not None
    assert stage is not None
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x, y - 80, steps=4)
    desk.mouse.up()
    after = picture(desk).bounding_box()
    assert after is not None
    assert round(before["y"] - after["y"]) == 80


def test_the_next_page_starts_whole_again(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(picture(desk)).to_be_visible()
    whole = percent(desk)
    desk.keyboard.press("+")
    desk.keyboard.press("j")
    expect(desk.get_by_text("收据背面.jpg")).to_be_visible()
    expect(desk.get_by_text(f"{whole}%")).to_be_visible()


def test_a_picture_that_does_not_open_says_what_to_do(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, CANCEL)
    desk.get_by_role("button", name=re.compile("终端照片")).click()
    expect(desk.get_by_text("这张图片打不开")).to_be_visible()
    fake.cases[CANCEL]["documents"][1]["files"][0]["id"] = "receipt-9"
    desk.reload()
    desk.get_by_role("button", name=re.compile("终端照片")).click()
    expect(picture(desk)).to_be_visible()
