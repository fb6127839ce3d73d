"""The second story: a machine is given back, with identity proof by the secure card; first refused, then done."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import demo_logins
from tests.e2e.pages import Desk, Shop, snapshot
from tests.e2e.people import Reviewer
from tests.e2e.secrets import ID_NUMBER
from tests.e2e.stack import Stack

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize(("width", "height", "terminal"), [(360, 740, "A3000001"), (1280, 800, "A3000002")])
def test_a_merchant_gives_a_machine_back(
    healthy: Stack, browser: Browser, width: int, height: int, terminal: str
) -> None:
    shop = Shop(browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN"), healthy.url)
    shop.log_in("欧阳家电行")
    shop.open_assistant()

    shop.say("pos机不想用了 怎么退机", answer="请选择要取消的机器")
    shop.choose(terminal, answer="为什么要取消这台机器")
    shop.say("机器坏了", answer="机器打算怎么退回")
    shop.say("邮寄要我出运费吗？到底收不收费", answer="机器打算怎么退回")  # answered, and asked again
    shop.choose("快递寄回", answer="安全表单里填写")
    shop.chat.get_by_role("textbox", name="姓名").fill("欧阳家和")
    shop.chat.get_by_role("textbox", name="身份证号").fill(ID_NUMBER)
    snapshot(shop.page, "cancel-secure")
    shop.chat.get_by_role("button", name="加密保存").click()
    shop.expect_text("退到哪个账户")
    shop.choose("登记的结算账户", answer="请核对")
    expect(shop.chat.get_by_text(ID_NUMBER)).to_have_count(0)
    shop.choose("确认提交", answer="SQ")
    number = shop.application_no()
    documents = shop.missing_documents()
    assert "故障照片或维修证明" in documents
    assert "业务调整的证明" not in documents
    shop.upload(documents, note=number)
    shop.expect_text("材料收齐了")

    password = demo_logins(healthy.data_dir)["reviewer"]
    window = browser.new_page(viewport={"width": 768, "height": 900}, locale="zh-CN")
    desk = Desk(window, healthy.url, "reviewer", password)
    desk.open(number)
    snapshot(desk.page, "desk-cancel")
    desk.reject("机器照片和登记的机身号不一致。")
    shop.expect_text("机器照片和登记的机身号不一致。")
    snapshot(shop.page, "cancel-rejected")

    shop.say("那我重新提交", answer="请核对")  # a refusal is no dead end
    shop.choose("确认提交", answer="审核")
    desk.page.reload()
    desk.accept(documents)
    desk.approve()
    shop.chat.get_by_role("button", name="同意", exact=True).last.click()
    shop.expect_text("由另一位同事再核对一遍")  # a large sum waits for a second person
    Reviewer(healthy.url, "payer", demo_logins(healthy.data_dir)["payer"]).release(number)
    shop.expect_text("已打款。请查一下收款账户的入账明细")
    shop.say("查一下我的进度", answer="已打款")
    snapshot(shop.page, "cancel-paid")
    shop.chat.get_by_role("button", name="我已收到").last.click()

    shop.expect_text("请把机器退回来")
    shop.choose("填快递单号", answer="快递公司和单号")
    shop.say("演示快递 DEMO0001", answer="我们收到机器")
    Reviewer(healthy.url, "reviewer", password).machine(number, "accepted")
    shop.expect_text("业务办完了")
