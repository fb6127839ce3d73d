"""Sentences and titles that more than one action uses."""

from typing import Final

from actions.payloads import payload
from actions.talk import Button

BROKEN: Final = "抱歉，我这边出了点问题，刚才这一步没有办成，已经填好的内容都还在。您可以再说一次，或者找同事帮忙。"
ASK_PERSON: Final = Button("转人工", "/转人工")
GO_ON: Final = Button("接着办", "/继续", primary=True)
CHANGE: Final = Button("改前面填的", "/更正")
LATER: Final = Button("先不办", "/放弃")

VERIFY_TITLE: Final = "核实商户身份"
PUT_INTO_CARD: Final = "好的，帮您填进卡片里了，请核对一下，再点“获取验证码”。"
VERIFY_NOTE: Final = "验证码只填在这张卡片里，不要发在聊天里，也不要告诉任何人。"

COMPLAINT: Final = "投诉"


def complain_about(number: str | None) -> Button:
    """The way of appeal; the complaint knows which application it is about."""
    return Button("我要投诉", payload(COMPLAINT, **({"subject": number} if number else {})))


# What a meaning is called when we ask back, procedures aside: these have their own titles. A label that is missing here
# is never offered.
MEANINGS: Final[dict[str, str]] = {
    "补交材料": "补交材料",
    "查询进度": "查询申请进度",
    "转人工": "转人工",
    "更正": "修改填过的内容",
    "继续": "接着办没办完的申请",
    "放弃": "撤回申请，先不办",
    "常见问题/到账时间": "多久能到账",
    "常见问题/刷卡未到账": "刷卡的钱没到账",
    "常见问题/押金能否退": "押金能不能退",
    "常见问题/所需材料": "需要哪些材料",
    "常见问题/费率手续费": "费率和手续费",
    "常见问题/扣费": "被扣了一笔费用",
    "常见问题/安全正规": "是否安全正规",
    "常见问题/官方渠道": "官方电话和网址",
    "常见问题/审核未通过": "审核为什么没通过",
    "常见问题/退款账户": "钱退到哪个账户",
    "常见问题/未收到通知": "没收到短信或通知",
    "常见问题/机器使用": "机器怎么用、出了故障",
    "常见问题/账户冻结": "账户或机器被冻结",
    "常见问题/变更信息": "更改结算卡、手机号等信息",
    "常见问题/换机骗局": "有人让我换机器或先交费",
    "常见问题/业务员失联": "业务员联系不上",
}

CANNOT_FILE: Final = "这件事还没有开通在线办理，我不想让您白填一遍。可以找同事问一下，下面这些我能直接帮您办。"
