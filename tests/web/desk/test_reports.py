"""The report: charts with the numbers behind them, a period that stays in the address, and files to keep."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import assert_accessible, open_room
from .fake_review import FakeReview

PERIOD = "reports?from=2026-11-02&to=2026-11-15"


@pytest.fixture
def report(page: Page, fake: FakeReview, address: str) -> Page:
    return open_room(page, fake, address, PERIOD)


def test_the_gist_is_told_in_sentences_and_the_picture_says_it_too(report: Page) -> None:
    speed = report.get_by_role("region", name="多久有第一次决定", exact=True)
    expect(speed).to_contain_text("128 份有了决定：一半在 5.4 小时 内，九成在 19.3 小时 内。")
    expect(speed.get_by_role("img")).to_have_accessible_name(re.compile("一半在 5.4 小时"))
    expect(report.get_by_role("region", name="按期情况", exact=True)).to_contain_text("按期率 91%")
    expect(report.get_by_role("region", name="驳回的原因")).to_contain_text("合同约定的时间没有到")
    expect(report.get_by_role("region", name="退回补交的材料")).to_contain_text("看不清 15")
    expect(report.get_by_role("region", name="钱")).to_contain_text("¥28,467.00")


def test_every_chart_has_its_numbers_in_a_table(report: Page) -> None:
    volume = report.get_by_role("region", name="每天的申请", exact=True)
    expect(volume.get_by_role("table")).to_have_count(0)
    volume.get_by_role("button", name="看数字").click()
    expect(volume.get_by_role("row")).to_have_count(15)
    expect(volume.get_by_role("row").nth(1)).to_have_text("11月2日4302")
    assert_accessible(report)


def test_the_chart_draws_a_point_for_each_day_and_tells_the_one_under_the_pointer(report: Page) -> None:
    volume = report.get_by_role("region", name="每天的申请", exact=True)
    expect(volume.locator("circle")).to_have_count(4 * 14)
    picture = volume.get_by_role("img")
    box = picture.bounding_box()
    assert box
    picture.hover(position={"x": box["width"] - 10, "y": 60})
    expect(volume.locator(".plot-readout")).to_contain_text("11月15日")
    expect(volume.locator(".plot-readout")).to_contain_text("提交 2")


def test_period_and_procedure_go_into_the_address_and_to_the_service(report: Page, fake: FakeReview) -> None:
    report.get_by_role("combobox", name="业务").select_option("退押金")
    expect(report.get_by_role("region", name="每天的申请", exact=True)).to_be_visible()
    report.get_by_label("从", exact=True).fill("2026-11-09")
    expect(report.get_by_text("11月9日 到 11月15日")).to_be_visible()
    report.reload()
    expect(report.get_by_role("combobox", name="业务")).to_have_value("deposit_refund")
    assert fake.rooms.report_asked == {"from": "2026-11-09", "to": "2026-11-15", "procedure": "deposit_refund"}


def test_a_named_period_is_marked(report: Page) -> None:
    report.get_by_role("link", name="近 7 天").click()
    expect(report.get_by_role("link", name="近 7 天")).to_have_attribute("aria-current", "true")
    expect(report.locator("circle")).to_have_count(4 * 7)


def test_rows_are_kept_as_a_file(report: Page, fake: FakeReview) -> None:
    with report.expect_download() as download:
        report.get_by_role("button", name="CSV 驳回的原因").click()
    assert download.value.suggested_filename == "驳回的原因-2026-11-02-2026-11-15.csv"
    assert fake.rooms.report_asked["from"] == "2026-11-02"


def test_an_empty_period_says_so(report: Page, fake: FakeReview) -> None:
    fake.rooms.volume_factor = 0
    report.get_by_role("link", name="上月").click()
    expect(report.get_by_role("heading", name="这段时间没有数据")).to_be_visible()


def test_on_paper_the_numbers_stand_below_the_charts_and_the_buttons_are_gone(report: Page) -> None:
    expect(report.get_by_role("region", name="每天的申请", exact=True)).to_be_visible()
    report.emulate_media(media="print")
    expect(report.locator(".chart-table").first).to_be_visible()
    expect(report.get_by_role("button", name="打印")).to_be_hidden()
    expect(report.get_by_role("navigation", name="去哪里")).to_be_hidden()
