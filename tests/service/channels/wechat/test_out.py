"""What goes out: blocks as text, cut where a reader would, choices by number, within what WeChat allows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases import ApplicationOut, StepOut
from service.channels.wechat import quota, words
from service.channels.wechat.models import WechatUser
from service.channels.wechat.official import OfficialLine
from service.channels.wechat.rendering import Scene, plain, render
from service.channels.wechat.splitting import LIMIT, size, split
from tests.service.builders import SPRING
from tests.service.channels.wechat.conftest import Town
from tests.service.conftest import NOW

ANNA, BEN = "oAnna_1", "oBen_2"
CHOICES = {
    "type": "choices",
    "choices": [
        {"title": "店铺停业", "payload": '/选择{"field":"reason","value":"closed"}'},
        {"title": "换了别家", "payload": '/选择{"field":"reason","value":"other"}'},
    ],
}
FAMILY, FLAG = "👨‍👩‍👧", "🇨🇳"


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


# --- cutting ---------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="押金。\n，a🙂é" + FAMILY + FLAG + "\u0301", max_size=3_000), st.integers(60, 400))
def test_pieces_fit_and_nothing_is_lost(words: str, limit: int) -> None:
    pieces = split(words, limit)
    assert all(0 < size(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(words.split())


def test_a_text_is_cut_between_paragraphs_before_anywhere_else() -> None:
    first, second = "第一段。" * 60, "第二段。" * 60
    assert split(f"{first}\n\n{second}", 1_000) == [first, second]


def test_a_sentence_is_cut_at_its_end() -> None:
    assert all(piece.endswith("。") for piece in split("这是一句话。" * 300))


@pytest.mark.parametrize("whole", [FAMILY, FLAG, "https://pos.example.com/widget/#w=" + "A" * 60])
def test_what_belongs_together_is_not_cut(whole: str) -> None:
    for before in range(80):
        joined = split("字" * before + whole + "字" * 80, 150)
        assert any(whole in piece for piece in joined), before


# --- blocks ----------------------------------------------------------------------------------------------------------


def test_vault_tokens_are_shown_without_their_marks() -> None:
    assert plain("卡 ⟦银行卡 尾号1234 #a1⟧，⟦验证码 未保存⟧") == "卡 银行卡 尾号1234，验证码 未保存"


def test_forms_are_links_to_the_own_page() -> None:
    scene = Scene(lambda: "https://x/widget/#w=1", lambda _no: None)
    form = {"type": "form", "form": "secure_answer", "title": "收款账户", "note": "", "inputs": []}
    shown = render([form], scene).text
    assert "收款账户" in shown
    assert "https://x/widget/#w=1" in shown
    assert "不要发在聊天里" in shown


def test_a_card_says_what_the_words_beside_it_have_not_said() -> None:
    steps = [StepOut(key="paid", title="打款", state="done"), StepOut(key="closed", title="完成", state="current")]
    application = ApplicationOut.model_construct(
        application_no="SQ26112300000A",
        label="退押金",
        state_title="已打款",
        steps=steps,
        documents=[],
        deadline=None,
        hint="下一步：请查一下入账明细。没收到可以说“转人工”。",
        allowed_actions=[],
    )
    scene = Scene(lambda: "", lambda _no: application)
    card = {"type": "progress", "application_no": application.application_no}
    alone = f"【退押金】已打款\n申请单号：{application.application_no}\n只剩最后一步：完成\n{application.hint}"
    assert render([card], scene).text == alone
    words_before = f"申请 {application.application_no} 已打款。请查一下入账明细。"
    beside = f"{words_before}\n\n只剩最后一步：完成\n没收到可以说“转人工”。"
    assert render([text(words_before), card], scene).text == beside


def test_a_card_names_the_steps_to_come() -> None:
    states = {"提交申请": "done", "打款": "failed", "完成": "todo"}
    steps = [StepOut.model_validate({"key": title, "title": title, "state": state}) for title, state in states.items()]
    application = ApplicationOut.model_construct(
        application_no="SQ1",
        label="",
        state_title="",
        steps=steps,
        documents=[],
        deadline=None,
        hint="",
        allowed_actions=[],
    )
    card = {"type": "progress", "application_no": "SQ1"}
    assert "还有2步：打款（需要处理）、完成" in render([card], Scene(lambda: "", lambda _no: application)).text


@pytest.mark.parametrize("answer", ["2", "２", "2。", "换了别家"])
def test_a_number_or_a_title_takes_the_choice(town: Town, answer: str) -> None:
    town.world.engine.answers = [[text("为什么退？"), CHOICES], [text("好的")]]
    anna = town.say(ANNA, "退押金")
    assert anna.texts() == [f"为什么退？\n\n1. 店铺停业\n2. 换了别家\n{words.CHOOSE}"]
    town.clock.advance(seconds=2)
    town.say(ANNA, answer)
    assert town.world.engine.asked[-1].payload == CHOICES["choices"][1]["payload"]  # type: ignore[index]
    assert anna.texts()[-1] == "好的"


def test_a_number_without_a_list_is_a_number(town: Town) -> None:
    town.world.engine.answers = [[text("选"), CHOICES], [text("几台？")], [text("记下了")], [text("嗯")]]
    town.say(ANNA, "退押金")
    for said in ("1", "2", "9"):
        town.clock.advance(seconds=2)
        town.say(ANNA, said)
    assert [turn.text for turn in town.world.engine.asked[2:]] == ["2", "9"]
    assert [turn.payload for turn in town.world.engine.asked[2:]] == [None, None]


def test_a_long_answer_goes_out_in_parts_and_in_order(any_town: Town) -> None:
    sentence = "这是很长的一段说明，讲每一步要做什么。"
    any_town.world.engine.answers = [[text("".join(f"{number}{sentence}" for number in range(70)))]]
    anna = any_town.say(ANNA, "说说")
    any_town.settle()
    parts = anna.texts("push")
    assert len(parts) == 3
    assert all(size(part) <= LIMIT for part in parts)
    assert "".join(parts) == "".join(f"{number}{sentence}" for number in range(70))
    assert anna.texts("passive", "failure") == []


def test_what_the_quota_does_not_hold_waits_for_the_next_message(any_town: Town) -> None:
    any_town.world.engine.answers = [[text("\n".join("很长的一行字，" * 80 for _ in range(9)))], [text("好的")]]
    anna = any_town.say(ANNA, "都说说")
    any_town.pass_time(seconds=30)
    assert len(anna.texts("push")) == 5
    assert anna.texts("push")[-1].endswith("回复“继续”接着看）")
    assert any_town.wechat.refusals == []
    any_town.say(ANNA, "继续")
    any_town.pass_time(seconds=30)
    told = "".join(anna.texts())
    assert told.count("很长的一行字") == 720
    assert told.endswith("好的")
    assert any_town.wechat.refusals == []


def test_wechats_own_count_is_the_right_one(any_town: Town) -> None:
    any_town.bell.slow = True
    anna = any_town.say(ANNA, "一")
    any_town.api.forced = [45047]
    any_town.settle()
    any_town.pass_time(hours=1)
    assert anna.texts() == []
    any_town.bell.slow = False
    any_town.say(ANNA, "二")
    any_town.pass_time(seconds=20)
    assert "\n\n".join(anna.texts()) == "回：一\n\n回：二"


@pytest.mark.parametrize("code", [48001, 45009, 40164])
def test_where_messages_cannot_be_sent_what_waits_goes_along_with_the_next_reply(any_town: Town, code: int) -> None:
    any_town.bell.slow = True
    anna = any_town.say(ANNA, "一")
    any_town.api.forced = [code] * 9
    any_town.settle()
    any_town.bell.slow = False
    any_town.pass_time(seconds=20)
    any_town.say(ANNA, "二")
    assert anna.texts() == ["回：一\n\n回：二"]
    any_town.clock.advance(seconds=2)
    assert any_town.say(ANNA, "三").texts("passive")[-1] == "回：三"


def test_what_the_quota_of_a_day_left_over_goes_out_with_the_next_reply(town: Town) -> None:
    town.wechat.daily["/cgi-bin/message/custom/send"] = 1
    town.bell.slow = True
    anna, ben = town.say(ANNA, "一"), town.say(BEN, "二")
    town.pass_time(seconds=20)
    assert sorted([*anna.texts(), *ben.texts()]) in (["回：一"], ["回：二"])
    town.bell.slow = False
    town.say(ANNA, "三")
    town.say(BEN, "四")
    assert "\n\n".join(anna.texts()) == "回：一\n\n回：三"
    assert "\n\n".join(ben.texts()) == "回：二\n\n回：四"


@pytest.mark.parametrize("code", [-1, 40001, 45011])
def test_a_passing_refusal_is_tried_again(any_town: Town, code: int) -> None:
    any_town.bell.slow = True
    anna = any_town.say(ANNA, "一")
    any_town.api.forced = [code]
    any_town.settle()
    any_town.pass_time(seconds=10)
    assert anna.texts("push") == ["回：一"]


def test_who_does_not_follow_any_more_gets_nothing(town: Town) -> None:
    town.bell.slow = True
    anna = town.say(ANNA, "一")
    anna.follows = False
    town.settle()
    town.pass_time(minutes=30)
    assert anna.texts() == []
    assert town.wechat.calls.count("/cgi-bin/message/custom/send") == 1


def test_what_an_agent_writes_or_a_notice_says_is_pushed(any_town: Town) -> None:
    anna = any_town.say(ANNA, "你好")
    conversation = any_town.world.engine.asked[0].conversation_id
    from service.conversations import store
    from service.conversations.blocks import text_block

    with any_town.world.platform.database.begin() as session:
        found = store.lock(session, conversation)
        assert found is not None
        store.append(session, found, sender="agent", blocks=[text_block("我是小王")], now=any_town.clock.now())
    any_town.pass_time(seconds=10)
    assert anna.texts("push") == ["我是小王"]


# --- the quota book --------------------------------------------------------------------------------------------------


def book() -> WechatUser:
    return WechatUser(openid="o", conversation_id="c", message_used=0, event_used=0)


def test_a_message_allows_five_for_two_days_and_an_event_three_for_a_minute() -> None:
    from datetime import timedelta

    user = book()
    assert quota.take(user, NOW) is None
    quota.opens(user, "message", NOW)
    assert [quota.take(user, NOW) for _ in range(6)] == ["message"] * 5 + [None]
    quota.opens(user, "event", NOW)
    assert quota.left(user, NOW) == 3
    assert quota.take(user, NOW) == "event"
    assert quota.left(user, NOW + timedelta(minutes=1)) == 0
    quota.opens(user, "message", NOW)
    assert quota.left(user, NOW + timedelta(hours=47)) == 5
    assert quota.left(user, NOW + timedelta(hours=48)) == 0
    quota.is_over(user)
    assert quota.left(user, NOW) == 0


# --- the token -------------------------------------------------------------------------------------------------------


def test_one_token_is_fetched_and_it_is_in_no_log(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    town.bell.slow = True
    for number in range(5):
        town.say(f"oUser{number}", "你好")
    town.pass_time(seconds=5)
    assert len(town.wechat.fetches) == 1
    town.pass_time(minutes=100)
    town.say("oLater", "你好")
    town.settle()
    assert len(town.wechat.fetches) == 1
    town.pass_time(minutes=30)
    town.say("oLatest", "你好")
    town.settle()
    assert len(town.wechat.fetches) == 2
    printed = "".join(capfd.readouterr())
    assert not any(token in printed for token in town.wechat.tokens)


def test_a_revoked_token_is_renewed_once(any_town: Town) -> None:
    any_town.bell.slow = True
    any_town.say(ANNA, "一")
    any_town.settle()
    any_town.wechat.revoke_tokens()
    any_town.pass_time(seconds=2)
    any_town.say(ANNA, "二")
    any_town.settle()
    assert any_town.wechat.follower(ANNA).texts("push") == ["回：一", "回：二"]
    assert len(any_town.wechat.fetches) == 2


# --- notices ---------------------------------------------------------------------------------------------------------


def test_notices_go_by_message_within_the_window_and_by_template_outside(town: Town) -> None:
    from service.notifications import GiveUp, TryAgain

    notices = town.bridge.notices
    merchant = town.world.accounts.directory.find(SPRING)
    assert merchant is not None
    with pytest.raises(GiveUp):
        notices.send_notice(merchant.id, "材料要补", reference="r0")
    anna = town.say(ANNA, "你好")
    conversation = town.world.engine.asked[0].conversation_id
    with town.world.platform.database.begin() as session:
        town.bridge.parts.conversations.vouch(session, conversation, merchant)
    town.settle()
    town.pass_time(minutes=11)  # what the bot said about the proof is no news any more
    with pytest.raises(TryAgain):  # the conversation may be about to say it
        notices.send_notice(merchant.id, "材料要补", reference="r1")
    notices.send_notice(merchant.id, "材料要补", reference="r1")
    town.pass_time(seconds=1)
    assert anna.texts("push")[-1] == "材料要补"
    town.clock.advance(hours=49)
    with pytest.raises(GiveUp):
        notices.send_notice(merchant.id, "退款到了", reference="r2")
    line = town.bridge.parts.lines.of(ANNA)
    assert isinstance(line, OfficialLine)
    object.__setattr__(line.settings, "notice_template", "tmpl-1")
    notices.send_notice(merchant.id, "退款到了", reference="r3")
    notices.send_notice(merchant.id, "退款到了", reference="r3")
    assert [seen.split()[0] for seen in anna.texts("template")] == ["退款到了"]
