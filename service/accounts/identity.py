"""Which merchant a conversation speaks for: by a token of the host page, or by a one-time code."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.directory import MerchantDirectory
from service.accounts.models import ConversationIdentity, OneTimeCode
from service.accounts.principals import Party
from service.accounts.problems import CodesOff, CodeTooSoon, IdentityConflict, IdentityTokenRefused
from service.accounts.records import MerchantRecord
from service.accounts.schemas import Identity
from service.accounts.sms import SmsSender
from service.platform.context import Platform
from service.platform.crypto import derive_key
from service.platform.limits import RateLimits
from service.platform.masking import mask_phone
from service.platform.outbox import Event, publish

TOPIC_CODE = "accounts.code_requested"
TOPIC_VERIFIED = "accounts.identity_verified"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class MerchantName:
    merchant_no: str
    name: str


class MerchantIdentities:
    def __init__(
        self, platform: Platform, directory: MerchantDirectory, sms: SmsSender | None, limits: RateLimits
    ) -> None:
        self._platform = platform
        self._clock = platform.clock
        self._directory = directory
        self._sms = sms
        self._limits = limits
        self._code_key = derive_key(platform.settings.secret_key.get_secret_value(), "one-time code")
        platform.outbox.subscribe(TOPIC_CODE, self._send_code, name="accounts.send_code")

    def of_conversation(self, session: Session, conversation_id: str) -> Identity | None:
        row = session.get(ConversationIdentity, conversation_id)
        merchant = self._directory.get(row.merchant_id) if row else None
        if row is None or merchant is None:
            return None
        return Identity(
            method="token" if row.method == "token" else "code",
            merchant_no=merchant.merchant_no,
            merchant_name=merchant.name,
            party=merchant.kind,
            phone_masked=mask_phone(merchant.phone),
        )

    def names_of(self, session: Session, conversation_ids: Collection[str]) -> dict[str, MerchantName]:
        """Whom these conversations are of, without asking the directory for each; the unverified are not there."""
        query = select(ConversationIdentity).where(ConversationIdentity.conversation_id.in_(list(conversation_ids)))
        found = {row.conversation_id: self._name(row) for row in session.scalars(query)}
        return {conversation_id: name for conversation_id, name in found.items() if name is not None}

    def _name(self, row: ConversationIdentity) -> MerchantName | None:
        if row.merchant_no is not None and row.merchant_name is not None:
            return MerchantName(row.merchant_no, row.merchant_name)
        merchant = self._directory.get(row.merchant_id)
        return MerchantName(merchant.merchant_no, merchant.name) if merchant else None

    def party_of(self, session: Session, conversation_id: str) -> Party | None:
        row = session.get(ConversationIdentity, conversation_id)
        return Party(row.merchant_id, row.party) if row else None

    def merchant_of_token(self, token: str) -> MerchantRecord:
        """The merchant that a host page vouches for."""
        for site, secret in self._platform.settings.identity_sites.items():
            try:
                merchant_no = rules.read_token(
                    token,
                    secret,
                    audience=rules.IDENTITY_AUDIENCE,
                    now=self._clock.now(),
                    max_lifetime=rules.IDENTITY_MAX_LIFETIME,
                )
            except rules.TokenRefused as refusal:
                log.info("identity.token_refused", site=site, reason=str(refusal))
                continue
            merchant = self._directory.find(rules.fold_merchant_no(merchant_no) or "")
            if merchant is not None:
                return merchant
            log.info("identity.token_of_unknown_merchant", site=site)
        raise IdentityTokenRefused

    def bind(self, session: Session, conversation_id: str, merchant: MerchantRecord, method: str) -> bool:
        """Ties the conversation to its merchant; True if it was not tied before."""
        row = session.get(ConversationIdentity, conversation_id, with_for_update=True)
        if row is not None:
            if row.merchant_id != merchant.id:
                raise IdentityConflict
            return False
        now = self._clock.now()
        session.add(
            ConversationIdentity(
                conversation_id=conversation_id,
                merchant_id=merchant.id,
                method=method,
                party=merchant.kind,
                merchant_no=merchant.merchant_no,
                merchant_name=merchant.name,
                verified_at=now,
            )
        )
        session.flush()
        payload = {"conversation_id": conversation_id, "merchant_id": merchant.id}
        publish(session, TOPIC_VERIFIED, payload, now=now)
        return True

    def request_code(self, session: Session, conversation_id: str, merchant_no: str, phone: str) -> tuple[int, int]:
        """Sends a code if the merchant has this phone; the answer is the same if not: seconds of life and of rest."""
        if self._sms is None:
            raise CodesOff
        now = self._clock.now()
        row = session.get(OneTimeCode, conversation_id, with_for_update=True)
        if row is not None and row.sent_at + rules.CODE_RESEND_AFTER > now:
            wait = row.sent_at + rules.CODE_RESEND_AFTER - now
            raise CodeTooSoon(retry_after=int(wait.total_seconds()))
        self._limit_codes(conversation_id, merchant_no, phone)
        merchant = self._directory.find(merchant_no)
        fits = merchant is not None and hmac.compare_digest(merchant.phone.encode(), phone.encode())
        code = rules.new_code()
        if row is None:
            row = OneTimeCode(conversation_id=conversation_id)
            session.add(row)
        row.merchant_id = merchant.id if merchant and fits else None
        row.code_hash = rules.hash_code(self._code_key, conversation_id, code)
        row.sent_at, row.expires_at = now, now + rules.CODE_LIFETIME
        row.tries, row.used_at = 0, None
        if fits:
            sealed = self._platform.cipher.encrypt(f"{phone} {code}", context=f"code:{conversation_id}")
            publish(session, TOPIC_CODE, {"conversation_id": conversation_id, "sealed": sealed}, now=now)
        return int(rules.CODE_LIFETIME.total_seconds()), int(rules.CODE_RESEND_AFTER.total_seconds())

    def count_try(self, session: Session, conversation_id: str, code: str) -> MerchantRecord | None:
        """The merchant if the code is right, which uses it up. A wrong try is counted: commit also when it fails."""
        row = session.get(OneTimeCode, conversation_id, with_for_update=True)
        if row is None or row.used_at is not None or row.expires_at <= self._clock.now():
            return None
        if row.tries >= rules.CODE_MAX_TRIES:
            return None
        row.tries += 1
        right = hmac.compare_digest(row.code_hash, rules.hash_code(self._code_key, conversation_id, code))
        if not right or row.merchant_id is None:
            return None
        row.used_at = self._clock.now()
        return self._directory.get(row.merchant_id)

    def _limit_codes(self, conversation_id: str, merchant_no: str, phone: str) -> None:
        rule = f"{self._platform.settings.verifications_per_hour}/hour"
        detail = "获取验证码的次数有点多，为了安全请一小时后再试。"
        for purpose, key in (
            ("code.conversation", conversation_id),
            ("code.phone", self._platform.blind_index(phone)),
            ("code.merchant", merchant_no),
        ):
            self._limits.check(purpose, rule, key, detail=detail)

    def _send_code(self, _session: Session, event: Event) -> None:
        if self._sms is None:
            return
        conversation_id = event.payload["conversation_id"]
        phone, code = self._platform.cipher.decrypt(event.payload["sealed"], context=f"code:{conversation_id}").split()
        self._sms.send_code(phone, code)
