"""The merchants as staff look after them: who they are is masked, and only what is open may be set right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from service.accounts.models import Merchant
from service.accounts.problems import MerchantGone
from service.accounts.records import PartyKind
from service.platform import trail
from service.platform.context import Platform
from service.platform.masking import mask_phone


@dataclass(frozen=True)
class MerchantEntry:
    id: str
    merchant_no: str
    name: str
    kind: PartyKind
    status: Literal["active", "closed"]
    phone_masked: str
    bank_name: str
    account_tail: str
    fees_owed_fen: int | None
    open_disputes: int | None
    created_at: datetime


class MerchantBook:
    def __init__(self, platform: Platform) -> None:
        self._cipher = platform.cipher
        self._clock = platform.clock

    def page(self, session: Session, text: str, *, skip: int, limit: int) -> Sequence[MerchantEntry]:
        """In the order of their numbers."""
        query = select(Merchant).where(*_fits(text)).order_by(Merchant.merchant_no).offset(skip).limit(limit)
        return [self._entry(merchant) for merchant in session.scalars(query)]

    def count(self, session: Session, text: str) -> int:
        return session.scalars(select(func.count()).select_from(Merchant).where(*_fits(text))).one()

    def entry(self, session: Session, merchant_id: str) -> MerchantEntry | None:
        merchant = session.get(Merchant, merchant_id)
        return self._entry(merchant) if merchant else None

    def set_right(
        self, session: Session, merchant_id: str, *, fees_owed_fen: int | None, open_disputes: int | None, actor: str
    ) -> MerchantEntry:
        """What the account has open, None for not known: after somebody has looked it up."""
        merchant = session.get(Merchant, merchant_id, with_for_update=True)
        if merchant is None:
            raise MerchantGone
        before = _open(merchant)
        merchant.fees_owed_fen, merchant.open_disputes = fees_owed_fen, open_disputes
        if _open(merchant) != before:
            trail.record(
                session,
                actor=actor,
                action="merchant.set_right",
                target=f"merchant:{merchant.merchant_no}",
                now=self._clock.now(),
                before=before,
                after=_open(merchant),
            )
        return self._entry(merchant)

    def _entry(self, merchant: Merchant) -> MerchantEntry:
        phone = self._cipher.decrypt(merchant.phone_sealed, context=f"merchant:{merchant.id}:phone")
        return MerchantEntry(
            id=merchant.id,
            merchant_no=merchant.merchant_no,
            name=merchant.name,
            kind=merchant.kind,
            status=merchant.status,
            phone_masked=mask_phone(phone),
            bank_name=merchant.bank_name or "",
            account_tail=self._account_tail(merchant),
            fees_owed_fen=merchant.fees_owed_fen,
            open_disputes=merchant.open_disputes,
            created_at=merchant.created_at,
        )

    def _account_tail(self, merchant: Merchant) -> str:
        if not merchant.account_sealed:
            return ""
        return self._cipher.decrypt(merchant.account_sealed, context=f"merchant:{merchant.id}:account")[-4:]


def _fits(text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    return [or_(Merchant.name.contains(text, autoescape=True), Merchant.merchant_no.contains(text, autoescape=True))]


def _open(merchant: Merchant) -> dict[str, int | None]:
    return {"fees_owed_fen": merchant.fees_owed_fen, "open_disputes": merchant.open_disputes}
