"""注销账户: what has to be settled first, what is said about the consequences, and those who are stuck."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import payment, service, terminal
from tests.conversations.story import Desk, Story, identity

pytestmark = pytest.mark.timeout(300)

WORDS = "我要注销账户"


def test_an_account_is_closed_when_everything_is_settled(tell: Callable[..., Story], desk: Desk) -> None:
    story = tell()
    story.opens(WORDS, "close_account")
    story.answers(understood="我明白，要注销", reason="店铺停业", stuck="都没有", identity_proof=identity(story))
    assert story.documents == {"closing_proof"}
    story.files()
    story.comes_to("in_review")
    desk.asks_for_more(story, "请补一张停业公告的照片。")
    story.uploads("closing_proof")
    facts = desk.facts(story)
    for title in ("钱都已结算", "费用已结清", "机器都已取消", "没有在办的申请"):
        assert facts[title] == "符合"
    desk.approves(story)
    story.is_over()


@pytest.mark.parametrize(
    ("has", "check", "says"),
    [
        ({"fees_owed_fen": 3_600}, "fees_settled", "36.00元"),
        ({"transactions": [payment(32_000, settled=False)]}, "settled", "320.00元"),
        ({"terminals": [terminal("smart")]}, "no_machine", "1台"),
    ],
    ids=["fees", "money", "machine"],
)
def test_what_is_open_stands_in_the_way(
    tell: Callable[..., Story], has: dict[str, object], check: str, says: str
) -> None:
    story = tell(**has)
    story.opens(WORDS, "close_account")
    story.is_blocked(check)
    story.hears(says)
    story.hears("转人工", in_button=True)


def test_an_open_application_stands_in_the_way_until_it_is_withdrawn(
    tell: Callable[..., Story], again: Callable[[Story], Story]
) -> None:
    first = tell(services=[service("短信费")])
    first.opens("短信费怎么取消", "stop_service")
    first.answers(service="短信费")
    first.files()

    second = again(first)
    second.opens(WORDS, "close_account")
    second.is_blocked("nothing_open")
    first.withdraws()
    second.goes_on()
    second.answers(understood="我明白，要注销")


def test_a_machine_is_cancelled_first_and_then_the_account(tell: Callable[..., Story], desk: Desk) -> None:
    machine = terminal("speaker")
    story = tell(terminals=[machine])
    story.opens(WORDS, "close_account")
    story.is_blocked("no_machine")
    closing = story.number
    story.opens("取消POS机", "cancel_pos")
    story.answers(terminal=machine.terminal_no, reason="业务调整", machine="丢了", identity_proof=identity(story))
    story.files()
    story.uploads()
    desk.approves(story)
    story.is_over()
    story.number = closing
    story.goes_on()
    story.answers(understood="我明白，要注销")


@pytest.mark.parametrize(
    ("button", "procedure"), [("只是不想用机器了", "cancel_pos"), ("只想关掉某项服务", "stop_service")]
)
def test_who_wants_less_is_taken_there(tell: Callable[..., Story], button: str, procedure: str) -> None:
    story = tell()
    story.opens(WORDS, "close_account")
    story.answers(understood=button)
    story.turns_to(procedure)


def test_who_is_stuck_with_an_old_phone_a_wrong_name_or_a_strangers_account_proves_only_what_helps(
    tell: Callable[..., Story], desk: Desk
) -> None:
    story = tell()
    story.opens(WORDS, "close_account")
    story.answers(understood="我明白，要注销", reason="店铺转让", stuck="登记的手机号不用了")
    assert story.documents == {"closing_proof", "phone_proof"}
    story.answers(new_phone="13800138000")
    story.corrects("有没有卡住的地方选错了", stuck="身份信息登记错了")
    assert story.documents == {"closing_proof", "identity_correction"}
    story.corrects("有没有卡住的地方选错了", stuck="账户是别人开的")
    story.answers(how_opened="上个月查名下账户才发现，可能是以前的业务员开的")
    assert story.documents == {"closing_proof", "not_mine"}
    story.answers(identity_proof=identity(story))
    story.files()
    story.uploads()
    desk.sends_back(story, "not_mine", "请签上名字再拍。")
    story.uploads()
    desk.rejects(story, "开户时有您本人的签名和照片。")
    story.hears("账户照常能用")


@pytest.mark.parametrize("reason", ["换用其他公司", "想解除身份绑定"])
def test_other_reasons(tell: Callable[..., Story], reason: str) -> None:
    story = tell()
    story.opens(WORDS, "close_account")
    story.answers(understood="我明白，要注销", reason=reason)
    story.is_asked("stuck")


def test_a_reason_in_own_words(tell: Callable[..., Story]) -> None:
    story = tell()
    story.opens(WORDS, "close_account")
    story.answers(understood="我明白，要注销", reason="其他原因", reason_text="两家店合并成一家了")
    story.is_asked("stuck")
