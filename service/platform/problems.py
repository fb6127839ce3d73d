"""The errors that the API speaks of (RFC 9457): each named after what went wrong, with a sentence for people."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Problem(Exception):
    """`detail` is a plain Chinese sentence with a next step; it may be shown to a merchant as it stands."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "系统开小差了"
    detail: str = "系统开小差了，请稍后再试一次。"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: list[dict[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if detail is not None:
            self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(f"{self.code}: {self.detail}")

    def document(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = self.errors
        return body


class BadRequest(Problem):
    status, code, title = 400, "bad_request", "请求有误"
    detail = "这个请求我们没看懂，请刷新页面后再试。"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "需要登录"
    detail = "登录已失效，请重新打开页面。"


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "没有权限"
    detail = "您没有权限做这一步，如需要请联系负责人。"


class IdentityRequired(Problem):
    status, code, title = 403, "identity_required", "需要核实身份"
    detail = "这一步要先核实商户身份，请按提示完成核实后继续。"


class NotFound(Problem):
    """Also for what belongs to somebody else: the two cannot be told apart."""

    status, code, title = 404, "not_found", "没有找到"
    detail = "没有找到您要的内容，请核对后再试。"


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "不支持的操作"
    detail = "这里不支持这样的操作，请刷新页面后再试。"


class Conflict(Problem):
    status, code, title = 409, "conflict", "情况有变化"
    detail = "情况刚刚有变化，请刷新后再试。"


class NotReady(Conflict):
    code, title = "not_ready", "还不能提交"
    detail = "还有内容没有填完，请补全后再提交。"


class VersionConflict(Problem):
    status, code, title = 412, "version_conflict", "内容已更新"
    detail = "内容刚刚被更新过，请刷新后再操作。"


class TooLarge(Problem):
    status, code, title = 413, "too_large", "内容太大"
    detail = "发送的内容太大了，请缩小后再试。"


class UnsupportedMedia(Problem):
    status, code, title = 415, "unsupported_media", "格式不支持"
    detail = "这种格式暂不支持，请换一种再试。"


class Invalid(Problem):
    status, code, title = 422, "invalid", "填写有误"
    detail = "有内容填写得不对，请检查后再试。"


class RateLimited(Problem):
    status, code, title = 429, "rate_limited", "操作太频繁"
    detail = "操作有点频繁，请稍等一会儿再试。"

    def __init__(self, detail: str | None = None, *, retry_after: int = 60) -> None:
        super().__init__(detail, headers={"Retry-After": str(max(1, retry_after))})


class ServiceUnavailable(Problem):
    status, code, title = 503, "unavailable", "系统正在恢复"
    detail = "系统正在恢复，您的内容已为您保留，请稍后再试。"

    def __init__(self, detail: str | None = None, *, retry_after: int = 5) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
