"""The payers' room: every attempt to pay, and the list that somebody takes to the bank."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import store, views
from service.cases.errors import NotListable, WrongState
from service.cases.models import Application, Payout
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.payout import store as payouts
from service.cases.payout.manual import MANUAL
from service.cases.payout.payers import payer_actions
from service.cases.payout.rules import UNDER_WAY, PayoutState
from service.cases.payout.store import GROUPS, Place
from service.cases.rules import State
from service.cases.schemas import PayoutLine, PayoutListIn
from service.platform import trail
from service.platform.spreadsheet import Cell, write_csv

HEADER = ("退款单号", "收款户名", "开户银行", "收款账号", "金额（元）", "附言")


class PayersRoom:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def lines(
        self, session: Session, staff: StaffMember, *, group: str, after: Place | None, limit: int
    ) -> list[PayoutLine]:
        rows = payouts.page(session, group, after, limit)
        names = store.staff_names(session, {payout.approved_by or "" for payout, _application in rows})
        return [self._line(payout, application, staff, names) for payout, application in rows]

    def counts(self, session: Session) -> dict[str, int]:
        by_state = payouts.counts(session)
        return {group: sum(by_state.get(state, 0) for state in states) for group, states in GROUPS.items()}

    def bank_list(self, session: Session, staff: StaffMember, body: PayoutListIn) -> bytes:
        """Account numbers in full, for who pays by hand; who took them, which, and why stands in the trail."""
        if self._parts.payout_adapter != MANUAL:
            raise WrongState("现在不是人工打款，不用列清单。")
        wanted = sorted(set(body.refund_nos))
        rows = payouts.by_numbers(session, wanted)
        ready = {payout.refund_no for payout in rows if _is_for_people(payout)}
        if missing := [number for number in wanted if number not in ready]:
            raise NotListable(missing)
        table = write_csv(HEADER, [self._cells(payout) for payout in rows])
        trail.record(
            session,
            actor=staff.key,
            action="payouts.listed",
            target="payouts",
            now=self._parts.platform.clock.now(),
            after={"refund_nos": wanted, "total_fen": sum(payout.amount_fen for payout in rows)},
            why=body.reason,
        )
        return table

    def _line(self, payout: Payout, application: Application, staff: StaffMember, names: dict[str, str]) -> PayoutLine:
        actions = payer_actions(State(application.state), payout, staff)
        shown = views.staff_payout(payout, accounts.account_of(self._parts, payout).shown(), names)
        return PayoutLine(
            **shown.model_dump(include=set(PayoutLine.model_fields)),
            application_no=application.application_no,
            label=views.name_of(self._parts.catalogue[application.procedure], application),
            merchant_name=application.merchant_name or "",
            may_release="release_payout" in actions,
            may_mark="payout" in actions,
            created_at=payout.created_at,
            version=application.version,
        )

    def _cells(self, payout: Payout) -> Sequence[Cell]:
        account = accounts.account_of(self._parts, payout)
        yuan = f"{payout.amount_fen // 100}.{payout.amount_fen % 100:02d}"
        return (
            payout.refund_no,
            account.holder,
            account.bank,
            _in_fours(account.number),
            yuan,
            f"退款 {payout.refund_no}",
        )


def _is_for_people(payout: Payout) -> bool:
    return payout.adapter == MANUAL and PayoutState(payout.state) in UNDER_WAY


def _in_fours(number: str) -> str:
    """With gaps it stays a text: a spreadsheet would round a number of 19 digits."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
