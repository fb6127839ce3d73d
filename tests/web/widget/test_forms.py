"""Forms and cards that are drawn from the live application."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.waiting import eventually

from .axe import violations
from .hand import Widget
from .world import RETURNING, Json, World, application, card, steps, text

NUMBER = "SQ2611227K3Q9D"
IDENTITY_FORM = {
    "type": "form",
    "form": "identity",
    "title": "核实商户身份",
    "note": "核实后才能查到您名下的机器。",
    "prefill": {"merchant_no": "822100012340001", "phone": None},
}
SECURE_FORM = {
    "type": "form",
    "form": "secure_answer",
    "application_no": NUMBER,
    "field": "identity_proof",
    "title": "身份信息",
    "note": "只用来核对身份。",
    "inputs": [
        {"name": "name", "label": "姓名", "kind": "name", "required": True, "placeholder": ""},
        {"name": "id_number", "label": "身份证号", "kind": "id_number", "required": True, "placeholder": ""},
        {"name": "number", "label": "银行账号", "kind": "bank_card", "required": False, "placeholder": ""},
    ],
}
AGREEMENT = {
    "amount_fen": 19900,
    "account_tail": "1234",
    "bank": "中国农业银行",
    "holder_masked": "张*",
    "terms": ["退款不收任何费用。"],
    "agreed_at": None,
    "document": {"url": f"/v1/applications/{NUMBER}/agreement.pdf", "sha256": "ab" * 32, "name": "退款协议.pdf"},
}


def test_identity_is_proved_with_a_code_that_never_enters_the_chat(widget: Widget, world: World) -> None:
    world.bot(IDENTITY_FORM)
    form = widget.card("identity")
    expect(form.get_by_label("商户号")).to_have_value("822100012340001")
    form.get_by_role("button", name="获取验证码").click()
    expect(form.get_by_text("请填写 11 位手机号")).to_be_visible()
    form.get_by_label("登记的手机号").fill("138 0000 8000")
    form.get_by_role("button", name="获取验证码").click()
    expect(form.get_by_role("button", name="秒后可重新获取")).to_be_disabled()
    form.get_by_label("短信验证码").fill("000000")
    form.get_by_role("button", name="确认身份").click()
    expect(form.get_by_text("验证码不对")).to_be_visible()
    form.get_by_label("短信验证码").fill("123456")
    form.get_by_role("button", name="确认身份").click()
    expect(form.get_by_text("已核实身份")).to_be_visible()
    expect(widget.bubble("身份已核实，我们继续。")).to_be_visible()
    assert world.only().said() == []
    widget.page.reload()
    expect(form.get_by_text("张记小吃店 · 138****8000")).to_be_visible()


def test_secure_answers_go_to_the_application_and_not_through_the_chat(widget: Widget, world: World) -> None:
    world.put(application(state="draft", allowed_actions=["answer"]))
    world.bot(SECURE_FORM)
    form = widget.card("secure")
    form.get_by_label("姓名").fill("张三")
    number = form.get_by_label("身份证号")
    number.fill("11010519491231002x")
    form.get_by_label("银行账号（选填）").fill("6222021234567890123")
    form.get_by_label("姓名").focus()
    expect(number).to_have_value("110105 19491231 002X")
    expect(form.get_by_label("银行账号（选填）")).to_have_value("6222 0212 3456 7890 123")
    form.get_by_role("button", name="加密保存").click()
    expect(form.get_by_text("已填写")).to_be_visible()
    saved = {"name": "张三", "id_number": "11010519491231002X", "number": "6222021234567890123"}
    assert world.saved_values == {"identity_proof": saved}
    assert world.only().said() == []
    widget.page.reload()
    expect(form.get_by_text("张*，尾号1234")).to_be_visible()
    expect(form.get_by_role("textbox")).to_have_count(0)


def test_what_is_missing_or_wrong_is_said_at_its_field(widget: Widget, world: World) -> None:
    world.put(application(state="draft", allowed_actions=["answer"]))
    world.bot(SECURE_FORM)
    form = widget.card("secure")
    form.get_by_role("button", name="加密保存").click()
    expect(form.get_by_text("请填写姓名。")).to_be_visible()
    form.get_by_label("姓名").fill("张三")
    form.get_by_label("身份证号").fill("1101")
    form.get_by_role("button", name="加密保存").click()
    expect(form.get_by_label("身份证号")).to_have_accessible_description("身份证号应是 18 位，请核对。")
    expect(form.get_by_label("身份证号")).to_have_attribute("autocomplete", "off")


def test_a_lost_answer_to_a_form_saves_once(widget: Widget, world: World) -> None:
    world.put(application(state="draft", allowed_actions=["answer"]))
    world.bot(SECURE_FORM)
    tries: list[str] = []

    def lose_the_first(route: Route) -> None:
        tries.append(route.request.headers["idempotency-key"])
        if len(tries) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    widget.page.route("**/answers/**", lose_the_first)
    form = widget.card("secure")
    form.get_by_label("姓名").fill("张三")
    form.get_by_label("身份证号").fill("11010519491231002X")
    with widget.page.expect_response("**/answers/**") as repeated:
        form.get_by_role("button", name="加密保存").click()
    assert repeated.value.ok
    expect(form.get_by_text("已填写")).to_be_visible()
    assert len(set(tries)) == 1
    assert len(world.applications[NUMBER]["answers"]) == 1


def test_progress_follows_the_reviewer_without_a_reload(widget: Widget, world: World) -> None:
    world.put(application())
    world.bot(card("progress", NUMBER))
    progress = widget.card("progress")
    expect(progress.get_by_text("待交材料")).to_be_visible()
    world.change(NUMBER, state="in_review", state_title="审核中", steps=steps(2), hint="审核员正在核对材料。")
    expect(progress.get_by_text("审核员正在核对材料。")).to_be_visible()
    expect(progress.locator('[aria-current="step"]')).to_contain_text("审核")


def test_an_older_copy_of_a_card_is_one_line(widget: Widget, world: World) -> None:
    world.put(application())
    world.bot(card("progress", NUMBER))
    world.bot(text("还有一件事"), card("progress", NUMBER))
    expect(widget.card("progress")).to_have_count(1)
    expect(widget.frame.get_by_text("最新的在下方")).to_be_visible()


@pytest.mark.parametrize(
    ("agreement", "button"),
    [(AGREEMENT, "我已收到"), (None, "确认办完")],
    ids=["to_the_merchant", "back_to_a_consumer"],
)
def test_receipt_of_the_money_is_confirmed(agreement: Json | None, button: str, widget: Widget, world: World) -> None:
    world.put(application(state="paid", state_title="已打款", agreement=agreement, allowed_actions=["confirm_receipt"]))
    world.bot(card("progress", NUMBER))
    widget.button(button).click()
    expect(widget.card("progress").get_by_text("已完成", exact=True)).to_be_visible()
    expect(widget.button(button)).to_have_count(0)


def test_a_machine_on_its_way_back_is_told_step_by_step(widget: Widget, world: World) -> None:
    world.put(RETURNING | {"application_no": NUMBER})
    world.bot(card("progress", NUMBER))
    progress = widget.card("progress")
    expect(progress.locator(".tone-warn")).to_have_text("待退回机器")
    expect(progress.locator('[aria-current="step"]')).to_contain_text("退回机器")
    world.change(NUMBER, state="inspecting", state_title="待验收机器", hint="我们收到机器后会验收，您不用做什么。")
    expect(progress.locator(".tone-accent")).to_have_text("待验收机器")
    expect(progress).to_contain_text("您不用做什么")


def test_an_application_without_money_terminal_and_deadline_speaks_of_none(widget: Widget, world: World) -> None:
    world.put(application(label="投诉", amount_fen=None, terminal=None, deadline=None, documents=[], steps=steps(2)))
    world.bot(card("progress", NUMBER))
    progress = widget.card("progress")
    expect(progress).to_contain_text(NUMBER)
    for absent in ("申请金额", "¥", "预计", "null", "undefined"):
        expect(progress).not_to_contain_text(absent)


def test_every_card_says_which_application_it_belongs_to(widget: Widget, world: World) -> None:
    label = "取消POS机 · 移动POS（尾号0815）"
    world.put(application(label=label, agreement=dict(AGREEMENT), allowed_actions=["upload", "agree"]))
    for kind in ("checklist", "progress", "agreement"):
        world.bot(card(kind, NUMBER))
        expect(widget.card(kind).get_by_role("heading", level=2)).to_contain_text(label)


def test_an_agreement_that_is_over_says_how_it_goes_on(widget: Widget, world: World) -> None:
    world.put(application(state="in_review", hint="下一步：等审核结果，您不用做什么。", allowed_actions=[]))
    world.bot(card("agreement", NUMBER))
    expect(widget.card("agreement")).to_contain_text("等审核结果")
    expect(widget.button("同意")).to_have_count(0)


@pytest.mark.parametrize(
    ("buttons", "state"), [(["同意"], "agreement_pending"), (["有疑问", "确定提出疑问"], "in_review")]
)
def test_amount_and_account_are_agreed_to_or_doubted(
    buttons: list[str], state: str, widget: Widget, world: World
) -> None:
    world.put(application(state="agreement_pending", agreement=dict(AGREEMENT), allowed_actions=["agree"]))
    world.bot(card("agreement", NUMBER))
    expect(widget.card("agreement")).to_contain_text("¥199.00")
    expect(widget.card("agreement")).to_contain_text("中国农业银行 尾号 1234")
    for button in buttons:
        widget.button(button).click()
    expect(widget.button("同意")).to_have_count(0)
    eventually(widget.page, lambda: world.applications[NUMBER]["allowed_actions"] == [])
    assert world.applications[NUMBER]["state"] == state
    assert bool(world.applications[NUMBER]["agreement"]["agreed_at"]) == (buttons == ["同意"])
    assert world.agreed_to == AGREEMENT["document"]["sha256"]


def test_the_agreement_opens_beside_the_chat(widget: Widget, world: World) -> None:
    world.put(application(state="agreement_pending", agreement=dict(AGREEMENT), allowed_actions=["agree"]))
    world.bot(card("agreement", NUMBER))
    link = widget.card("agreement").get_by_role("link", name="PDF 原件")
    expect(link).to_have_attribute("href", re.compile("^blob:"))
    with widget.page.context.expect_page() as opened:
        link.click()
    opened.value.close()
    expect(widget.button("同意")).to_be_visible()


def test_the_agreement_is_read_where_no_pdf_opens(widget: Widget, world: World, phone: Page) -> None:
    world.put(application(state="agreement_pending", agreement=dict(AGREEMENT), allowed_actions=["agree"]))
    world.bot(card("agreement", NUMBER))
    widget.button("查看协议").click()
    viewer = widget.frame.get_by_role("dialog", name="查看协议")
    picture = viewer.get_by_role("img")
    expect(picture).to_be_visible()
    assert violations(phone) == []
    place = picture.locator("..")
    place.focus()
    phone.keyboard.press("End")
    phone.wait_for_function("(element) => element.scrollTop > 0", arg=place.element_handle())
    phone.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(widget.button("查看协议")).to_be_focused()


def test_an_agreement_that_cannot_be_fetched_is_fetched_again(widget: Widget, world: World) -> None:
    widget.page.route("**/agreement.pdf*", lambda route: route.abort())
    world.put(application(state="agreement_pending", agreement=dict(AGREEMENT), allowed_actions=["agree"]))
    world.bot(card("agreement", NUMBER))
    expect(widget.card("agreement").get_by_text("协议暂时打不开。")).to_be_visible()
    widget.page.unroute_all()
    widget.button("再试一次").click()
    expect(widget.card("agreement").get_by_role("link", name="PDF 原件")).to_be_visible()


def test_a_card_whose_application_cannot_be_read_offers_another_try(widget: Widget, world: World) -> None:
    world.put(application())
    widget.page.route("**/v1/applications/*", lambda route: route.abort())
    world.bot(card("checklist", NUMBER))
    expect(widget.frame.get_by_text("暂时读取不到，请再试一次。")).to_be_visible()
    widget.page.unroute_all()
    widget.button("再试一次").click()
    expect(widget.document("contract")).to_be_visible()
