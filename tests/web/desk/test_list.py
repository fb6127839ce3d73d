"""The list: what waits for whom, found and narrowed, always fresh."""

from playwright.sync_api import Page, expect

from .fake_cases import CANCEL, COMPLAINT, MAIN, PARTIAL
from .fake_list import PAGE
from .fake_review import FakeReview


def test_it_opens_on_what_waits_for_review_and_counts_every_state(desk: Page, fake: FakeReview) -> None:
    waiting = sum(case["state"] == "in_review" for case in fake.cases.values())
    rail = desk.get_by_role("navigation", name="按状态筛选")
    expect(rail.get_by_role("link", name="待审核")).to_have_attribute("aria-current", "page")
    expect(rail.get_by_role("link", name="待审核")).to_contain_text(str(waiting))
    expect(rail.get_by_role("link", name="全部")).to_contain_text(str(len(fake.cases)))


def test_deadlines_are_words_as_well_as_colours(desk: Page) -> None:
    row = desk.get_by_role("row")
    expect(row.filter(has_text=MAIN)).to_contain_text("明天到期")
    expect(row.filter(has_text=CANCEL)).to_contain_text("已超期 2 天")


def test_a_state_and_a_procedure_narrow_the_list_and_survive_a_reload(desk: Page) -> None:
    desk.get_by_role("navigation").get_by_role("link", name="待补件").click()
    expect(desk.get_by_role("row").nth(1)).to_contain_text("待补件")
    desk.get_by_role("navigation").get_by_role("link", name="全部").click()
    desk.get_by_role("combobox", name="业务").select_option("取消POS机")
    expect(desk.locator("tbody tr")).to_have_count(3)
    desk.reload()
    expect(desk.locator("tbody tr")).to_have_count(3)
    expect(desk.locator("tbody tr").filter(has_text=CANCEL)).to_have_count(1)


def test_a_team_sees_its_own_applications_by_their_labels(desk: Page) -> None:
    desk.get_by_role("combobox", name="小组").select_option("投诉组")
    row = desk.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("未登录的访客")
    expect(row).to_contain_text(f"{COMPLAINT}投诉组")
    expect(row).to_contain_text("不用交材料")
    expect(row).not_to_contain_text("缺")
    desk.reload()
    expect(desk.get_by_role("combobox", name="小组")).to_have_value("complaints")
    expect(row).to_have_count(1)


def test_labels_tell_a_merchants_applications_apart(desk: Page) -> None:
    row = desk.locator("tbody tr")
    for state, label in (
        ("待退回机器", "取消POS机 · 移动POS（尾号0815）"),
        ("待验收机器", "取消POS机 · 智能POS（尾号0012）"),
    ):
        desk.get_by_role("navigation").get_by_role("link", name=state).click()
        expect(row.filter(has_text=state)).to_contain_text(label)
        expect(row).to_have_count(1)


def test_words_find_numbers_and_merchants(desk: Page) -> None:
    box = desk.get_by_role("searchbox", name="查找")
    box.fill(MAIN)
    expect(desk.locator("tbody tr")).to_have_count(1)
    box.fill("周修车")
    expect(desk.locator("tbody tr").first).to_contain_text("老周修车")


def test_nothing_found_says_so_and_offers_the_way_back(desk: Page) -> None:
    desk.get_by_role("searchbox", name="查找").fill("没有这家店")
    expect(desk.get_by_role("heading", name="这里没有申请单")).to_be_visible()
    desk.get_by_role("button", name="清除筛选").click()
    expect(desk.locator("tbody tr").first).to_be_visible()


def test_more_pages_are_added_below_and_none_is_shown_twice(desk: Page, fake: FakeReview) -> None:
    desk.get_by_role("navigation").get_by_role("link", name="全部").click()
    rows = desk.locator("tbody tr")
    expect(rows).to_have_count(PAGE)
    desk.get_by_role("button", name="加载更多").click()
    expect(rows).to_have_count(2 * PAGE)
    desk.get_by_role("button", name="加载更多").click()
    expect(rows).to_have_count(len(fake.cases))
    expect(desk.get_by_role("button", name="加载更多")).to_have_count(0)
    links = desk.locator("a.case-link").evaluate_all("links => links.map(link => link.href)")
    assert len(set(links)) == len(fake.cases)


def test_the_list_refreshes_itself(desk: Page, fake: FakeReview) -> None:
    desk.clock.install()
    desk.reload()
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_be_visible()
    fake.cases[MAIN]["state"] = "closed"
    desk.clock.run_for(11_000)
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_have_count(0)


def test_a_lost_network_keeps_the_list_and_says_how_old_it_is(desk: Page) -> None:
    desk.clock.install()
    desk.reload()
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_be_visible()
    desk.context.set_offline(True)
    desk.clock.run_for(11_000)
    expect(desk.get_by_text("正在重试")).to_be_visible()
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_be_visible()
    desk.context.set_offline(False)
    desk.clock.run_for(11_000)
    expect(desk.get_by_text("正在重试")).to_have_count(0)


def test_keys_move_through_the_rows_and_come_back_to_the_opened_one(desk: Page) -> None:
    rows = desk.locator("a.case-link")
    desk.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("o")
    expect(desk.get_by_role("heading", name="合肥老周修车", level=1)).to_be_visible()
    desk.keyboard.press("u")
    expect(desk.get_by_role("link", name="合肥老周修车").first).to_be_focused()
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox", name="查找")).to_be_focused()
    desk.keyboard.type("jk")
    expect(desk.get_by_role("searchbox", name="查找")).to_have_value("jk")


