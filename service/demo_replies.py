"""Canned replies that all agents of the demo have, so that the first search finds something."""

from service.conversations import ReplyIn, keep_common_replies
from service.platform.context import Platform

_REPLIES = (
    ("开场", "问候", "您好{商户名}，我是{坐席}，您请讲。", "kc"),
    ("请稍等", "过程", "好的，我帮您看一下，请稍等。", "sd"),
    (
        "请核对身份",
        "过程",
        "为了您的资金安全，要先核对一下身份：请在卡片里填商户号和登记的手机号，验证码只填在卡片里，不要发给我。",
        "sf",
    ),
    ("材料怎么拍", "材料", "请在光线好的地方正对着拍，四个角都拍进去，字要看得清；一张拍不下可以多传几张。", "pz"),
    (
        "审核要多久",
        "进度",
        "材料交齐以后开始审核，预计完成的日期写在申请 {申请单号} 里，以那里的为准；有结果会在这里告诉您。",
        "sh",
    ),
    ("不收费", "安全", "退押金、取消机器都不收任何费用。有人让您先交钱，请不要付，把情况告诉我们。", "bsf"),
    ("不要发号码", "安全", "身份证号、银行卡号和验证码请不要发在聊天里，需要时我会请您在安全表单里填。", "hm"),
    ("结束", "结束", "还有别的事可以帮您吗？没有的话这次就到这里，以后随时在这里找我们。", "js"),
)


def add_replies(platform: Platform) -> None:
    """Adds what is missing, by title."""
    replies = [
        ReplyIn(title=title, group=group, text=text, shortcut=shortcut, own=False)
        for title, group, text, shortcut in _REPLIES
    ]
    with platform.database.begin() as session:
        keep_common_replies(session, replies, now=platform.clock.now())
