"""Who is asking: the merchant or the bot of one conversation, or a member of the staff; and the routes' doors."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import Cookie, Depends, Header, Request
from sqlalchemy.orm import Session

from service.accounts.records import PartyKind
from service.accounts.roles import ROOMS, Role, Room, roles_in
from service.platform.context import CurrentPlatform
from service.platform.problems import Forbidden, IdentityRequired, NotFound, Unauthenticated

SESSION_COOKIE = "desk_session"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfMissing(Forbidden):
    code, title = "csrf_token_missing", "请求无法确认"
    detail = "页面已过期，请刷新页面后再操作。"


class NotServed(Forbidden):
    code, title = "not_served", "不是您在接待"
    detail = "这个对话现在不由您接待，不能代商户办理。请刷新看最新的情况。"


class PasswordChangeNeeded(Forbidden):
    code, title = "password_change_needed", "请先设置新密码"
    detail = "您现在用的是一次性密码，请先换成自己的密码，再继续。"


class SecondFactorSetupNeeded(Forbidden):
    code, title = "second_factor_setup_needed", "请先设置动态验证码"
    detail = "公司要求登录时再输一次动态验证码，请先用手机上的验证器绑定，再继续。"


@dataclass(frozen=True)
class Party:
    """Whom a conversation was verified for: a merchant, or an agent who brings merchants."""

    merchant_id: str
    kind: PartyKind


@dataclass(frozen=True)
class Actor:
    """Somebody who acts inside one conversation.

    The bot, and the agent who serves it, may do exactly what that conversation's merchant may.
    """

    conversation_id: str
    merchant_id: str | None
    kind: Literal["merchant", "bot", "agent"]
    party: PartyKind | None
    """What the conversation was verified as; None before that."""
    staff_id: str | None = None
    """Which agent works for the merchant."""

    @property
    def key(self) -> str:
        """For idempotency keys: the same key of two actors are two keys."""
        return f"{self.kind}:{self.staff_id or ''}{self.conversation_id}"


@dataclass(frozen=True)
class VerifiedActor(Actor):
    merchant_id: str
    party: PartyKind


@dataclass(frozen=True)
class StaffMember:
    id: str
    login: str
    name: str
    role: Role
    must_change_password: bool = False
    second_factor: bool = False
    must_set_second_factor: bool = False

    @property
    def key(self) -> str:
        return f"staff:{self.id}"

    @property
    def finished(self) -> bool:
        """Whether nothing of the own sign-in is left to be set."""
        return not (self.must_change_password or self.must_set_second_factor)

    @property
    def rooms(self) -> tuple[Room, ...]:
        return ROOMS[self.role]


class Doorkeeper(Protocol):
    """What the doors need to know; `service.accounts.service.Accounts` answers."""

    def conversation_of_token(self, token: str) -> str | None: ...

    def conversation_exists(self, session: Session, conversation_id: str) -> bool: ...

    def party_of(self, session: Session, conversation_id: str) -> Party | None: ...

    def serves(self, session: Session, conversation_id: str, staff_id: str) -> bool: ...

    def staff_of_cookie(self, session: Session, cookie: str) -> StaffMember | None: ...

    def csrf_token(self, cookie: str) -> str: ...


async def doorkeeper(request: Request) -> Doorkeeper:
    keeper: Doorkeeper = request.app.state.accounts
    return keeper


CurrentDoorkeeper = Annotated[Doorkeeper, Depends(doorkeeper)]


def current_actor(
    platform: CurrentPlatform,
    keeper: CurrentDoorkeeper,
    authorization: Annotated[str, Header(max_length=4096)] = "",
    x_conversation: Annotated[str, Header(max_length=64)] = "",
) -> Actor:
    """The merchant by its conversation token, or the bot by the service token on behalf of a conversation."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    service_token = platform.settings.service_token.get_secret_value()
    is_bot = hmac.compare_digest(token.encode(), service_token.encode())
    conversation_id = x_conversation if is_bot else keeper.conversation_of_token(token)
    if not conversation_id:
        raise Unauthenticated
    with platform.database.session() as session:
        if not keeper.conversation_exists(session, conversation_id):
            raise NotFound if is_bot else Unauthenticated
        party = keeper.party_of(session, conversation_id)
    kind: Literal["merchant", "bot"] = "bot" if is_bot else "merchant"
    return Actor(conversation_id, party.merchant_id if party else None, kind, party.kind if party else None)


CurrentActor = Annotated[Actor, Depends(current_actor)]


def require_merchant(actor: CurrentActor) -> VerifiedActor:
    if actor.merchant_id is None or actor.party is None:
        raise IdentityRequired
    return VerifiedActor(actor.conversation_id, actor.merchant_id, actor.kind, actor.party, actor.staff_id)


CurrentMerchant = Annotated[VerifiedActor, Depends(require_merchant)]


def current_staff(*roles: Role, unfinished: bool = False) -> Callable[..., StaffMember]:
    """A door for these roles (none named: for all staff). Every change has to show the CSRF token too.

    `unfinished` also lets in who still has to set a password or a second factor of their own.
    """

    def door(
        request: Request,
        platform: CurrentPlatform,
        keeper: CurrentDoorkeeper,
        desk_session: Annotated[str, Cookie(max_length=200)] = "",
        x_csrf_token: Annotated[str, Header(max_length=200)] = "",
    ) -> StaffMember:
        with platform.database.session() as session:
            member = keeper.staff_of_cookie(session, desk_session) if desk_session else None
        if member is None:
            raise Unauthenticated("登录已失效，请重新登录。")
        if request.method not in _SAFE_METHODS and not hmac.compare_digest(
            x_csrf_token.encode(), keeper.csrf_token(desk_session).encode()
        ):
            raise CsrfMissing
        if member.must_change_password and not unfinished:
            raise PasswordChangeNeeded
        if member.must_set_second_factor and not unfinished:
            raise SecondFactorSetupNeeded
        if roles and member.role not in roles:
            raise Forbidden
        return member

    return door


def served_actor(
    *,
    request: Request,
    platform: CurrentPlatform,
    keeper: CurrentDoorkeeper,
    authorization: Annotated[str, Header(max_length=4096)] = "",
    x_conversation: Annotated[str, Header(max_length=64)] = "",
    desk_session: Annotated[str, Cookie(max_length=200)] = "",
    x_csrf_token: Annotated[str, Header(max_length=200)] = "",
) -> Actor:
    """The merchant, the bot, or the agent who serves this conversation right now."""
    if authorization or not (desk_session and x_conversation):
        return current_actor(platform, keeper, authorization, x_conversation)
    staff = current_staff(*roles_in("console"))(request, platform, keeper, desk_session, x_csrf_token)
    with platform.database.session() as session:
        if not keeper.serves(session, x_conversation, staff.id):
            raise NotServed
        party = keeper.party_of(session, x_conversation)
    kind = party.kind if party else None
    return Actor(x_conversation, party.merchant_id if party else None, "agent", kind, staff.id)


ServedActor = Annotated[Actor, Depends(served_actor)]


def require_served_merchant(actor: ServedActor) -> VerifiedActor:
    return require_merchant(actor)


ServedMerchant = Annotated[VerifiedActor, Depends(require_served_merchant)]
