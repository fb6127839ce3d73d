"""Whatever the order of notices, queries, timeouts and crashes: one payout, never above the deposit, never back."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from service.accounts import DemoDirectory
from service.cases import store
from service.cases.audit import first_broken
from service.cases.models import Application, Payout, RefundLedger
from service.cases.payout.cashier import Cashier
from service.cases.payout.port import PayoutAnswer, PayoutOrder, Route, Verdict
from service.cases.payout.rules import LIVE, RANK, PayoutState
from service.platform.clock import FixedClock
from service.platform.ids import new_id
from tests.service.cases.world import CARD, SPRING, Desk, World, build_world, paying

DEPOSIT_FEN = 19_900


class Bank:
    """Honest about what is final, but its answers get lost, come late and come twice."""

    name = "simulated"

    def __init__(self) -> None:
        self.truth: dict[str, Verdict] = {}
        self.paid_fen = 0
        self.amounts: dict[str, int] = {}
        self.loses_order = False
        self.loses_answer = False
        self.sent_notices: list[tuple[str, PayoutAnswer]] = []

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        if self.loses_order:
            raise TimeoutError
        if order.refund_no not in self.truth:
            self.truth[order.refund_no] = Verdict.ACCEPTED
            self.amounts[order.refund_no] = order.amount_fen
        return self._answer(order.refund_no)

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        return self._answer(refund_no)

    def decide(self, refund_no: str, verdict: Verdict) -> None:
        if self.truth[refund_no] == Verdict.ACCEPTED:
            self.truth[refund_no] = verdict
            self.paid_fen += self.amounts[refund_no] if verdict == Verdict.PAID else 0

    def _answer(self, refund_no: str) -> PayoutAnswer:
        if self.loses_answer:
            return PayoutAnswer(Verdict.UNKNOWN)
        answer = PayoutAnswer(self.truth.get(refund_no, Verdict.NOT_FOUND), channel_no=f"B-{refund_no}")
        self.sent_notices.append((refund_no, answer))
        return answer


class PayingMachine(RuleBasedStateMachine):
    """One world for all runs; every run has a merchant, a terminal and a bank of its own."""

    world: World
    payer: Desk
    merchants = count(1)

    def __init__(self) -> None:
        super().__init__()
        merchant_no = f"8221000581{next(self.merchants):05d}"
        add_merchant(self.world, merchant_no)
        self.merchant, _refund_no = paying(self.world, merchant_no)
        with self.world.platform.database.session() as session:
            mine = select(Application).where(Application.application_no == self.merchant.no)
            self.application_id = session.scalars(mine).one().id
        self.bank = Bank()
        self.cashier = Cashier(self.world.platform.database, self.world.cases.payouts, self.bank)
        self.seen: dict[str, int] = {}

    def rows(self) -> list[Payout]:
        with self.world.platform.database.session() as session:
            return list(store.payouts(session, self.application_id))

    @property
    def state(self) -> str:
        with self.world.platform.database.session() as session:
            return session.get_one(Application, self.application_id).state

    @rule(lost_order=st.booleans(), lost_answer=st.booleans(), data=st.data())
    def the_job_takes_a_step(self, lost_order: bool, lost_answer: bool, data: st.DataObject) -> None:
        self.bank.loses_order, self.bank.loses_answer = lost_order, lost_answer
        refund_no = data.draw(st.sampled_from([row.refund_no for row in self.rows()]))
        self.cashier.step(refund_no)
        self.bank.loses_order = self.bank.loses_answer = False

    @rule()
    def the_job_is_killed_between_writing_down_and_sending(self) -> None:
        newest = self.rows()[-1]
        if PayoutState(newest.state) in LIVE and len(self.rows()) == 1:
            with self.world.platform.database.begin() as session:
                self.world.cases.payouts.may_send(session, newest.refund_no)

    @precondition(lambda self: any(verdict == Verdict.ACCEPTED for verdict in self.bank.truth.values()))
    @rule(verdict=st.sampled_from([Verdict.PAID, Verdict.FAILED, Verdict.ABNORMAL]), data=st.data())
    def the_bank_decides(self, verdict: Verdict, data: st.DataObject) -> None:
        self.bank.decide(data.draw(st.sampled_from(sorted(self.bank.truth))), verdict)

    @precondition(lambda self: self.bank.sent_notices)
    @rule(data=st.data())
    def an_old_notice_arrives(self, data: st.DataObject) -> None:
        refund_no, answer = data.draw(st.sampled_from(self.bank.sent_notices))
        with self.world.platform.database.begin() as session:
            self.world.cases.payouts.record(session, refund_no, answer)

    @precondition(lambda self: self.state == "payout_failed")
    @rule()
    def a_person_retries(self) -> None:
        assert self.payer.act(self.merchant.no, "payout/retry").status_code == 200

    @precondition(lambda self: self.state == "payout_abnormal")
    @rule()
    def the_merchant_gives_another_account(self) -> None:
        account = {"holder": "张春风", "bank": "演示银行", "number": CARD}
        assert self.merchant.say("other_account", account).status_code == 200

    @precondition(lambda self: self.state == "agreement_pending")
    @rule()
    def the_merchant_agrees(self) -> None:
        assert self.merchant.agree().status_code == 200

    @invariant()
    def money_moved_once_at_most(self) -> None:
        assert self.bank.paid_fen in (0, DEPOSIT_FEN)
        assert sum(row.state == PayoutState.PAID for row in self.rows()) <= 1

    @invariant()
    def promised_is_within_the_deposit(self) -> None:
        with self.world.platform.database.session() as session:
            assert all(row.committed_fen <= DEPOSIT_FEN for row in session.scalars(select(RefundLedger)))

    @invariant()
    def one_attempt_is_under_way(self) -> None:
        assert sum(PayoutState(row.state) in LIVE for row in self.rows()) <= 1

    @invariant()
    def no_state_goes_back(self) -> None:
        for row in self.rows():
            rank = RANK[PayoutState(row.state)]
            assert rank >= self.seen.get(row.refund_no, 0)
            self.seen[row.refund_no] = rank

    @invariant()
    def what_is_told_is_true(self) -> None:
        if self.state == "paid":
            assert self.bank.paid_fen == DEPOSIT_FEN

    @invariant()
    def the_trail_holds(self) -> None:
        with self.world.platform.database.session() as session:
            assert first_broken(store.events(session, self.application_id)) is None


class TestPayingOnce(PayingMachine.TestCase):
    settings = settings(max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))

    @classmethod
    def setUpClass(cls) -> None:
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
        PayingMachine.world = stack.enter_context(build_world(f"sqlite:///{folder / 'service.sqlite'}", folder, clock))
        PayingMachine.payer = PayingMachine.world.staff("payer")


def add_merchant(world: World, merchant_no: str) -> None:
    directory = world.cases.parts.directory
    assert isinstance(directory, DemoDirectory)
    demo = directory.find(SPRING)
    assert demo is not None
    directory.add(
        merchant_id=new_id(),
        merchant_no=merchant_no,
        name="春风小吃店",
        owner_name="张春风",
        phone="13800138001",
        account=directory.settlement_account(demo.id),
        terminals=directory.terminals(demo.id),
    )
