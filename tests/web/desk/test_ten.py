"""Ten waiting applications in a row with nothing but the keyboard: looked at, decided, and on to the next."""

from playwright.sync_api import Page, expect

from .fake_list import Asked
from .fake_review import FakeReview


def open_case_is(desk: Page, number: str) -> None:
    expect(desk.get_by_role("main").get_by_text(number, exact=True).first).to_be_visible()


def accept_documents(desk: Page, titles: list[str]) -> None:
    for title in titles:
        expect(desk.locator(".document-tab[aria-current=true]")).to_contain_text(title)
        expect(desk.get_by_role("button", name="通过", exact=True)).to_be_enabled()
        desk.keyboard.press("a")
        expect(desk.locator(".document-tab", has_text=title)).to_contain_text("已通过")


def approve(desk: Page) -> None:
    desk.keyboard.press("Shift+A")
    expect(desk.get_by_role("dialog", name="批准申请")).to_be_visible()
    desk.keyboard.press("Control+Enter")


def reject(desk: Page) -> None:
    desk.keyboard.press("Shift+R")
    expect(desk.get_by_role("dialog", name="驳回申请")).to_be_visible()
    desk.keyboard.press("2")
    desk.keyboard.press("Control+Enter")


def send_back(desk: Page) -> None:
    expect(desk.get_by_role("button", name="退回补交")).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("1")
    desk.keyboard.press("Control+Enter")


def ask_for_more(desk: Page) -> None:
    desk.keyboard.press("Shift+M")
    expect(desk.get_by_label("要商户补什么")).to_be_focused()
    desk.keyboard.type("请补一张机身标签的照片")
    desk.keyboard.press("Control+Enter")


def test_ten_applications_by_keyboard_alone(desk: Page, fake: FakeReview) -> None:
    for case in fake.cases.values():
        case["reply_required"] = False
    decided: dict[str, str] = {}
    number = ""
    desk.keyboard.press("n")
    for turn in range(10):
        number = fake.next(Asked(state="in_review"), number) or ""
        open_case_is(desk, number)
        case = fake.cases[number]
        match turn % 4:
            case 0 | 1:
                accept_documents(desk, [each["title"] for each in case["documents"] if each["state"] == "uploaded"])
                approve(desk)
                decided[number] = "approved"
            case 2 if any(each["state"] == "uploaded" for each in case["documents"]):
                send_back(desk)
                decided[number] = "documents_requested"
            case 2:
                ask_for_more(desk)
                decided[number] = "documents_requested"
            case _:
                reject(desk)
                decided[number] = "rejected"
        expect(desk.get_by_role("dialog")).to_have_count(0)
        desk.keyboard.press("n")
    assert len(decided) == 10
    assert {number: fake.cases[number]["state"] for number in decided} == decided
    desk.keyboard.press("u")
    expect(desk.locator("a.case-link").first).to_be_visible()
