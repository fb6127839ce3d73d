"""What happens around the matter itself: ambiguity, several wishes, anger, consumers, odd messages, coming back."""

import pytest

from tests.bot.support.stack import Answer, Merchant


def known(merchant: Merchant) -> Merchant:
    """A merchant whom the host page has vouched for."""
    merchant.stack.service.verified.add(merchant.conversation)
    return merchant


def title_with(answer: Answer, part: str) -> str:
    (title,) = (title for title in answer.choices if part in title)
    return title


# --- a word with several meanings ---


@pytest.mark.parametrize(
    ("word", "meanings"),
    [
        ("取消", {"取消POS机", "撤销交易", "撤销服务"}),
        ("我要撤销", {"撤销交易", "撤销服务", "取消POS机"}),
        ("退款", {"退押金", "交易退款", "被扣了一笔费用"}),
        ("退钱给我吧", {"退押金", "交易退款", "被扣了一笔费用"}),
        ("怎么注销", {"注销账户", "取消POS机"}),
        ("refund", {"退押金", "交易退款", "被扣了一笔费用"}),
    ],
)
def test_a_word_with_several_meanings_offers_them(merchant: Merchant, word: str, meanings: set[str]) -> None:
    answer = merchant.say(word)
    assert set(answer.choices) == {*meanings, "转人工"}
    assert answer.intent == "nlu_fallback"
    assert merchant.applications() == []


def test_the_meaning_that_is_chosen_is_opened(merchant: Merchant) -> None:
    asked = merchant.say("取消")
    merchant.press(asked.choices["撤销服务"])
    assert merchant.applications()[0]["procedure"] == "stop_service"


def test_inside_a_form_a_bare_cancel_still_puts_it_aside_and_another_word_asks_back(merchant: Merchant) -> None:
    known(merchant).say("我要退押金")
    asked = merchant.say("注销")
    assert {"注销账户", "取消POS机"} <= set(asked.choices)
    assert "请选择要退押金的机器" in asked.text
    assert "先放着" in merchant.say("取消").text


# --- several requests in one message ---


def test_the_second_procedure_of_a_message_is_offered_when_the_first_is_filed(merchant: Merchant) -> None:
    opened = known(merchant).say("我要取消pos机，再把短信费关了")
    assert opened.intent == "几件事"
    assert "“撤销服务”我也记下了" in opened.text
    assert [a["procedure"] for a in merchant.applications()] == ["cancel_pos"]
    summary = merchant.say("第一个")
    filed = merchant.press(summary.choices["确认提交"])
    assert "您刚才还说要办“撤销服务”" in filed.text
    assert "要关掉哪一项" in merchant.press(filed.choices["撤销服务"]).text


def test_the_second_procedure_is_offered_when_the_first_is_put_aside(merchant: Merchant) -> None:
    known(merchant).say("我要退押金，再把短信费关了")
    assert "撤销服务" in merchant.say("先不办了").choices


def test_questions_of_a_message_are_answered_before_its_procedure_is_opened(merchant: Merchant) -> None:
    answer = known(merchant).say("押金怎么退，几天到账，要什么材料")
    places = [answer.text.index(part) for part in ("关于到账时间", "关于所需材料", "请选择要退押金的机器")]
    assert places == sorted(places)


def test_two_questions_are_answered_in_the_middle_of_a_form_and_it_goes_on(merchant: Merchant) -> None:
    known(merchant).say("我要退押金")
    answer = merchant.say("几天到账？要什么材料？")
    assert "关于到账时间" in answer.text
    assert "关于所需材料" in answer.text
    assert answer.text.endswith("请选择要退押金的机器。\n[choices]")


def test_progress_that_needs_an_identity_waits_until_the_procedure_has_asked_for_it(merchant: Merchant) -> None:
    answer = merchant.say("我要取消pos机，顺便查一下进度")
    assert answer.text.count("[form]") == 1
    merchant.verify()
    summary = merchant.say("第一个")
    assert "查询申请进度" in merchant.press(summary.choices["确认提交"]).choices


