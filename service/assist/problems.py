"""What can go wrong when suggestions are used."""

from __future__ import annotations

from service.platform.problems import Conflict, Invalid, NotFound


class NotYours(Conflict):
    code, title = "not_yours", "不是您在接待"
    detail = "这段对话现在不是您在接待，请先接入再操作。"


class NoSuchSuggestion(NotFound):
    detail = "没有找到这条建议，可能对话已经往下走了。"


class NoSuchMessage(NotFound):
    detail = "没有找到商户的这条消息，请刷新页面后再试。"


class MeaningUnknown(Invalid):
    code, title = "meaning_unknown", "没有这个意思"
    detail = "没有这个意思，请从列表里选一个。"
