"""The main story, in a real browser on a phone and on a desktop: from “押金怎么退” to the money."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.e2e.conftest import demo_logins
from tests.e2e.pages import Desk, Shop, snapshot
from tests.e2e.stack import Stack

pytestmark = pytest.mark.timeout(600)  # a whole story, and the start of the product before it

DOCUMENTS = ("押金收据或付款记录", "合同或入网协议", "交易记录", "退回机器的凭证")


@dataclass(frozen=True)
class Visitor:
    """A merchant of the demo in front of a screen."""

    width: int
    height: int
    merchant_no: str
    phone: str
    deposit: str


ON_A_PHONE = Visitor(360, 740, "822100058120001", "13800138001", "199.00")
ON_A_DESKTOP = Visitor(1280, 800, "822290059430BCY", "13900139002", "299.00")


@pytest.mark.parametrize("visitor", [ON_A_PHONE, ON_A_DESKTOP], ids=["phone", "desktop"])
def test_a_merchant_gets_the_deposit_back(healthy: Stack, browser: Browser, visitor: Visitor) -> None:
    screen: ViewportSize = {"width": visitor.width, "height": visitor.height}
    shop = Shop(browser.new_page(viewport=screen, locale="zh-CN"), healthy.url)
    snapshot(shop.page, "demo")
    shop.open_assistant()
    snapshot(shop.page, "welcome")

    shop.say("押金怎么退", answer="核对商户身份")
    shop.prove_identity(visitor.merchant_no, visitor.phone)
    shop.expect_text("请选择要退押金的机器")

    shop.say("退款几天能到账啊", answer="申请单里写着每一步的预计日期")  # interrupted once
    shop.choose("POS", answer="为什么要退押金")
    shop.choose("店铺停业", answer="当初是怎么收的")
    shop.choose("机器押金", answer="您当初交了多少押金")
    shop.say("你们这个正规吗", answer="许可证")  # and again
    shop.say("原因选错了", answer="为什么要退押金")  # corrected
    shop.choose("换用其他公司", answer="您当初交了多少押金")
    snapshot(shop.page, "form")

    shop.page.reload()
    shop.open_assistant()
    shop.expect_text("您当初交了多少押金")  # nothing is lost
    shop.say(visitor.deposit.removesuffix(".00") + "元", answer="机器现在还在您手边吗")
    shop.choose("已经寄回", answer="押金退到哪个账户")
    shop.choose("登记的结算账户", answer="请核对")
    expect(shop.chat.get_by_text("换用其他公司").last).to_be_visible()
    snapshot(shop.page, "summary")
    shop.choose("确认提交", answer="SQ")
    number = shop.application_no()
    assert sorted(shop.missing_documents()) == sorted(DOCUMENTS)
    snapshot(shop.page, "checklist")
    shop.upload(DOCUMENTS, note=number)
    shop.expect_text("材料收齐了")

    desk = Desk(
        browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN"),
        healthy.url,
        "reviewer",
        demo_logins(healthy.data_dir)["reviewer"],
    )
    snapshot(desk.page, "desk-list")
    desk.open(number)
    snapshot(desk.page, "desk-application")
    desk.send_back("交易记录", "截图不完整，请截到本月。")
    shop.expect_text("截图不完整，请截到本月。")  # without reloading
    snapshot(shop.page, "sent-back")
    shop.upload(["交易记录"], note=f"{number} again")
    desk.page.reload()
    desk.accept(DOCUMENTS)
    desk.approve()

    shop.expect_text("确认退款金额和账户")
    snapshot(shop.page, "agreement")
    expect(shop.chat.get_by_text(f"¥{visitor.deposit}").last).to_be_visible()
    shop.chat.get_by_role("button", name="同意", exact=True).click()
    shop.expect_text("已打款。请查一下收款账户的入账明细")
    shop.say("我的钱到哪了", answer=number)
    snapshot(shop.page, "paid")
    shop.chat.get_by_role("button", name="我已收到").last.click()
    shop.expect_text("已经办完")