@pytest.mark.parametrize(
    "story",
    ["店不想开了，机器也坏了，押金退给我", "我想退押金，麻烦了", "我是要退押金，不是取消机器", "退押金还是取消机器"],
)
def test_one_thought_is_not_cut_in_two(merchant: Merchant, story: str) -> None:
    assert known(merchant).say(story).intent != "几件事"


# --- switching in the middle ---


def test_the_started_application_is_kept_and_offered_again_at_the_end(merchant: Merchant) -> None:
    known(merchant).say("我要退押金")
    asked = merchant.say("我想取消pos机")
    assert set(asked.choices) == {"接着退押金", "改办取消POS机（退押金先留着）", "改办取消POS机，退押金不要了"}
    merchant.press(asked.choices["改办取消POS机（退押金先留着）"])
    summary = merchant.say("第一个")
    filed = merchant.press(summary.choices["确认提交"])
    assert "请选择要退押金的机器" in merchant.press(filed.choices["接着退押金"]).text


def test_the_started_application_is_thrown_away_only_when_that_is_chosen(merchant: Merchant) -> None:
    known(merchant).say("我要退押金")
    asked = merchant.say("我想取消pos机")
    assert merchant.applications()[0]["state"] == "draft"
    switched = merchant.press(asked.choices["改办取消POS机，退押金不要了"])
    assert "已经不要了" in switched.text
    assert [a["state"] for a in merchant.applications()] == ["withdrawn", "draft"]


# --- turning over, checks, guides, states ---


def test_an_answer_may_turn_the_application_over_and_what_was_said_is_kept(merchant: Merchant) -> None:
    known(merchant).say("刷错了88块钱想撤销这笔交易")
    turned = merchant.say("昨天刷的")
    assert "要按“交易退款”办" in turned.text
    assert "要退哪一笔" in turned.text
    summary = merchant.say("88那笔")
    assert "先按您说的记下：88.00元" in summary.text
    merchant.press(summary.choices["确认提交"])
    assert [(a["procedure"], a["state"]) for a in merchant.applications()] == [
        ("void_transaction", "withdrawn"),
        ("transaction_refund", "submitted"),
    ]


def test_a_guide_ends_with_its_last_answer(merchant: Merchant) -> None:
    known(merchant).say("刷错了想撤销这笔交易")
    end = merchant.say("今天")
    assert "消费撤销" in end.text
    assert "[summary]" not in end.text
    assert "您好" in merchant.say("你好").text


def test_what_has_to_be_settled_first_is_said_and_the_form_rests(merchant: Merchant) -> None:
    blocked = known(merchant).say("我要注销账户")
    assert "还有 320.00元 没有结算" in blocked.text
    assert set(blocked.choices) == {"转人工", "我要投诉", "先不办"}
    assert "关于到账时间" in merchant.say("几天到账").text
    merchant.press(blocked.choices["我要投诉"])
    refund, complaint = merchant.applications()
    assert complaint["prefill"]["subject"] == refund["application_no"]
    assert "没有结算" in merchant.press(f'/继续{{"application_no":"{refund["application_no"]}"}}').text


