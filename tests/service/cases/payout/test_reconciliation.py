"""The report finds nothing where nothing is wrong, and names each kind of difference that somebody could make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service import reconcile as command
from service.cases.models import Application, Payout, RefundLedger
from service.cases.payout.books import read_books
from service.cases.payout.reconciliation import Books, Kind, differences
from service.platform.database import Base
from tests.service.cases.world import MING, OUYANG, Merchant, World, in_review, paying

Tamper = Callable[[Session, Merchant], object]


def on(table: type[Base], **values: Any) -> Tamper:
    """Changes a row behind the service's back."""
    return lambda session, _merchant: session.execute(update(table).values(**values))


def kinds(world: World) -> set[str]:
    return {difference["kind"] for difference in report(world)["differences"]}


def report(world: World) -> dict[str, Any]:
    answer = world.staff("payer").get("/v1/review/reconciliation")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def paid(world: World) -> Merchant:
    merchant, refund_no = paying(world)
    world.pay(refund_no)
    world.clock.advance(seconds=10)
    world.pay(refund_no)
    assert merchant.app["state"] == "paid"
    return merchant


def test_where_nothing_is_wrong_nothing_is_found(world: World) -> None:
    paid(world)
    paying(world, MING, {"terminal": "A2000001"})
    paying(world, OUYANG, {"terminal": "A3000001"})
    in_review(world, OUYANG, {"terminal": "A3000002"})
    found = report(world)
    assert found["differences"] == []
    assert found["counted"]["applications"] == 4
    assert (found["counted"]["payouts"], found["counted"]["ledgers"]) == (3, 3)


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (on(Application, state="paid"), Kind.PAID_WITHOUT_PAYOUT),
        (on(Application, state="rejected"), Kind.STATE_WITHOUT_EVENT),
        (on(Application, state="rejected"), Kind.STRAY_PAYOUT),
        (on(Application, approved_fen=1), Kind.AMOUNT),
        (on(Application, approved_fen=1), Kind.LEDGER),
        (on(Payout, amount_fen=1), Kind.AMOUNT),
        (on(Payout, state="failed", live_key=None), Kind.NOTHING_UNDER_WAY),
        (on(Payout, state="paid", live_key=None), Kind.PAYOUT_NOT_FOLLOWED),
        (on(RefundLedger, committed_fen=0), Kind.LEDGER),
        (lambda session, _merchant: session.execute(delete(RefundLedger)), Kind.LEDGER),
        (lambda session, _merchant: session.execute(delete(Payout)), Kind.EVENT_WITHOUT_PAYOUT),
        (lambda session, _merchant: add_attempt(session, "failed"), Kind.PAYOUT_WITHOUT_EVENT),
    ],
)
def test_a_change_of_money_under_way_is_found(lite: World, tamper: Tamper, kind: Kind) -> None:
    merchant, _refund_no = paying(lite)
    with lite.platform.database.begin() as session:
        tamper(session, merchant)
    assert kind in kinds(lite)


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (lambda session, _merchant: add_attempt(session, "paid"), Kind.PAID_TWICE),
        (on(Payout, state="failed"), Kind.PAID_WITHOUT_PAYOUT),
        (on(Payout, state="failed"), Kind.EVENT_WITHOUT_PAYOUT),
        (on(Payout, refund_no="SQ0000000000-1"), Kind.PAYOUT_WITHOUT_EVENT),
        (on(Application, state="paying"), Kind.NOTHING_UNDER_WAY),
    ],
)
def test_a_change_of_money_that_was_paid_is_found(lite: World, tamper: Tamper, kind: Kind) -> None:
    merchant = paid(lite)
    with lite.platform.database.begin() as session:
        tamper(session, merchant)
    assert kind in kinds(lite)


def test_a_promise_above_the_pot_is_found(lite: World) -> None:
    """The table's check forbids it; a backup that was put back wrongly need not have the check."""
    paying(lite)
    with lite.platform.database.session() as session:
        books = read_books(session)
    ledgers = [type(row)(row.merchant_id, row.pot, row.committed_fen - 1, row.committed_fen) for row in books.ledgers]
    changed = Books(books.applications, books.payouts, ledgers, books.events)
    found = differences(changed, now=lite.clock.now(), alarm_after=timedelta(hours=72))
    assert [difference.kind for difference in found] == [Kind.ABOVE_CEILING]


@pytest.mark.parametrize(("terminal", "words"), [("A2000001", "还没有结果"), ("A3000001", "还没有人复核")])
def test_a_payout_that_is_open_for_too_long_is_named(lite: World, terminal: str, words: str) -> None:
    merchant, refund_no = paying(lite, MING if terminal == "A2000001" else OUYANG, {"terminal": terminal})
    lite.clock.advance(hours=72)
    assert report(lite)["differences"] == []
    lite.clock.advance(seconds=1)
    (found,) = report(lite)["differences"]
    assert (found["kind"], found["application_no"]) == ("open_too_long", merchant.no)
    assert refund_no in found["text"]
    assert words in found["text"]


def test_only_those_who_answer_for_the_money_read_it(lite: World) -> None:
    assert lite.staff("reviewer").get("/v1/review/reconciliation").status_code == 403
    assert lite.client().get("/v1/review/reconciliation").status_code == 401


def test_the_command_ends_with_one_when_the_books_differ(
    lite: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paid(lite)
    monkeypatch.setattr("service.command_start.get_settings", lambda: lite.platform.settings)
    assert command.main() == 0
    assert "0 difference(s)." in capsys.readouterr().out
    with lite.platform.database.begin() as session:
        session.execute(update(RefundLedger).values(committed_fen=0))
    assert command.main() == 1
    assert "ledger  -  terminal:A1000001" in capsys.readouterr().out


def add_attempt(session: Session, state: str) -> None:
    first = session.scalars(select(Payout)).one()
    copied = {column.name: getattr(first, column.name) for column in Payout.__table__.columns}
    session.add(Payout(**{**copied, "refund_no": "SQ0000000000-9", "attempt": 9, "state": state, "live_key": None}))
