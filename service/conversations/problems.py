"""What can be wrong with what a merchant sends."""

from service.platform.problems import Conflict, Invalid


class EmptyMessage(Invalid):
    code, title = "empty_message", "消息是空的"
    detail = "请先写点什么再发送。"


class ChoiceUnknown(Invalid):
    code, title = "choice_unknown", "按钮已失效"
    detail = "这个按钮已经失效了，请直接打字告诉我您想办什么。"


class ChoiceUsed(Conflict):
    code, title = "choice_used", "已经选过了"
    detail = "这一步已经选过了，想改的话请直接打字告诉我，例如“原因选错了”。"
