"""The book of reasons: the file's, set right and added to by hand, seen by all at once, and nothing ever lost."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from service.cases.errors import LastReason, ReasonKnown, ReasonUnknown, ReasonUnusable
from service.cases.reason_book import ReasonBook, ReasonEntry
from service.cases.reasons import Deduction, Reason, Reasons
from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.trail import TrailEntry

IN_FILE = Reasons(
    document=(Reason(code="unclear", text="图片不清楚"), Reason(code="other", text="请重新提供")),
    reject=(Reason(code="no_deposit", text="没有查到这笔押金"),),
    deduction=(Deduction(code="damaged", text="机具损坏", clause="合同的机具条款", amount_fen=10_000),),
)
DARK = ReasonEntry("document", "too_dark", "太暗了，请开灯再拍")


@pytest.fixture
def book(clock: FixedClock) -> ReasonBook:
    return ReasonBook(IN_FILE, clock)


def codes(book: ReasonBook, database: Database) -> list[str]:
    with database.session() as session:
        return [reason.code for reason in book.read(session).document]


def test_an_untouched_book_is_the_file(book: ReasonBook, database: Database) -> None:
    with database.session() as session:
        assert book.read(session) == IN_FILE


def test_what_is_added_stands_after_the_files_and_another_process_sees_it_at_once(
    book: ReasonBook, database: Database, clock: FixedClock
) -> None:
    elsewhere = ReasonBook(IN_FILE, clock)
    with database.begin() as session:
        book.add(session, DARK, actor="staff:1")
    assert codes(elsewhere, database) == ["unclear", "other", "too_dark"]


def test_a_text_that_was_changed_wins_over_the_file_and_keeps_its_place(book: ReasonBook, database: Database) -> None:
    with database.begin() as session:
        book.change(session, ReasonEntry("document", "unclear", "看不清楚"), actor="staff:1")
        book.change(session, ReasonEntry("document", "unclear", "看不清，请重拍"), actor="staff:1")
        assert [reason.text for reason in book.read(session).document] == ["看不清，请重拍", "请重新提供"]


def test_a_reason_is_only_set_inactive_and_may_come_back(book: ReasonBook, database: Database) -> None:
    gone = ReasonEntry("document", "unclear", "图片不清楚", active=False)
    with database.begin() as session:
        book.change(session, gone, actor="staff:1")
        assert book.entry(session, gone.id) == gone
        with pytest.raises(ReasonKnown):
            book.add(session, replace(gone, active=True), actor="staff:1")
    assert codes(book, database) == ["other"]
    with database.begin() as session:
        book.change(session, replace(gone, active=True), actor="staff:1")
    assert codes(book, database) == ["unclear", "other"]


def test_of_what_reviewers_must_choose_from_one_always_stays(book: ReasonBook, database: Database) -> None:
    with database.begin() as session:
        with pytest.raises(LastReason):
            book.change(session, ReasonEntry("reject", "no_deposit", "没有查到", active=False), actor="staff:1")
        book.change(
            session, ReasonEntry("deduction", "damaged", "机具损坏", "合同的机具条款", active=False), actor="staff:1"
        )
        assert book.read(session).deduction == ()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (ReasonEntry("document", "Too Dark", "太暗了"), "code"),
        (ReasonEntry("document", "too_dark", "暗"), "text"),
        (ReasonEntry("deduction", "lost", "机具丢失", "条款"), "clause"),
        (ReasonEntry("deduction", "lost", "机具丢失", "合同的机具条款", 0), "amount_fen"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(
    book: ReasonBook, database: Database, entry: ReasonEntry, field: str
) -> None:
    with database.begin() as session, pytest.raises(ReasonUnusable) as refused:
        book.add(session, entry, actor="staff:1")
    assert refused.value.errors is not None
    assert refused.value.errors[0]["field"] == field


def test_nobody_changes_what_is_not_there(book: ReasonBook, database: Database) -> None:
    with database.begin() as session, pytest.raises(ReasonUnknown):
        book.change(session, DARK, actor="staff:1")


def test_each_change_stands_in_the_trail_with_before_and_after_and_none_that_changes_nothing(
    book: ReasonBook, database: Database
) -> None:
    changed = ReasonEntry("deduction", "damaged", "机具损坏", "合同的机具条款", 8_000)
    with database.begin() as session:
        book.add(session, DARK, actor="staff:1")
        book.change(session, changed, actor="staff:2")
        book.change(session, changed, actor="staff:3")
        entries = session.scalars(select(TrailEntry).order_by(TrailEntry.seq)).all()
    assert [(entry.actor, entry.action, entry.target) for entry in entries] == [
        ("staff:1", "reason.added", "reason:document:too_dark"),
        ("staff:2", "reason.changed", "reason:deduction:damaged"),
    ]
    assert entries[1].before is not None
    assert entries[1].after is not None
    assert (entries[1].before["amount_fen"], entries[1].after["amount_fen"]) == (10_000, 8_000)
