"""What can be wrong with what a merchant, an agent or a call system sends."""

from typing import Any

from service.platform.problems import Conflict, Invalid, NotFound, ServiceUnavailable


class EmptyMessage(Invalid):
    code, title = "empty_message", "消息是空的"
    detail = "请先写点什么再发送。"


class ChoiceUnknown(Invalid):
    code, title = "choice_unknown", "按钮已失效"
    detail = "这个按钮已经失效了，请直接打字告诉我您想办什么。"


class ChoiceUsed(Conflict):
    code, title = "choice_used", "已经选过了"
    detail = "这一步已经选过了，想改的话请直接打字告诉我，例如“原因选错了”。"


class Taken(Conflict):
    code, title = "taken", "已经有人接待"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 已经接待了这个对话。", errors=[{"name": name}])


class NotYours(Conflict):
    code, title = "not_yours", "不是您在接待"
    detail = "这个对话现在不由您接待，请刷新看最新的情况。"


class MovedOn(Conflict):
    code, title = "moved_on", "商户又发了消息"
    detail = "商户刚又发来了消息，请看过再回复。"


class DraftWarns(Invalid):
    code, title = "draft_warns", "请再看一眼"
    detail = "这句话里有需要再看一眼的地方，请按提示改一改，或者确认后再发。"

    def __init__(self, warnings: list[dict[str, Any]]) -> None:
        super().__init__()
        self._warnings = warnings

    def document(self) -> dict[str, Any]:
        return {**super().document(), "warnings": self._warnings}


class NotOpen(Conflict):
    code, title = "not_open", "现在不能这样做"
    detail = "这个对话的情况已经变了，请刷新看最新的进展。"


class ColleagueAway(Invalid):
    code, title = "colleague_away", "找不到这位同事"
    detail = "这位同事现在不接待对话，请另选一位，或者放回队列。"


class CallUnknown(NotFound):
    code, title = "call_unknown", "没有这通电话"
    detail = "没有找到这通电话，请先登记来电。"


class CallEnded(Conflict):
    code, title = "call_ended", "电话已经结束"
    detail = "这通电话已经结束了，不能再添加内容。"


class AgentUnknown(Invalid):
    code, title = "agent_unknown", "找不到这位坐席"
    detail = "没有这个登录名的坐席，请核对后再试。"


class OnlyInCalls(Conflict):
    code, title = "only_in_calls", "只在电话里使用"
    detail = "网页上的商户请在对话里的卡片核对身份；这里只用于电话。"


class NoPhoneForLink(Conflict):
    code, title = "no_phone", "没有可以发短信的手机号"
    detail = "还不知道发给谁：请先核对商户身份，或登记来电号码。"


class LinkRefused(Invalid):
    code, title = "link_refused", "链接已失效"
    detail = "这个链接已经过期或不完整，请让客服再发一次。"


class MessagesOff(ServiceUnavailable):
    code, title = "codes_off", "短信暂时用不了"
    detail = "短信还没有开通，请用其他方式把材料交上来。"
