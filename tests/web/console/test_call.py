"""Call mode: noted down as it is said, filled in along the way, read back, filed, and ended with a summary."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import box
from .fake_console import FakeConsole


@pytest.fixture
def call(console: Page) -> Page:
    console.keyboard.press("n")
    expect(console.get_by_role("heading", name="来电人（未核实）")).to_be_visible()
    return console


def test_a_call_goes_from_the_first_word_to_the_filed_application(call: Page, fake: FakeConsole) -> None:
    box = call.get_by_label("记下说的话")
    box.fill("押金怎么退")
    box.press("Enter")
    expect(call.locator(".suggestion")).to_have_count(3)
    call.keyboard.press("Alt+1")
    expect(call.get_by_role("radio", name="坐席")).to_be_checked()
    call.keyboard.press("Enter")
    expect(call.locator(".said-agent:not(.outgoing) .bubble")).to_contain_text("退押金要先核对机器")
    expect(call.get_by_role("radio", name="来电人")).to_be_checked()

    call.get_by_label("商户号").fill("822100058120001")
    call.get_by_label("登记的手机号").fill("13800138001")
    call.get_by_role("button", name="发验证码").click()
    call.get_by_label("对方念的验证码").fill("000000")
    call.get_by_role("button", name="确认身份").click()
    expect(call.get_by_role("alert")).to_contain_text("验证码不对")
    call.get_by_label("对方念的验证码").fill("428913")
    call.get_by_role("button", name="确认身份").click()
    expect(call.get_by_role("heading", name="春风小吃店", level=1)).to_be_visible()

    call.get_by_label("代商户新办").select_option("退押金")
    call.get_by_role("button", name="开始", exact=True).click()
    call.get_by_role("button", name="店铺停业").click()
    call.get_by_label("押金金额").fill("不记得")
    call.get_by_role("button", name="下一项").click()
    expect(call.get_by_role("alert")).to_contain_text("请填写金额")
    call.get_by_label("押金金额").fill("199元")
    call.keyboard.press("Enter")
    call.get_by_label("户名").fill("张春风")
    call.get_by_label("卡号").fill("6222020200112233445")
    call.keyboard.press("Enter")
    expect(call.locator(".answers")).to_contain_text("张春风 尾号3445")
    call.get_by_role("button", name="提交申请").click()
    expect(call.get_by_role("alert")).to_contain_text("请先念给对方听")
    assert fake.forms.submitted == []
    call.get_by_label("已逐条念过").check()
    call.get_by_role("button", name="提交申请").click()
    expect(call.get_by_role("status").filter(has_text="已提交。")).to_be_visible()
    assert fake.forms.submitted[0]["read_back"] is True

    call.get_by_role("button", name="发上传链接").click()
    expect(call.get_by_role("status").filter(has_text="链接已发到 138****8001")).to_be_visible()
    call.get_by_role("button", name="结束通话").click()
    sheet = call.get_by_role("dialog", name="结束会话")
    expect(sheet.get_by_label("诉求")).to_have_value("退押金")
    expect(sheet.get_by_label("请商户评价")).to_have_count(0)
    sheet.get_by_label("结果分类").select_option("已解决")
    sheet.get_by_role("button", name="结束").click()
    expect(call.locator(".boxes")).to_be_visible()
    assert (len(fake.ended_calls), len(fake.closed), fake.closed[0]["ask_rating"]) == (1, 1, False)


def test_one_key_changes_the_speaker_and_pasted_lines_are_told_apart(call: Page, fake: FakeConsole) -> None:
    box = call.get_by_label("记下说的话")
    box.press("F2")
    box.fill("您好，请讲")
    box.press("Enter")
    box.fill("客户：机器坏了\n坐席：什么型号\n客户：智能POS")
    box.press("Enter")
    expect(call.locator(".said-merchant .bubble")).to_have_text(["机器坏了", "智能POS"])
    expect(call.locator(".said-agent:not(.outgoing) .bubble")).to_have_text(["您好，请讲", "什么型号"])


def test_a_reload_and_a_lost_network_keep_the_call(call: Page, fake: FakeConsole) -> None:
    box = call.get_by_label("记下说的话")
    box.fill("第一句")
    box.press("Enter")
    expect(call.locator(".said-merchant .bubble")).to_have_text(["第一句"])
    call.context.set_offline(True)
    box.fill("第二句")
    box.press("Enter")
    expect(call.get_by_role("list", name="还没有存上的")).to_contain_text("第二句")
    call.context.set_offline(False)
    expect(call.locator(".said-merchant .bubble")).to_have_text(["第一句", "第二句"])
    call.reload()
    expect(call.locator(".said-merchant .bubble")).to_have_text(["第一句", "第二句"])
    assert len(fake.utterances) == 2
    assert sum(talk.channel == "phone" for talk in fake.talks.values()) == 1


def test_an_answer_is_asked_again(call: Page, fake: FakeConsole) -> None:
    call.get_by_label("代商户新办").select_option("退押金")
    call.get_by_role("button", name="开始", exact=True).click()
    call.get_by_role("button", name="店铺停业").click()
    call.get_by_role("button", name="改 退押金的原因").click()
    call.get_by_role("button", name="换用其他公司").click()
    expect(call.locator(".answers")).to_contain_text("换用其他公司")


def test_a_call_of_mine_opens_in_call_mode_from_the_inbox(call: Page, address: str) -> None:
    call.get_by_role("link", name="会话", exact=True).click()
    box(call, "我的").click()
    call.locator(".inbox-row").filter(has_text="电话").click()
    expect(call.get_by_label("记下说的话")).to_be_visible()