def test_enter_leads_from_the_search_to_what_it_found(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type(MAIN)
    expect(desk.locator("tbody tr")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="杭州小满早餐店")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="杭州小满早餐店", level=1)).to_be_visible()


def test_the_most_urgent_stands_first_unless_asked_otherwise(desk: Page) -> None:
    expect(desk.locator("tbody tr").first).to_contain_text("已超期 2 天")
    desk.get_by_role("combobox", name="排序").select_option("提交早的在前")
    expect(desk.locator("tbody tr").first).not_to_contain_text("已超期")
    desk.reload()
    expect(desk.get_by_role("combobox", name="排序")).to_have_value("submitted")


def test_whose_and_how_urgent_narrow_the_list(desk: Page, fake: FakeReview) -> None:
    fake.cases[MAIN]["assignee"] = "林审核"
    rows = desk.locator("tbody tr")
    assignee = desk.get_by_role("combobox", name="审核员")
    assignee.select_option("我的")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("杭州小满早餐店")
    assignee.select_option("陈审核")
    expect(rows.first).to_contain_text("陈审核")
    assignee.select_option("没人认领的")
    desk.get_by_role("combobox", name="期限").select_option("已超期")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("合肥老周修车")


def test_what_stands_out_is_said_in_words(desk: Page, fake: FakeReview) -> None:
    fake.cases[MAIN] |= {"attention": ["flagged", "opinion_given", "provisional"]}
    fake.cases[MAIN]["deadline"]["provisional"] = True
    desk.reload()
    row = desk.get_by_role("row").filter(has_text=MAIN)
    for words in ("机器提醒", "有意见", "暂定"):
        expect(row).to_contain_text(words)


def test_n_opens_what_this_person_should_do_next(desk: Page, fake: FakeReview) -> None:
    desk.keyboard.press("n")
    expect(desk.get_by_role("heading", name="合肥老周修车", level=1)).to_be_visible()
    desk.keyboard.press("u")
    desk.get_by_role("combobox", name="业务").select_option("交易退款")
    expect(desk.locator("tbody tr")).to_have_count(1)
    desk.get_by_role("button", name="下一件").click()
    expect(desk.get_by_role("heading", name="南京春芽文具", level=1)).to_be_visible()
    fake.cases[PARTIAL]["assignee"] = "陈审核"
    desk.keyboard.press("u")
    expect(desk.locator("tbody tr")).to_have_count(1)
    desk.keyboard.press("n")
    expect(desk.get_by_role("status").filter(has_text="这里没有等您处理的了。")).to_be_visible()


def test_a_view_is_saved_opened_and_deleted_with_a_way_back(desk: Page, fake: FakeReview) -> None:
    views = desk.get_by_role("navigation", name="保存的视图")
    expect(views).to_have_count(0)
    desk.get_by_role("combobox", name="审核员").select_option("没人认领的")
    views.get_by_role("button", name="保存为视图").click()
    desk.get_by_label("视图名称").fill("早上先看")
    desk.keyboard.press("Enter")
    expect(views.get_by_role("link", name="早上先看")).to_have_attribute("aria-current", "page")
    assert fake.views[0]["query"] == {"state": "in_review", "assignee": "nobody"}
    desk.get_by_role("navigation", name="按状态筛选").get_by_role("link", name="全部").click()
    views.get_by_role("link", name="早上先看").click()
    expect(desk.get_by_role("combobox", name="审核员")).to_have_value("nobody")
    views.get_by_role("button", name="删除视图“早上先看”").click()
    expect(views.get_by_role("link")).to_have_count(0)
    desk.get_by_role("button", name="撤销").click()
    expect(views.get_by_role("link", name="早上先看")).to_be_visible()


def test_rows_do_not_move_while_somebody_has_a_hand_on_them(desk: Page, fake: FakeReview) -> None:
    desk.clock.install()
    desk.reload()
    rows = desk.locator("tbody tr")
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_be_visible()
    desk.keyboard.press("j")
    fake.cases[CANCEL]["state"] = "closed"
    fake.cases[PARTIAL]["deadline"]["date"] = "2020-01-01"
    fake.cases[MAIN]["assignee"] = "陈审核"
    desk.clock.run_for(11_000)
    expect(desk.get_by_role("row").filter(has_text=MAIN)).to_contain_text("陈审核")
    expect(rows.first).to_contain_text("合肥老周修车")
    expect(rows.first).to_contain_text("已不在这里")
    expect(rows.first.get_by_role("link")).to_be_focused()
    desk.keyboard.press(".")
    expect(rows.first).to_contain_text("南京春芽文具")
    expect(desk.get_by_role("row").filter(has_text=CANCEL)).to_have_count(0)


def test_coming_back_after_deciding_leads_to_the_row_that_followed(desk: Page, fake: FakeReview) -> None:
    following = desk.locator("a.case-link").nth(1)
    href = following.get_attribute("href")
    desk.keyboard.press("n")
    expect(desk.get_by_role("heading", name="合肥老周修车", level=1)).to_be_visible()
    fake.cases[CANCEL]["state"] = "rejected"
    desk.keyboard.press("u")
    expect(desk.get_by_role("row").filter(has_text=CANCEL)).to_have_count(0)
    expect(desk.locator(f'a.case-link[href="{href}"]')).to_be_focused()


def test_slow_typing_loses_no_letter(desk: Page) -> None:
    box = desk.get_by_role("searchbox", name="查找")
    box.press_sequentially("小满早餐店", delay=300)
    expect(box).to_have_value("小满早餐店")
    expect(desk.locator("tbody tr")).to_have_count(1)