def test_a_list_with_nothing_in_it_offers_a_person(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.bot.support import fake_service

    monkeypatch.setitem(fake_service.QUESTIONS["stop_service"][0], "choices", [])
    assert set(known(merchant).say("把短信费关掉").choices) == {"转人工", "先不办"}


def test_a_machine_that_is_sent_back_gets_its_tracking_number(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    application = merchant.applications()[0]
    application["state"] = "returning"
    asked = merchant.say("我要取消pos机")
    merchant.say("先不办了")
    asked = merchant.say("查一下进度")
    assert "请填快递单号" in merchant.press(asked.choices["填快递单号"]).text
    assert "等我们收到机器" in merchant.say("SF1234567890").text
    assert application["state"] == "inspecting"


def test_a_tracking_number_is_taken_without_being_asked_for(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    merchant.say("先不办了")
    application = merchant.applications()[0]
    application["state"] = "returning"
    assert "等我们收到机器" in merchant.say("机器已经寄了，顺丰SF1234567890123").text
    assert application["state"] == "inspecting"


def test_a_machine_that_nobody_waits_for_is_left_to_a_person(merchant: Merchant) -> None:
    answer = known(merchant).say("机器已经寄了，顺丰SF1234567890123")
    assert "没有查到在等您寄回机器的申请" in answer.text
    assert "转人工" in answer.choices


def test_a_stranger_with_a_tracking_number_is_asked_who_it_is(merchant: Merchant) -> None:
    card = merchant.say("机器已经寄了，顺丰SF1234567890123").block("form")
    assert card["prefill"] == {"merchant_no": "", "phone": ""}


def test_who_drops_one_thing_for_another_gets_the_other_and_loses_nothing(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    changed = merchant.say("算了我不取消了我要退押金")
    assert changed.intent == "退押金"
    assert "请选择要退押金的机器" in changed.text
    assert [application["procedure"] for application in merchant.applications()] == ["cancel_pos", "deposit_refund"]


def test_who_is_not_the_right_party_hears_why(merchant: Merchant) -> None:
    answer = known(merchant).say("代理商的押金怎么退")
    assert "只给代理商办" in answer.text
    assert "转人工" in answer.choices


def test_a_refusal_offers_to_mend_and_to_complain(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    merchant.say("先不办了")
    application = merchant.applications()[0]
    application["state"] = "rejected"
    shown = merchant.say("查一下进度")
    assert set(shown.choices) == {"修改后再提交", "我要投诉"}
    merchant.press(shown.choices["我要投诉"])
    assert merchant.applications()[1]["prefill"]["subject"] == application["application_no"]


def with_payout(merchant: Merchant, state: str) -> Merchant:
    known(merchant).say("我要取消pos机")
    merchant.say("先不办了")
    merchant.applications()[0]["state"] = state
    return merchant


@pytest.mark.parametrize("words", ["钱收到了", "到账了，谢谢", "退款已经收到了", "谢谢你"])
def test_whose_money_was_sent_is_shown_where_to_say_that_it_came(merchant: Merchant, words: str) -> None:
    answer = with_payout(merchant, "paid").say(words)
    assert "请点一下“我已收到”" in answer.text
    assert answer.block("progress")["application_no"] == merchant.applications()[0]["application_no"]


@pytest.mark.parametrize("words", ["行", "不同意", "好的"])
def test_a_yes_or_no_while_an_agreement_waits_is_shown_where_to_give_it(merchant: Merchant, words: str) -> None:
    answer = with_payout(merchant, "agreement_pending").say(words)
    assert answer.block("agreement")["application_no"] == merchant.applications()[0]["application_no"]


def test_thanks_for_anything_else_are_only_returned(merchant: Merchant) -> None:
    assert with_payout(merchant, "submitted").say("谢谢你").text == "不客气，有事随时说一声。"


@pytest.mark.parametrize(
    "words", ["钱还没到账", "显示已打款但是没到账", "没收到钱", "没收到", "我没收到", "卡里也没有啊", "还没到账啊"]
)
def test_who_misses_money_that_was_sent_sees_how_far_it_is_and_may_ask_a_person(merchant: Merchant, words: str) -> None:
    answer = with_payout(merchant, "paid").say(words)
    assert "[progress]" in answer.text
    assert "转人工" in answer.choices


def test_who_misses_money_and_has_no_application_may_have_meant_a_refund(merchant: Merchant) -> None:
    assert "我等的是退款 · 查进度" in merchant.say("钱还没到账").choices
    assert "我等的是退款 · 查进度" not in merchant.say("客户刷卡的钱没到账").choices


def test_who_misses_a_message_is_not_shown_the_payout(merchant: Merchant) -> None:
    assert "[progress]" not in with_payout(merchant, "paid").say("短信没收到").text


@pytest.mark.parametrize("words", ["押金到账了可是少了80", "怎么少退了我80", "退少了"])
def test_who_got_too_little_sees_why_and_may_complain_or_ask_a_person(merchant: Merchant, words: str) -> None:
    answer = with_payout(merchant, "paid").say(words)
    assert "[progress]" in answer.text
    assert {"我要投诉", "转人工"} <= set(answer.choices)


def test_money_that_customers_paid_is_another_matter(merchant: Merchant) -> None:
    assert "刷卡未到账" in with_payout(merchant, "paid").say("客户刷卡的钱没到账").text


# --- coming back ---


@pytest.mark.parametrize("word", ["你好", "继续"])
def test_who_comes_back_sees_what_is_open(merchant: Merchant, word: str) -> None:
    known(merchant)
    for payload in ("/退押金", "/撤销服务"):
        merchant.press(payload)
        merchant.say("先不办了")
    merchant.stack.service.applications[merchant.applications()[0]["application_no"]]["values"]["terminal"] = "A9254710"
    elsewhere = Merchant(merchant.stack)
    for application in merchant.applications():
        application["conversation"] = elsewhere.conversation
    listed = known(elsewhere).say(word)
    assert list(listed.choices) == ["撤销服务 · 填写中 · 11月23日", "退押金 · 智能POS · 填写中 · 11月23日"]
    assert "为什么要退押金呢" in elsewhere.press(listed.choices[title_with(listed, "智能POS")]).text


def test_never_more_than_five_are_listed_and_twins_are_told_apart(merchant: Merchant) -> None:
    known(merchant)
    for _ in range(6):
        merchant.press('/退押金{"fresh":true}')
        merchant.say("先不办了")
    listed = merchant.say("你好")
    assert len(listed.choices) == 5
    assert all("单号尾" in title for title in listed.choices)


def test_who_has_proved_its_identity_with_nothing_pending_sees_what_is_open(merchant: Merchant) -> None:
    merchant.press("/退押金")
    application = merchant.applications()[0]
    visitor = Merchant(merchant.stack)
    application["conversation"] = visitor.conversation
    listed = visitor.verify()
    assert "身份核实好了" in listed.text
    assert list(listed.choices) == ["退押金 · 填写中 · 11月23日"]


# --- anger and threats ---


@pytest.mark.parametrize("text", ["什么破客服", "骗子公司", "再不退我投诉你们", "你们不处理我就报警", "😡😡😡"])
def test_anger_gets_one_calm_sentence_a_person_and_the_way_to_complain(merchant: Merchant, text: str) -> None:
    answer = known(merchant).say(text)
    assert {"转人工", "我要投诉"} <= set(answer.choices)
    assert len(answer.body["blocks"]) == 2
    assert merchant.applications() == []


def test_the_matter_itself_is_served_and_the_calm_word_is_not_said_twice(merchant: Merchant) -> None:
    first = known(merchant).say("你们这帮骗子，赶紧把押金退给我")
    assert "让您着急了" in first.text
    assert "请选择要退押金的机器" in first.text
    assert "让您着急了" not in merchant.say("垃圾公司，几天能到账").text


def test_who_insists_on_a_complaint_can_file_one(merchant: Merchant) -> None:
    known(merchant).say("你们就是骗子，我要投诉")
    assert [a["procedure"] for a in merchant.applications()] == ["complaint"]


@pytest.mark.parametrize("text", ["骗子又打来叫我转账", "我上午把钱给骗子了"])
def test_who_speaks_of_a_swindler_is_not_angry_with_us(merchant: Merchant, text: str) -> None:
    answer = merchant.say(text)
    assert "让您着急了" not in answer.text
    assert answer.intent == "常见问题/换机骗局"


# --- despair ---


@pytest.mark.parametrize("text", ["我真的不想活了", "活够了", "我想一死了之算了"])
def test_despair_alone_is_answered_kindly_and_brings_a_person(merchant: Merchant, text: str) -> None:
    answer = merchant.say(text)
    assert "很担心您" in answer.text
    assert "您排在第一位" in answer.text
    assert merchant.applications() == []


def test_the_matter_of_somebody_in_despair_is_served_and_a_person_is_offered(merchant: Merchant) -> None:
    answer = known(merchant).say("账户冻结了我死的心都有了")
    assert answer.text.index("很担心您") < answer.text.index("关于账户冻结")
    assert "转人工" in answer.choices
    assert "很担心您" not in merchant.say("钱被冻了我活不下去了").text


def test_despair_in_a_form_does_not_put_the_application_aside(merchant: Merchant) -> None:
    known(merchant).say("我要退押金")
    answer = merchant.say("不想活了")
    assert "很担心您" in answer.text
    assert "先放着" not in answer.text


# --- victims of scams ---


@pytest.mark.parametrize(
    "text",
    [
        "微信上有个人说能退押金，我打给他八百了",
        "短信验证码也说给那人了",
        "他还让我再打三百块钱解冻",
        "那边要我报银行卡密码才退钱",
        "加QQ以后说要开视频才能退款",
        "退押金得先把税交了是吗",
        "非要我先刷八千流水才退押金",
    ],
)
def test_who_is_asked_for_money_or_a_code_is_warned_and_may_complain_or_ask_a_person(
    merchant: Merchant, text: str
) -> None:
    answer = known(merchant).say(text)
    assert answer.intent == "常见问题/换机骗局"
    assert {"我要投诉", "转人工"} <= set(answer.choices)
    assert merchant.applications() == []


# --- numbers that are no secrets ---


@pytest.mark.parametrize("text", ["204417", "凭证号是204417", "坏掉的那台是B7000123", "139-1234-5678", "开机要密码"])
def test_a_number_or_a_machines_password_brings_no_lecture(merchant: Merchant, text: str) -> None:
    assert "安全码告诉任何人" not in merchant.say(text).text


@pytest.mark.parametrize("text", ["验证码是771204", "我的密码是aa1234", "短信里的码是5521", "验证码是⟦验证码⟧"])
def test_a_secret_still_does(merchant: Merchant, text: str) -> None:
    assert "安全码告诉任何人" in merchant.say(text).text


def test_a_number_alone_is_asked_what_it_is_for(merchant: Merchant) -> None:
    answer = merchant.say("204417")
    assert "办哪件事用的" in answer.text
    assert "不要发在聊天里" in answer.text


# --- consumers ---


@pytest.mark.parametrize(
    "text",
    [
        "我在店里刷卡被多扣了",
        "商家不给我退款",
        "买东西付了款想退",
        "我在一家店里买烟被刷了两遍卡",
        "我的信用卡被盗刷了，写着你们的名字",
        "信用卡账单上有一笔不认识的支付",
    ],
)
def test_a_consumer_is_told_where_to_go_and_what_to_bring(merchant: Merchant, text: str) -> None:
    answer = merchant.say(text)
    assert all(part in answer.text for part in ("签购单", "那家店", "发卡银行", "登记投诉"))
    assert set(answer.choices) == {"我是商户", "登记投诉", "转人工"}
    assert merchant.applications() == []


def test_a_merchant_after_all_goes_on_with_what_was_said(merchant: Merchant) -> None:
    told = known(merchant).say("买东西付了88元想退")
    assert "要退哪一笔" in merchant.press(told.choices["我是商户"]).text
    assert "先按您说的记下：88.00元" in merchant.say("第二笔").text


@pytest.mark.parametrize("text", ["顾客在我店里刷卡要退货怎么退款", "客户买东西付了款想退", "我账单上有一笔流量费"])
def test_a_merchant_speaks_of_customers_without_being_one(merchant: Merchant, text: str) -> None:
    assert "发卡银行" not in merchant.say(text).text


# --- what is ours, and what is not ---


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("去哪里看商户号", "常见问题/机器使用"),
        ("我商户号忘啦", "常见问题/机器使用"),
        ("机器该寄到哪儿去", "常见问题/机器使用"),
        ("昨天的那一笔", "选择"),
        ("钱到我卡里了", "感谢"),
        ("刷六千要扣多少手续费", "常见问题/费率手续费"),
        ("退押金你们收手续费不", "常见问题/费率手续费"),
        ("刷了七千一分都没到", "常见问题/刷卡未到账"),
        ("套现手续费怎么算", "常见问题/费率手续费"),
    ],
)
def test_what_was_taken_for_something_else(merchant: Merchant, text: str, intent: str) -> None:
    assert merchant.say(text).intent == intent
    assert merchant.applications() == []


def test_what_is_not_ours_is_declined_kindly_with_a_person(merchant: Merchant) -> None:
    answer = merchant.say("能给我开张发票吗")
    assert "抱歉" in answer.text
    assert set(answer.choices) == {"转人工"}


# --- odd messages ---


def test_a_picture_alone_goes_to_the_open_checklist(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    merchant.press(merchant.say("第一个").choices["确认提交"])
    assert "[checklist]" in merchant.say("［图片］").text


def test_a_picture_that_the_channel_has_put_into_the_checklist_is_thanked_for(merchant: Merchant) -> None:
    known(merchant).say("我要取消pos机")
    assert "一起交" in merchant.say("［图片已收］").text
    merchant.press(merchant.say("第一个").choices["确认提交"])
    answer = merchant.say("［图片已收］［图片已收］").text
    assert "照片收到了" in answer
    assert "看不了" not in answer
    assert "[checklist]" in answer


def test_a_picture_alone_is_asked_what_it_belongs_to(merchant: Merchant) -> None:
    asked = known(merchant).say("[图片]")
    assert "办哪件事" in asked.text
    assert "转人工" in asked.choices
    merchant.say("我要退押金")
    assert "请选择要退押金的机器" in merchant.say("［图片］").text


@pytest.mark.parametrize("text", ["？？？", "。。。", "😂😂", "……"])
def test_a_message_without_words_is_met_kindly(merchant: Merchant, text: str) -> None:
    assert "我在的" in merchant.say(text).text


def test_a_thumb_is_a_yes_and_folded_hands_are_thanks(merchant: Merchant) -> None:
    assert merchant.say("👍").intent == "肯定"
    assert "不客气" in merchant.say("🙏🙏").text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("how do I get my deposit back", "退押金"),
        ("how long until the money arrives", "关于到账时间"),
        ("I want to talk to a human", "您排在第一位"),
    ],
)
def test_english_is_answered_in_chinese_with_one_english_line(merchant: Merchant, text: str, part: str) -> None:
    answer = merchant.say(text)
    assert "I understand Chinese best" in answer.text
    assert part in answer.text
    assert "I understand" not in merchant.say("thank you very much").text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("押金怎麼退？機器還在我這裡", "退押金"),
        ("那个就是说嗯我想问一下退款几天能到账啊", "常见问题/到账时间"),
        ("喂你好\n\n我想\n退押金\n\n谢谢", "退押金"),
    ],
)
def test_traditional_spoken_and_broken_lines_are_understood(merchant: Merchant, text: str, intent: str) -> None:
    assert merchant.say(text).intent == intent


def test_a_long_story_is_understood_by_its_clearest_sentence(merchant: Merchant) -> None:
    story = "我这个店是前年开的。那时候有个人上门来推销。他说得天花乱坠。后来生意一直不太行。" * 40
    assert len(story) > 1500
    assert merchant.say(f"{story}现在我想把押金退了。{story[:200]}").intent == "退押金"
