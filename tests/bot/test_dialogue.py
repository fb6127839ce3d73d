"""Whole conversations through the real channel, the real model and the real action server."""

import pytest

from tests.bot.support.fake_service import CLAIM, CORRECTION
from tests.bot.support.stack import Merchant


def begin_refund(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.verify()


def fill_to_the_summary(merchant: Merchant) -> None:
    begin_refund(merchant)
    for text in ("第一个", "店铺停业", "299元", "跳过", "13800138000"):
        merchant.say(text)


def test_a_refund_goes_from_the_first_word_to_the_filed_application(merchant: Merchant) -> None:
    opened = merchant.say("押金怎么退，商户号822290059430BCY")
    assert opened.block("form")["prefill"]["merchant_no"] == "822290059430BCY"
    assert "机器" in merchant.verify().text
    reasons = merchant.say("尾号0012那台")
    assert "店铺停业" in reasons.choices
    assert "多少押金" in merchant.press(reasons.choices["店铺停业"]).text
    assert "哪天" in merchant.say("交了两百九十九块").text
    assert "手机号" in merchant.say("昨天").text
    card = merchant.say("13800138000").block("form")
    assert (card["form"], card["field"]) == ("secure_answer", "account")
    summary = merchant.fill_card("account")
    assert [row["field"] for row in summary.block("summary")["rows"]] == [
        "terminal",
        "reason",
        "amount",
        "paid_on",
        "phone",
        "account",
    ]
    filed = merchant.press(summary.choices["确认提交"])
    (application,) = merchant.applications()
    assert application["state"] == "submitted"
    assert application["application_no"] in filed.text
    assert filed.block("checklist")["application_no"] == application["application_no"]
    assert application["values"]["amount"] == "299.00元"


def test_what_is_filed_can_be_followed_and_the_next_one_starts_clean(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    merchant.say("确认提交")
    assert "[progress]" in merchant.say("查一下进度").text
    again = merchant.say("我要取消pos机")
    assert len(merchant.applications()) == 2
    assert "请选择要取消的机器" in again.text


@pytest.mark.parametrize(
    ("aside", "expected"),
    [
        ("几天能到账", "到账时间"),
        ("你是机器人吗", "不是真人"),
        ("你好", "我在的"),
        ("谢谢你", "不客气"),
        ("查一下进度", "[progress]"),
        ("今天天气怎么样", "帮不上忙"),
        ("没收到短信", "没有核实过的答案"),
    ],
)
def test_a_question_in_between_is_answered_and_the_form_goes_on(merchant: Merchant, aside: str, expected: str) -> None:
    begin_refund(merchant)
    merchant.say("第二台")
    answer = merchant.say(aside)
    assert expected in answer.text.replace("还没有核实过", "没有核实过")
    assert "为什么要退押金呢" in answer.text
    assert "多少押金" in merchant.say("闲置了").text


def test_a_free_text_answer_may_sound_like_something_else(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("第一个")
    merchant.say("其他原因")
    merchant.say("机器太旧不好用，想退掉换别家")
    assert merchant.applications()[0]["values"]["reason_text"] == "机器太旧不好用，想退掉换别家"


def test_a_wrong_answer_is_explained_and_asked_again_and_a_person_is_offered_at_last(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.press('/更正{"field":"phone"}')
    first = merchant.say("1380013")
    assert "这样填不对，例如：13800138000" in first.text
    assert "请留一个手机号" in first.text
    assert "转人工" in merchant.say("138001380001").choices


def test_a_correction_names_the_field_and_may_bring_the_new_value(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    assert "请留一个手机号" in merchant.say("手机号填错了").text
    merchant.say("13900139000")
    assert "改好了" in merchant.say("手机号写错了，是13700137000").text
    assert merchant.applications()[0]["values"]["phone"] == "13700137000"


def test_a_vague_correction_asks_which_field(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    asked = merchant.say("信息有误，要改一下")
    assert "改哪一项" in asked.text
    assert "为什么要退押金呢" in merchant.press(asked.choices["退押金的原因"]).text


def test_while_it_asks_which_the_answer_may_be_named_in_any_way(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.say("信息有误，要改一下")
    changed = merchant.say("是13700137000")
    assert "改好了：“联系手机号”是13700137000" in changed.text
    assert merchant.applications()[0]["values"]["phone"] == "13700137000"
    merchant.fill_card("account")
    assert "改哪一项" in merchant.say("不对").text
    assert "关于到账时间" in merchant.say("几天能到账").text
    back = merchant.say("没有了，可以提交")
    assert "再看一遍" in back.text
    assert "确认提交" in back.choices


def test_what_is_turned_down_is_not_taken_for_what_is_right(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    changed = merchant.say("金额应该是199不是299")
    assert merchant.applications()[0]["values"]["amount"] == "199"
    assert "“押金金额”是199" in changed.text
    assert "确认提交" in changed.choices


def test_a_question_about_giving_up_gives_nothing_up(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    assert "先放着" not in merchant.say("是不是取消了押金就不退了").text


def test_a_yes_to_what_was_put_aside_leads_back_to_it(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("先不办了")
    answer = merchant.say("对的")
    assert "还没有办完" in answer.text
    assert "请选择要退押金的机器" in merchant.press(answer.choices["接着办"]).text


def test_what_is_told_beside_the_wish_is_not_asked_again(merchant: Merchant) -> None:
    merchant.say("店关门了，押金怎么退")
    merchant.verify()
    assert "“退押金的原因”先按您说的记下" in merchant.say("第一个").text
    assert merchant.applications()[0]["values"]["reason"] == "closed"


def test_no_to_the_summary_files_nothing(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    declined = merchant.say("不对")
    assert "还没有提交" in declined.text
    assert merchant.applications()[0]["state"] == "draft"


def test_giving_up_keeps_the_draft_and_going_on_takes_it_up(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("第一个")
    paused = merchant.say("算了，先不办了")
    assert merchant.applications()[0]["application_no"] in paused.text
    assert "还没有提交" in paused.text
    assert "不客气" in merchant.say("谢谢你").text
    assert "为什么要退押金呢" in merchant.say("接着办").text


def test_what_was_said_by_the_way_is_not_asked_again(merchant: Merchant) -> None:
    merchant.say("押金299元怎么退")
    merchant.verify()
    merchant.say("第一个")
    answer = merchant.say("店铺停业")
    assert "先按您说的记下：299.00元" in answer.text
    assert "哪天" in answer.text
    assert "当时交了多少押金" in merchant.say("金额说错了").text
    assert merchant.say("199元").text.startswith("哪天")


@pytest.mark.parametrize("wish", ["继续", "我改好了，重新提交", "我要退押金"])
def test_a_refused_application_is_mended_and_filed_again(merchant: Merchant, wish: str) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    merchant.say("确认提交")
    merchant.applications()[0]["state"] = "rejected"
    again = merchant.say(wish)
    if "修改后再提交" in again.choices:
        again = merchant.press(again.choices["修改后再提交"])
    merchant.press(again.choices["确认提交"])
    (application,) = merchant.applications()
    assert application["state"] == "submitted"


def test_another_procedure_in_the_middle_asks_which_one(merchant: Merchant) -> None:
    begin_refund(merchant)
    asked = merchant.say("我想取消pos机")
    assert "先办哪一件" in asked.text
    assert "请选择要退押金的机器" in merchant.press(asked.choices["接着退押金"]).text
    asked = merchant.say("我想取消pos机")
    assert "请选择要取消的机器" in merchant.press(asked.choices["改办取消POS机（退押金先留着）"]).text


def test_an_unfinished_application_is_offered_before_a_new_one(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("先不办了")
    offered = merchant.say("我要退押金")
    assert len(merchant.applications()) == 1
    merchant.press(offered.choices["另办一份"])
    assert len(merchant.applications()) == 2


def test_a_choice_still_counts_after_the_form_was_left(merchant: Merchant) -> None:
    begin_refund(merchant)
    reasons = merchant.say("第一个")
    merchant.say("转人工客服")
    assert "多少押金" in merchant.press(reasons.choices["机器闲置不用"]).text


def test_a_procedure_without_a_file_is_told_honestly(merchant: Merchant) -> None:
    answer = merchant.say("我想申请一台pos机")
    assert answer.intent == "申请POS机"
    assert "还没有开通在线办理" in answer.text
    assert {"退押金", "取消POS机", "转人工"} <= set(answer.choices)


def test_who_wants_a_person_gets_a_place_in_the_queue_and_hears_of_it(merchant: Merchant) -> None:
    answer = merchant.say("给我接人工客服")
    assert "您排在第一位" in answer.text
    assert "联系方式" not in answer.text
    assert merchant.stack.service.asked_for_person == ["asked"]


def test_when_nobody_is_there_a_number_is_never_made_up(merchant: Merchant) -> None:
    merchant.stack.service.agents_are_there = False
    answer = merchant.say("给我接人工客服")
    assert "还没有配置" in answer.text
    assert not any(char.isdigit() for char in answer.text)
    merchant.stack.service.contacts.append({"kind": "phone", "value": "4000000000", "title": "客服电话"})
    assert "客服电话：4000000000" in merchant.say("给我接人工客服").text


def test_why_a_person_is_wanted_is_told_to_the_agents(merchant: Merchant) -> None:
    merchant.say("299元")
    merchant.say("转人工")
    merchant.say("骗子公司")
    merchant.say("转人工")
    assert merchant.stack.service.asked_for_person == ["not_understood", "angry"]


def test_a_strange_number_is_checked(merchant: Merchant) -> None:
    answer = merchant.say("95017是你们电话吗")
    assert "95017 不在我们确认过的官方渠道里" in answer.text
    assert answer.block("notice")["level"] == "warning"


def test_progress_asks_who_it_is_first_and_goes_on_after(merchant: Merchant) -> None:
    assert merchant.say("查询进度").block("form")["form"] == "identity"
    assert "没有查到您在办的申请" in merchant.verify().text


def test_a_foreign_application_number_finds_nothing(merchant: Merchant) -> None:
    begin_refund(merchant)
    number = merchant.applications()[0]["application_no"]
    stranger = Merchant(merchant.stack)
    merchant.stack.service.verified.add(stranger.conversation)
    assert "没有找到这份申请" in stranger.say(f"查一下{number}").text


def test_a_code_in_the_chat_is_warned_about(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    assert "验证码" in merchant.say("482913").text


def test_a_duplicate_shows_the_application_that_exists(merchant: Merchant) -> None:
    for _ in range(2):
        merchant.press('/退押金{"fresh":true}')
        merchant.verify()
        for text in ("第一个", "店铺停业", "299元", "跳过", "13800138000"):
            merchant.say(text)
        merchant.fill_card("account")
        answer = merchant.say("确认提交")
    assert "已经在办了" in answer.text
    assert answer.block("progress")["application_no"] == merchant.applications()[0]["application_no"]
    assert "商户服务助手" in merchant.say("你好").text


def test_what_is_not_understood_is_asked_back_then_a_person_is_named(merchant: Merchant) -> None:
    first = merchant.say("299元")
    assert first.intent == "nlu_fallback"
    assert "转人工" in first.choices
    merchant.say("299元")
    assert "直接找同事" in merchant.say("299元").text


def test_a_reason_in_own_words_is_written_down_and_not_asked_for_again(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("第一个")
    answer = merchant.say("我家房东把房子收回去了")
    assert merchant.applications()[0]["values"]["reason"] == "other"
    assert merchant.applications()[0]["values"]["reason_text"] == "我家房东把房子收回去了"
    assert "多少押金" in answer.text


def test_merchant_number_and_phone_from_the_chat_stay_in_the_card(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.say("822290059430BCY，13800138000")
    prefill = merchant.say("多久能到账").block("form")["prefill"]
    assert prefill == {"merchant_no": "822290059430BCY", "phone": "13800138000"}


def test_numbers_for_a_progress_query_go_into_the_card(merchant: Merchant) -> None:
    merchant.say("查询进度")
    assert merchant.say("822290059430BCY").block("form")["prefill"]["merchant_no"] == "822290059430BCY"


def test_a_person_is_not_offered_over_and_over(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("随便")
    assert "转人工" in merchant.say("随便").choices
    assert "转人工" not in merchant.say("多久能到账").choices


def test_a_named_objection_to_the_summary_asks_that_answer_again(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    answer = merchant.say("手机号不对")
    assert "请留一个手机号" in answer.text
    assert merchant.applications()[0]["state"] == "draft"


def test_another_sum_for_the_summary_is_put_in_its_place(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    answer = merchant.say("押金金额不对，是260")
    assert "改好了" in answer.text
    assert "确认提交" in answer.choices
    assert merchant.applications()[0]["values"]["amount"] == "260"
    assert merchant.applications()[0]["state"] == "draft"


def test_a_correction_may_name_another_choice(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    assert "改好了" in merchant.say("原因填错了，是机器闲置").text
    assert merchant.applications()[0]["values"]["reason"] == "idle"


def test_to_wait_files_nothing_and_goes_on(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    waited = merchant.say("等一下")
    assert "不着急" in waited.text
    assert "确认提交" in waited.choices
    assert merchant.applications()[0]["state"] == "draft"


def test_a_bare_cancel_puts_the_form_aside(merchant: Merchant) -> None:
    begin_refund(merchant)
    assert "先放着" in merchant.say("取消").text
    assert "请选择要退押金的机器" in merchant.say("继续").text


def test_what_was_filed_is_withdrawn_after_one_more_question(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    merchant.say("确认提交")
    offered = merchant.say("算了，不退了")
    (application,) = merchant.applications()
    assert application["state"] == "submitted"
    merchant.press(next(payload for title, payload in offered.choices.items() if title.startswith("撤回")))
    assert application["state"] == "withdrawn"


def test_what_is_still_missing_is_shown_to_who_has_filed(merchant: Merchant) -> None:
    fill_to_the_summary(merchant)
    merchant.fill_card("account")
    merchant.say("确认提交")
    assert "[checklist]" in merchant.say("还要哪些材料").text


def test_a_masked_number_is_no_strange_wish(merchant: Merchant) -> None:
    assert "遮住" in merchant.say("我的卡号⟦银行卡 尾号1234 #a1⟧").text
    assert "我在的" in merchant.say("？").text


def test_a_claim_that_nobody_asked_about_is_set_right(merchant: Merchant) -> None:
    assert CORRECTION["answer"] in merchant.say(f"隔壁老王说{CLAIM}，月亮也是圆的").text


def test_a_whole_question_that_is_not_understood_is_asked_back_and_the_form_goes_on(merchant: Merchant) -> None:
    begin_refund(merchant)
    merchant.say("第一个")
    answer = merchant.say("邮寄要我出运费吗？到底收不收费")
    assert "为什么要退押金呢" in answer.text
    assert merchant.applications()[0]["values"] == {"terminal": "A9254710"}
