"""What can go wrong with notices, as the API says it."""

from service.platform.problems import Conflict, Invalid


class AddressRefused(Invalid):
    code, title = "email_refused", "邮箱地址有误"
    detail = "这个邮箱地址好像不对，请检查一下，例如 name@example.com。"


class NotDead(Conflict):
    code, title = "delivery_not_dead", "不用重发"
    detail = "这条通知已经发出，或者还会自动重试，不用重发。请刷新后看最新的情况。"
