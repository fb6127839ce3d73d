"""What every request of these pages passes: the desk's session, its CSRF token, and a strict policy for the page."""

import hmac
import secrets

from fastapi.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp
from starlette_admin.auth import AdminUser, BaseAuthProvider
from starlette_admin.security.csrf import CSRFMiddleware

from service.accounts import SESSION_COOKIE, Accounts, StaffMember, roles_in
from service.admin.pages import page
from service.platform.database import Database

DESK = "/desk/"
_STATIC = "/static/"


class DeskSession(BaseAuthProvider):
    """Whoever is signed in at the desk is signed in here."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        super().__init__()
        self._database = database
        self._accounts = accounts

    async def authenticate(self, request: Request) -> AdminUser | None:
        member = await run_in_threadpool(self._member, request.cookies.get(SESSION_COOKIE, ""))
        if member is None:
            return None
        request.state.staff = member
        return AdminUser(member.name)

    def get_middleware(self) -> Middleware:
        return Middleware(StaffOnly, provider=self)

    def _member(self, cookie: str) -> StaffMember | None:
        with self._database.session() as session:
            return self._accounts.staff_of_cookie(session, cookie)


class StaffOnly(BaseHTTPMiddleware):
    """Sends to the desk who has to sign in or to finish that, and refuses who has no business here."""

    def __init__(self, app: ASGIApp, provider: DeskSession) -> None:
        super().__init__(app)
        self._provider = provider

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if is_static(request):
            return await call_next(request)
        user = await self._provider.authenticate(request)
        if user is None or not member_of(request).finished:
            return RedirectResponse(DESK, status_code=303)
        if member_of(request).role not in roles_in("master_data"):
            return page("refused.html", status=403, request=request)
        request.state.admin_user, request.state.is_anonymous = user, False
        return await call_next(request)


class SessionCsrf(CSRFMiddleware):
    """The desk's token in the place of the library's: it belongs to one session, and nobody can bring another.

    The library's scripts read it from a cookie and its forms from `request.state`.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        BaseHTTPMiddleware.__init__(self, app)
        self._accounts = accounts

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        token = self._accounts.csrf_token(request.cookies.get(SESSION_COOKIE, ""))
        request.state.csrf_token = token
        if request.method not in self.safe_methods:
            shown = await self._get_submitted_token(request) or ""
            if not hmac.compare_digest(shown.encode(), token.encode()):
                return page("expired.html", status=403, request=request)
        response = await call_next(request)
        if not is_static(request) and request.cookies.get(self.cookie_name) != token:
            secure = request.url.scheme == "https"
            response.set_cookie(
                self.cookie_name, token, samesite="strict", secure=secure, path=request.scope["root_path"]
            )
        return response


class PagePolicy(BaseHTTPMiddleware):
    """Only scripts of our own files and those that carry the nonce of this very answer; nothing is kept."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        nonce = secrets.token_urlsafe(16)
        request.state.nonce = nonce
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = content_security_policy(nonce)
        if not is_static(request):
            response.headers["Cache-Control"] = "no-store"
        return response


def content_security_policy(nonce: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",  # the library sets widths and heights where they stand
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def is_static(request: Request) -> bool:
    return request.url.path.startswith(request.scope["root_path"] + _STATIC)


def member_of(request: Request) -> StaffMember:
    member: StaffMember = request.state.staff
    return member
