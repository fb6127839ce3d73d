"""The stories of WeChat: by the chat alone, begun there and finished in the widget, and the other way round."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import SETTINGS, demo_logins
from tests.e2e.pages import File, OwnPage, Shop, snapshot
from tests.e2e.people import Reviewer, picture
from tests.e2e.phone import Phone
from tests.e2e.stack import Stack, start_stack
from tests.ports import free_port
from tests.wechat.emulator.server import Office, serve
from tests.wechat.storm import ACCOUNT

pytestmark = pytest.mark.timeout(600)  # a whole story, and the start of the product before it

SPRING, SPRING_PHONE = "822100058120001", "13800138001"
MING, MING_PHONE = "822290059430BCY", "13900139002"


@dataclass
class Town:
    """The product with its bridge on, beside a made-up WeChat."""

    stack: Stack
    office: Office
    chat_page: str
    reviewer: Reviewer

    def seen_without_fault(self, phone: Phone) -> bool:
        """No answer was missing, and WeChat refused nothing."""
        return self.office.world.follower(phone.openid).texts("failure") == [] and self.office.world.refusals == []


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    port, at = free_port(), {"url": ""}
    office = Office(**ACCOUNT, address=lambda: at["url"])
    stop = serve(office, port)
    stack = start_stack(
        tmp_path_factory.mktemp("wechat"),
        **SETTINGS,
        WECHAT_APP_ID=ACCOUNT["app_id"],
        WECHAT_APP_SECRET=ACCOUNT["secret"],
        WECHAT_TOKEN=ACCOUNT["token"],
        WECHAT_AES_KEY=ACCOUNT["aes_key"],
        WECHAT_API_URL=f"http://127.0.0.1:{port}",
    )
    at["url"] = stack.url
    try:
        stack.wait_until_ready()
        reviewer = Reviewer(stack.url, "reviewer", demo_logins(stack.data_dir)["reviewer"])
        yield Town(stack, office, f"http://127.0.0.1:{port}/", reviewer)
    finally:
        stack.stop()
        stop()


@pytest.fixture
def new_phone(town: Town, browser: Browser) -> Callable[[str], Phone]:
    return lambda openid: Phone(town.office, openid, browser)


def test_a_merchant_gets_the_deposit_back_by_wechat(
    town: Town, new_phone: Callable[[str], Phone], browser: Browser
) -> None:
    phone = new_phone("oSpring_1")
    phone.follow()
    assert "您好" in phone.told()
    phone.say("押金怎么退", answer="请点这里核实商户身份")
    page = phone.open_page()
    snapshot(page.page, "wechat-identity")
    page.prove_identity(SPRING, SPRING_PHONE)
    page.page.close()
    phone.expect("请选择要退押金的机器")
    phone.choose("POS", answer="为什么要退押金")
    phone.choose("店铺停业", answer="当初是怎么收的")
    phone.choose("机器押金", answer="您当初交了多少押金")
    phone.say("199元", answer="机器现在还在您手边吗")
    phone.choose("已经寄回", answer="押金退到哪个账户")
    phone.choose("登记的结算账户", answer="请核对")
    phone.choose("确认提交", answer="SQ")
    number = application_no(phone)
    phone.expect("☐ 1.")

    missing = len(re.findall(r"^☐", phone.new(), re.MULTILINE))
    for left in range(missing, 0, -1):
        phone.send_pictures(picture("材料", f"{number} {left}"), answer="材料收齐了" if left == 1 else "照片收到了")

    phone.look()
    town.reviewer.accept_documents(number)
    town.reviewer.approve(number)
    phone.expect("退款协议")
    page = phone.open_page()
    card = page.card("agreement")
    expect(card.get_by_text("¥199.00")).to_be_visible()
    snapshot(page.page, "wechat-agreement")
    card.get_by_role("button", name="查看协议").click()  # WeChat's browser opens no PDF
    viewer = page.chat.get_by_role("dialog", name="查看协议")
    expect(viewer.get_by_role("img")).to_be_visible()
    snapshot(page.page, "wechat-agreement-read")
    viewer.get_by_role("button", name="关闭大图").click()
    phone.look()
    card.get_by_role("button", name="同意", exact=True).click()
    phone.expect("已打款。请查一下收款账户的入账明细")
    phone.say("钱收到了", answer="请点一下“我已收到”")
    phone.choose("我已收到", answer="退押金已经办完了")
    expect(page.messages_with("退押金已经办完了").last).to_be_visible()
    snapshot(page.page, "wechat-closed")
    show_chat(town, browser, phone, "wechat-chat")
    assert town.seen_without_fault(phone)


def test_what_was_begun_in_wechat_is_finished_in_the_widget(
    town: Town, new_phone: Callable[[str], Phone], browser: Browser
) -> None:
    phone = new_phone("oMing_1")
    phone.say("我想退押金", answer="请点这里核实商户身份")
    phone.open_page().prove_identity(MING, MING_PHONE)
    phone.expect("请选择要退押金的机器")
    phone.choose("POS", answer="为什么要退押金")
    phone.choose("换用其他公司", answer="当初是怎么收的")
    phone.choose("机器押金", answer="您当初交了多少押金")

    desktop = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = OwnPage(desktop, phone.newest_link())
    expect(page.messages_with("我想退押金").last).to_be_visible()  # what was said in WeChat stands here
    expect(page.messages_with("您当初交了多少押金").last).to_be_visible()
    snapshot(desktop, "wechat-continued")
    phone.look()
    page.say("299元", answer="机器现在还在您手边吗")
    page.choose("已经寄回", answer="押金退到哪个账户")
    page.choose("登记的结算账户", answer="请核对")
    page.choose("确认提交", answer="SQ")
    number = page.application_no()
    papers = page.missing_documents()
    page.upload_file(papers[0], File("收据.pdf", "application/pdf", pdf(papers[0], number)))
    page.upload(papers[1:], note=number)
    page.expect_text("材料收齐了")
    phone.expect("材料收齐了")
    assert "机器现在还在您手边吗" not in phone.new()  # what was asked on the page was answered on the page
    phone.say("查一下进度", answer="审核中")  # and allows five more messages, which the rest of the story takes

    town.reviewer.accept_documents(number)
    town.reviewer.approve(number)
    phone.expect("退款协议")
    page.card("agreement").get_by_role("button", name="同意", exact=True).click()
    phone.expect("已打款。请查一下收款账户的入账明细")
    page.expect_text("已打款。请查一下收款账户的入账明细")
    page.card("progress").get_by_role("button", name="我已收到").click()
    page.expect_text("退押金已经办完了")
    phone.expect("退押金已经办完了")
    snapshot(desktop, "wechat-finished")
    phone.say("1", answer="已经办完，您不用再做什么")  # the number of a button that was pressed elsewhere
    assert town.seen_without_fault(phone)


def test_what_was_begun_in_the_widget_is_told_in_wechat(
    town: Town, new_phone: Callable[[str], Phone], browser: Browser
) -> None:
    shop = Shop(browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN"), town.stack.url)
    shop.log_in("和平超市")
    shop.open_assistant()
    shop.say("我要退押金", answer="请选择要退押金的机器")
    shop.choose("A4000001", answer="为什么要退押金")

    phone = new_phone("oPeace_1")
    settings = shop.open_settings()
    settings.get_by_role("button", name="绑定微信").click()
    code = settings.get_by_role("img", name="绑定微信的二维码")
    expect(code).to_be_visible()
    code.scroll_into_view_if_needed()
    snapshot(shop.page, "wechat-bind")
    phone.scan(code.screenshot())
    phone.expect("已经和商户“和平超市”绑定好了")
    expect(settings.get_by_text("已绑定 1 个微信")).to_be_visible()
    snapshot(shop.page, "wechat-bound")
    settings.get_by_role("button", name="关闭").click()

    shop.choose("店铺停业", answer="当初是怎么收的")
    shop.choose("机器押金", answer="您当初交了多少押金")
    shop.say("199元", answer="机器现在还在您手边吗")
    shop.choose("已经寄回", answer="押金退到哪个账户")
    shop.choose("登记的结算账户", answer="请核对")
    shop.choose("确认提交", answer="SQ")
    number = shop.application_no()
    phone.say("查进度", answer=number)
    phone.expect("步：上传材料、审核")
    missing = len(shop.missing_documents())
    for left in range(missing, 0, -1):
        phone.send_pictures(picture("材料", f"{number} {left}"), answer="照片收到了")
    shop.expect_text("材料收齐了")  # what was photographed in WeChat is seen in the widget

    settings = shop.open_settings()
    settings.get_by_role("button", name="解除绑定").click()
    phone.look()
    settings.get_by_role("button", name="确定解除").click()
    expect(settings.get_by_text("还没有绑定")).to_be_visible()
    phone.expect("商户已经解除了和这个微信的绑定")
    phone.say("查进度", answer="请点这里核实商户身份")
    assert town.seen_without_fault(phone)


def application_no(phone: Phone) -> str:
    return str(re.findall(r"SQ[0-9A-Z]{12}", phone.told())[-1])


def pdf(title: str, note: str) -> bytes:
    """A made-up document as a scan."""
    kept = BytesIO()
    with Image.open(BytesIO(picture(title, note))) as image:
        image.save(kept, "PDF")
    return kept.getvalue()


def show_chat(town: Town, browser: Browser, phone: Phone, name: str) -> None:
    """The chat of the story as the demo shows it, for people to look at."""
    for width, height in ((360, 740), (1280, 800)):
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        page.goto(town.chat_page)
        page.evaluate("(openid) => localStorage.setItem('openid', openid)", phone.openid)
        page.reload()
        expect(page.locator(".line").last).to_be_visible()
        snapshot(page, name)
        tall = page.evaluate("document.getElementById('chat').scrollHeight + 200")
        page.set_viewport_size({"width": width, "height": tall})
        snapshot(page, f"{name}-whole")
        page.close()


def test_who_leaves_while_rasa_is_away_is_forgotten_by_it_as_well(town: Town) -> None:
    openid, follower = "oLeaver_1", town.office.world.follower("oLeaver_1")
    town.office.push(town.office.pusher.text(openid, "押金怎么退"))
    until(lambda: bool(follower.texts()))
    (conversation_id,) = rows(town, "service", "SELECT conversation_id FROM wechat_users WHERE openid = ?", openid)
    tracked = partial(rows, town, "tracker", "SELECT id FROM events WHERE sender_id = ?", conversation_id)
    until(lambda: bool(tracked()))
    town.stack.kill("bot")
    town.office.push(town.office.pusher.event(openid, "unsubscribe"))
    assert rows(town, "service", "SELECT openid FROM wechat_users WHERE openid = ?", openid) == []
    assert tracked() != []
    until(lambda: not tracked(), seconds=180)
    until(lambda: not rows(town, "service", "SELECT id FROM conversations WHERE id = ?", conversation_id))


def rows(town: Town, database: str, query: str, value: str) -> list[str]:
    with closing(sqlite3.connect(town.stack.data_dir / f"{database}.sqlite")) as connection:
        return [str(row[0]) for row in connection.execute(query, (value,))]


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.2)
