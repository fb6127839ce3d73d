"""Whatever happens in whatever order, twice, late or not at all: money moves once, within the pot, and in the books.

Two applications about the same machine share its deposit. Around them everybody acts when it suits: the merchant, two
members of the staff, the paying job, and a bank whose answers and notices get lost, come late and come again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts import Actor, DemoDirectory, StaffMember
from service.cases import Cases, store
from service.cases.audit import chain_of
from service.cases.models import Application, ApplicationDocument, Payout, RefundLedger
from service.cases.payout import accounts
from service.cases.payout.books import reconcile
from service.cases.payout.cashier import Cashier
from service.cases.payout.port import Notice, NoticeRejected, PayoutAnswer, PayoutOrder, Route, Verdict
from service.cases.payout.rules import LIVE, RANK, PayoutState
from service.cases.rules import FINAL, DocumentState, State
from service.cases.schemas import AgreementIn, DecisionIn, Prefill, RefusalIn
from service.platform.chain import ChainHead, first_broken
from service.platform.clock import FixedClock
from service.platform.ids import new_id
from service.platform.problems import Problem
from tests.service.cases.world import CARD, REFUND_ANSWERS, SPRING, VALID_ID, World, build_world, new_sqlite

DEPOSIT_FEN = 19_900
LIMIT_FEN = 15_000
PART_FEN = 10_000
"""Below the limit; the whole deposit is above it."""
ACCOUNT = {"holder": "张春风", "bank": "演示银行", "number": CARD}
ANSWERS = {
    "deposit_refund": {**REFUND_ANSWERS, "claimed_deposit": None, "other_account": ACCOUNT},
    "cancel_pos": {
        "terminal": "A1000001",
        "reason": "device_fault",
        "machine": "lost",
        "identity_proof": {"name": "张春风", "id_number": VALID_ID},
        "payout_account": "on_file",
        "other_account": ACCOUNT,
    },
}
STAFF = (StaffMember("0" * 32, "one", "甲", "lead"), StaffMember("1" * 32, "other", "乙", "lead"))
"""Both may do everything, so that only four eyes stand between them and a payout of their own."""

steps = settings(max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
people = st.sampled_from(STAFF)
delays = st.integers(0, 3)


class Bank:
    """Honest about what is final, but its answers get lost, come late and come twice."""

    name = "simulated"

    def __init__(self) -> None:
        self.truth: dict[str, Verdict] = {}
        self.amounts: dict[str, int] = {}
        self.loses_order = False
        self.loses_answer = False
        self.told: list[tuple[str, Verdict]] = []

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        if self.loses_order:
            raise TimeoutError
        if order.refund_no not in self.truth:
            self.truth[order.refund_no] = Verdict.ACCEPTED
            self.amounts[order.refund_no] = order.amount_fen
        return self.query(order.refund_no)

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        if self.loses_answer:
            return PayoutAnswer(Verdict.UNKNOWN)
        verdict = self.truth.get(refund_no, Verdict.NOT_FOUND)
        self.told.append((refund_no, verdict))
        return PayoutAnswer(verdict, channel_no=f"B-{refund_no}", amount_fen=self.amounts.get(refund_no))

    def read_notice(self, headers: object, body: bytes) -> Notice:
        refund_no, _, verdict = body.decode().partition(" ")
        if headers != {"from": "the bank"}:
            raise NoticeRejected
        return Notice(refund_no, PayoutAnswer(Verdict(verdict), amount_fen=self.amounts.get(refund_no)))

    def decide(self, refund_no: str, verdict: Verdict) -> None:
        if self.truth[refund_no] == Verdict.ACCEPTED:
            self.truth[refund_no] = verdict

    @property
    def paid_fen(self) -> int:
        return sum(self.amounts[number] for number, verdict in self.truth.items() if verdict == Verdict.PAID)

    def under_way_or_paid(self, application_no: str) -> list[str]:
        moving = (Verdict.ACCEPTED, Verdict.PAID)
        return [no for no, verdict in self.truth.items() if no.startswith(application_no) and verdict in moving]


class MoneyMachine(RuleBasedStateMachine):
    """One world for all runs; every run has a merchant, a machine and a bank of its own."""

    world: World
    merchants = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.merchant_id = add_merchant(self.world, f"8221000581{next(self.merchants):05d}")
        self.actor = Actor(new_id(), self.merchant_id, "merchant", "merchant")
        self.bank = Bank()
        self.cases = Cases(replace(self.world.cases.parts, notices=self.bank))
        self.database = self.world.platform.database
        self.cashier = Cashier(self.database, self.cases.payouts, self.bank)
        self.numbers: list[str] = []
        self.ranks: dict[str, int] = {}

    # --- looking ---

    def read(self, number: str) -> Application:
        with self.database.session() as session:
            return store.find(session, number, None)

    def payouts(self, *numbers: str) -> list[Payout]:
        with self.database.session() as session:
            query = select(Payout).join(Application, Application.id == Payout.application_id)
            query = query.where(Application.application_no.in_(numbers or self.numbers))
            return list(session.scalars(query.order_by(Payout.refund_no)))

    def attempt(self, act: Callable[[Session], object]) -> bool:
        """Done, or refused with a sentence and without a trace."""
        try:
            with self.database.begin() as session:
                act(session)
        except Problem:
            return False
        return True

    def any_number(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.numbers))

    def version(self, number: str, behind: int = 0) -> int:
        return max(1, self.read(number).version - behind)

    # --- the merchant ---

    @precondition(lambda self: len(self.numbers) < 3)
    @rule(procedure=st.sampled_from(sorted(ANSWERS)), account=st.sampled_from(["on_file", "another"]))
    def files(self, procedure: str, account: str) -> None:
        def act(session: Session) -> None:
            number = self.cases.filing.create(session, self.actor, procedure, Prefill()).application_no
            answers = {**ANSWERS[procedure], "payout_account": account}
            while question := self.cases.show(session, store.find(session, number, self.actor)).next_question:
                if question.kind in ("confirm", "blocked"):
                    break
                self.cases.answering.answer(session, number, self.actor, question.field, answers[question.field])
            application = store.find(session, number, self.actor)
            for key in store.dossier(session, application, self.cases.parts.catalogue).required:
                row = ApplicationDocument(application_id=application.id, key=key, state=DocumentState.ACCEPTED)
                session.add(row)
            session.flush()
            self.cases.filing.submit(session, number, self.actor, application.version)
            filed.append(number)

        filed: list[str] = []
        if self.attempt(act):
            self.numbers += filed

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), accept=st.booleans(), behind=delays)
    def answers_to_the_agreement(self, data: st.DataObject, accept: bool, behind: int) -> None:
        number = self.any_number(data)
        version = self.version(number, behind)
        body = AgreementIn(accept=accept, version=version)
        self.attempt(lambda s: self.cases.filing.agree(s, number, self.actor, body))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def gives_another_account(self, data: st.DataObject) -> None:
        number = self.any_number(data)
        self.attempt(lambda s: self.cases.answering.answer(s, number, self.actor, "other_account", ACCOUNT))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def withdraws_or_submits_again(self, data: st.DataObject) -> None:
        number = self.any_number(data)
        if self.read(number).state == State.REJECTED:
            version = self.version(number)
            self.attempt(lambda s: self.cases.filing.submit(s, number, self.actor, version))
        else:
            self.attempt(lambda s: self.cases.filing.withdraw(s, number, self.actor, "不办了"))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def confirms_the_receipt(self, data: st.DataObject) -> None:
        number = self.any_number(data)
        self.attempt(lambda s: self.cases.filing.confirm_receipt(s, number, self.actor))

    # --- the staff ---

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=people, part=st.booleans(), behind=delays)
    def approves(self, data: st.DataObject, who: StaffMember, part: bool, behind: int) -> None:
        number = self.any_number(data)
        self.attempt(lambda s: self.cases.review.decide(s, number, who, self.approval(number, part, behind)))

    def approval(self, number: str, part: bool = False, behind: int = 0) -> DecisionIn:
        words = {"amount_fen": PART_FEN, "deduction_code": "fees_owed", "reason_text": "有费用没结清"} if part else {}
        return DecisionIn(decision="approve", version=self.version(number, behind), **words)

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=people)
    def rejects(self, data: st.DataObject, who: StaffMember) -> None:
        number = self.any_number(data)
        self.attempt(lambda s: self.cases.review.decide(s, number, who, self.rejection(number)))

    def rejection(self, number: str) -> DecisionIn:
        return DecisionIn(
            decision="reject", reason_code="other", reason_text="不符合合同", version=self.version(number)
        )

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=people, behind=delays)
    def releases(self, data: st.DataObject, who: StaffMember, behind: int) -> None:
        number = self.any_number(data)
        version = self.version(number, behind)
        self.attempt(lambda s: self.cases.review.release_payout(s, number, who, version))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=people)
    def refuses(self, data: st.DataObject, who: StaffMember) -> None:
        number = self.any_number(data)
        body = RefusalIn(reason_text="金额要再核对", version=self.version(number))
        self.attempt(lambda s: self.cases.review.refuse_payout(s, number, who, body))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=people)
    def tries_again(self, data: st.DataObject, who: StaffMember) -> None:
        number = self.any_number(data)
        self.attempt(lambda s: self.cases.review.retry_payout(s, number, who, self.version(number)))

    # --- the job and the bank ---

    @precondition(lambda self: self.payouts())
    @rule(lost_order=st.booleans(), lost_answer=st.booleans(), data=st.data())
    def the_job_takes_a_step(self, lost_order: bool, lost_answer: bool, data: st.DataObject) -> None:
        self.bank.loses_order, self.bank.loses_answer = lost_order, lost_answer
        self.cashier.step(data.draw(st.sampled_from(self.payouts())).refund_no)
        self.bank.loses_order = self.bank.loses_answer = False

    @precondition(lambda self: self.payouts())
    @rule(data=st.data())
    def the_job_is_killed_between_writing_down_and_sending(self, data: st.DataObject) -> None:
        payout = data.draw(st.sampled_from(self.payouts()))
        self.attempt(
            lambda s: (
                self.cases.payouts.to_ask_first(s, payout.refund_no) or self.cases.payouts.may_send(s, payout.refund_no)
            )
        )

    @precondition(lambda self: Verdict.ACCEPTED in self.bank.truth.values())
    @rule(verdict=st.sampled_from([Verdict.PAID, Verdict.FAILED, Verdict.ABNORMAL]), data=st.data())
    def the_bank_decides(self, verdict: Verdict, data: st.DataObject) -> None:
        self.bank.decide(data.draw(st.sampled_from(sorted(self.bank.truth))), verdict)

    @precondition(lambda self: self.bank.truth)
    @rule(data=st.data())
    def a_notice_arrives(self, data: st.DataObject) -> None:
        """Of now, or one that was on its way for long; some more than once."""
        current = sorted(self.bank.truth.items())
        self.notice(*data.draw(st.sampled_from(current + self.bank.told)))

    @precondition(lambda self: self.payouts())
    @rule(data=st.data())
    def a_forged_notice_arrives(self, data: st.DataObject) -> None:
        payout = data.draw(st.sampled_from(self.payouts()))
        with pytest.raises(Problem):
            self.notice(payout.refund_no, Verdict.PAID, sender="somebody")

    def notice(self, refund_no: str, verdict: Verdict, sender: str = "the bank") -> None:
        self.cases.notices.take("simulated", {"from": sender}, f"{refund_no} {verdict}".encode())

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.world.clock.advance(hours=hours)

    # --- what always holds ---

    @invariant()
    def money_stays_within_the_pot(self) -> None:
        with self.database.session() as session:
            mine = select(RefundLedger).where(RefundLedger.merchant_id == self.merchant_id)
            promised = sum(row.committed_fen for row in session.scalars(mine))
        assert self.bank.paid_fen <= promised <= DEPOSIT_FEN

    @invariant()
    def one_attempt_of_an_application_moves_money(self) -> None:
        for number in self.numbers:
            assert len(self.bank.under_way_or_paid(number)) <= 1
            assert sum(PayoutState(row.state) in LIVE for row in self.payouts(number)) <= 1

    @invariant()
    def what_was_held_was_let_go_by_somebody_else(self) -> None:
        for row in self.payouts() if self.numbers else ():
            assert (row.held_because is not None) == (row.amount_fen > LIMIT_FEN or is_to_another(self.cases, row))
            if row.held_because and row.refund_no in self.bank.truth:
                assert row.released_by not in (None, row.approved_by)

    @invariant()
    def no_payout_goes_back(self) -> None:
        for row in self.payouts() if self.numbers else ():
            rank = RANK[PayoutState(row.state)]
            assert rank >= self.ranks.get(row.refund_no, 0)
            self.ranks[row.refund_no] = rank

    @invariant()
    def what_is_told_is_true(self) -> None:
        for number in self.numbers:
            application = self.read(number)
            # One that was approved after the deposit was promised elsewhere ends without any money.
            if application.state == State.PAID or (application.state == State.CLOSED and application.approved_fen):
                paid = [no for no in self.bank.under_way_or_paid(number) if self.bank.truth[no] == Verdict.PAID]
                assert len(paid) == 1

    @invariant()
    def every_change_stands_in_the_chain(self) -> None:
        with self.database.session() as session:
            for number in self.numbers:
                application = store.find(session, number, None)
                rows, head = store.events(session, application.id), session.get(ChainHead, chain_of(application.id))
                assert first_broken(rows, head) is None
                assert rows[-1].target == application.state

    @invariant()
    def the_books_agree(self) -> None:
        found = reconcile(self.database, now=self.world.clock.now(), alarm_after=timedelta(days=9_999))
        assert found.differences == []

    def teardown(self) -> None:
        """No state is without a way out: from wherever the run has come to, everybody does what is left to do."""
        for number in self.numbers:
            for _ in range(30):
                state = State(self.read(number).state)
                if state in FINAL | {State.REJECTED}:
                    break
                self.go_on(number, state)
            assert State(self.read(number).state) in FINAL | {State.REJECTED}
        self.the_books_agree()
        self.money_stays_within_the_pot()

    def go_on(self, number: str, state: State) -> None:
        match state:
            case State.IN_REVIEW:
                done = self.attempt(lambda s: self.cases.review.decide(s, number, STAFF[0], self.approval(number)))
                if not done:  # the deposit is promised elsewhere
                    assert self.attempt(lambda s: self.cases.review.decide(s, number, STAFF[0], self.rejection(number)))
            case State.AGREEMENT_PENDING:
                self.answer_yes(number)
            case State.PAYING:
                self.pay(number)
            case State.PAYOUT_FAILED:
                self.attempt(lambda s: self.cases.review.retry_payout(s, number, STAFF[0], self.version(number)))
            case State.PAYOUT_ABNORMAL:
                self.attempt(lambda s: self.cases.answering.answer(s, number, self.actor, "other_account", ACCOUNT))
            case State.PAID:
                self.attempt(lambda s: self.cases.filing.confirm_receipt(s, number, self.actor))
            case _:
                raise AssertionError(f"nobody knows how to go on from {state}")

    def answer_yes(self, number: str) -> None:
        version = self.version(number)
        body = AgreementIn(accept=True, version=version)
        self.attempt(lambda s: self.cases.filing.agree(s, number, self.actor, body))

    def pay(self, number: str) -> None:
        newest = self.payouts(number)[-1]
        if newest.state == PayoutState.HELD:
            other = next(member for member in STAFF if member.id != newest.approved_by)
            self.attempt(lambda s: self.cases.review.release_payout(s, number, other, self.version(number)))
        self.cashier.step(newest.refund_no)
        if newest.refund_no in self.bank.truth:
            self.bank.decide(newest.refund_no, Verdict.PAID)
        self.cashier.step(newest.refund_no)


class TestMoney(MoneyMachine.TestCase):
    settings = steps

    @classmethod
    def setUpClass(cls) -> None:
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
        world = build_world(
            new_sqlite(folder),
            folder,
            clock,
            change=lambda values: values.update(four_eyes_above_fen=LIMIT_FEN),
        )
        MoneyMachine.world = stack.enter_context(world)


def is_to_another(cases: Cases, payout: Payout) -> bool:
    return accounts.account_of(cases.parts, payout).number == CARD


def add_merchant(world: World, merchant_no: str) -> str:
    directory = world.cases.parts.directory
    assert isinstance(directory, DemoDirectory)
    demo = directory.find(SPRING)
    assert demo is not None
    merchant_id = new_id()
    directory.add(
        merchant_id=merchant_id,
        merchant_no=merchant_no,
        name="春风小吃店",
        owner_name="张春风",
        phone="13800138001",
        account=directory.settlement_account(demo.id),
        terminals=directory.terminals(demo.id),
    )
    return merchant_id
