"""Going between the rooms: what each role may enter, by mouse and by keyboard, at every width, for everybody."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import assert_accessible, assert_no_sideways_scrolling, open_case, open_room, sign_in
from .fake_cases import MAIN
from .fake_review import FakeReview

ROOMS = {
    "payouts": "打款",
    "payouts?tab=open": "打款",
    "reports": "报表",
    "reconciliation": "对账",
    "audit": "审计",
    "deliveries": "通知",
    "account": "我的账号",
}
SIZES = [(360, 740), (768, 1024), (1280, 800)]


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("reviewer", ["审核"]),
        ("payer", ["审核", "打款", "对账"]),
        ("admin", ["报表", "通知", "资料"]),
        ("lead", ["审核", "打款", "报表", "对账", "审计", "通知", "资料"]),
    ],
)
def test_each_role_sees_the_rooms_that_are_its_own(
    page: Page, fake: FakeReview, address: str, *, role: str, titles: list[str]
) -> None:
    page.goto(address)
    sign_in(page, login=role)
    expect(page.get_by_role("navigation", name="去哪里").get_by_role("link")).to_have_text(titles)


def test_who_has_no_queue_starts_in_a_room_of_their_own(page: Page, fake: FakeReview, address: str) -> None:
    page.goto(address)
    sign_in(page, login="admin")
    expect(page.get_by_role("heading", name="报表", level=1)).to_be_visible()


def test_a_closed_room_says_so_and_asks_for_nothing(desk: Page, address: str) -> None:
    desk.goto(f"{address}#/payouts")
    expect(desk.get_by_role("main")).to_contain_text("你的角色不能进这个页面")


def test_g_and_a_letter_go_there_and_the_second_key_does_nothing_else(
    page: Page, fake: FakeReview, address: str
) -> None:
    open_room(page, fake, address, "account")
    open_case(page, address, MAIN)
    expect(page.get_by_role("button", name="通过", exact=True)).to_be_enabled()
    page.keyboard.press("g")
    page.keyboard.press("a")  # alone it would accept the document
    expect(page.get_by_role("heading", name="我的账号", level=1)).to_be_visible()
    assert fake.posts == []
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="审计", level=1)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_contain_text("去对账")


def test_the_way_to_the_master_data_leads_out_of_the_desk(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "payouts")
    expect(page.get_by_role("link", name="资料")).to_have_attribute("href", "/admin/")


@pytest.mark.parametrize(("width", "height", "scheme"), [*((*size, "light") for size in SIZES), (1280, 800, "dark")])
def test_every_room_is_accessible_and_fits(
    page: Page, fake: FakeReview, address: str, *, width: int, height: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for room, title in ROOMS.items():
        open_room(page, fake, address, room)
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        assert_accessible(page)
        assert_no_sideways_scrolling(page)


@pytest.mark.parametrize("room", ["payouts", "reports", "reconciliation", "audit", "deliveries"])
def test_a_room_without_network_says_so_and_comes_back(
    page: Page, fake: FakeReview, address: str, *, room: str
) -> None:
    page.route("**/v1/review/**", lambda route: route.abort())
    open_room(page, fake, address, room)
    expect(page.get_by_role("heading", name="没有加载出来")).to_be_visible()
    page.unroute("**/v1/review/**")
    page.get_by_role("button", name="再试一次").last.click()
    expect(page.get_by_role("heading", name="没有加载出来")).to_have_count(0)


def test_a_room_that_cannot_be_fetched_offers_to_load_the_page_anew(page: Page, fake: FakeReview, address: str) -> None:
    page.route("**/assets/ReconciliationPage-*.js", lambda route: route.abort())
    open_room(page, fake, address, "reconciliation")
    expect(page.get_by_text("这个页面没有加载出来")).to_be_visible()
    page.unroute("**/assets/ReconciliationPage-*.js")
    page.get_by_role("button", name="重新加载").click()
    expect(page.get_by_role("heading", name="全部一致，没有差异。")).to_be_visible()
