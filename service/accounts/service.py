"""The face of the accounts: who is asking, which merchant they speak for, and what that merchant has."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.directory import MerchantDirectory
from service.accounts.identity import MerchantIdentities
from service.accounts.principals import Party, StaffMember
from service.accounts.schemas import MerchantOut, TerminalOut
from service.accounts.sms import SmsSender
from service.accounts.staff import StaffAccounts
from service.platform.context import Platform
from service.platform.crypto import derive_key
from service.platform.limits import RateLimits
from service.platform.problems import IdentityRequired

_CONVERSATION = "conversation"


class Accounts:
    """`conversation_exists` and `serves` are wired by the app: conversations stand above accounts."""

    def __init__(
        self,
        platform: Platform,
        *,
        directory: MerchantDirectory,
        sms: SmsSender | None,
        limits: RateLimits,
        conversation_exists: Callable[[Session, str], bool],
        serves: Callable[[Session, str, str], bool] = lambda _session, _conversation_id, _staff_id: False,
    ) -> None:
        self._platform = platform
        self._token_key = derive_key(platform.settings.secret_key.get_secret_value(), "conversation token")
        self._conversation_exists = conversation_exists
        self._serves = serves
        self.directory = directory
        self.sms = sms
        self.staff = StaffAccounts(platform)
        self.identities = MerchantIdentities(platform, directory, sms, limits)

    @property
    def token_lifetime(self) -> timedelta:
        return timedelta(days=self._platform.settings.conversation_ttl_days)

    def conversation_token(self, conversation_id: str, now: datetime) -> str:
        return rules.sign_token(
            conversation_id, self._token_key, audience=_CONVERSATION, now=now, lifetime=self.token_lifetime
        )

    def conversation_of_token(self, token: str) -> str | None:
        try:
            return rules.read_token(
                token,
                self._token_key,
                audience=_CONVERSATION,
                now=self._platform.clock.now(),
                max_lifetime=self.token_lifetime,
            )
        except rules.TokenRefused:
            return None

    def conversation_exists(self, session: Session, conversation_id: str) -> bool:
        return self._conversation_exists(session, conversation_id)

    def serves(self, session: Session, conversation_id: str, staff_id: str) -> bool:
        """Whether this agent serves this conversation right now."""
        return self._serves(session, conversation_id, staff_id)

    def party_of(self, session: Session, conversation_id: str) -> Party | None:
        return self.identities.party_of(session, conversation_id)

    def merchant_of(self, session: Session, conversation_id: str) -> str | None:
        party = self.party_of(session, conversation_id)
        return party.merchant_id if party else None

    def staff_of_cookie(self, session: Session, cookie: str) -> StaffMember | None:
        return self.staff.sessions.member(session, cookie)

    def csrf_token(self, cookie: str) -> str:
        return self.staff.sessions.csrf_token(cookie)

    def merchant(self, merchant_id: str) -> MerchantOut:
        merchant = self.directory.get(merchant_id)
        if merchant is None:
            raise IdentityRequired
        return MerchantOut(
            merchant_no=merchant.merchant_no,
            name=merchant.name,
            terminals=[
                TerminalOut(
                    terminal_no=terminal.terminal_no,
                    sn_tail=terminal.sn_tail,
                    model=terminal.model,
                    status=terminal.status,
                    deposit_fen=terminal.deposit_fen,
                    bound_at=terminal.bound_at,
                )
                for terminal in self.directory.terminals(merchant_id)
            ],
        )
