"""Use cases of the list: a page of it, and the next one to do."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases.doors import DECIDERS
from service.cases.parts import Parts
from service.cases.queue import phone_tails, store
from service.cases.queue.cursors import place_of, read_cursor, write_cursor
from service.cases.queue.lines import review_lines
from service.cases.queue.schemas import NextQuery, QueueFilters, QueueQuery, ReviewPage
from service.cases.queue.store import Wanted
from service.cases.workdays import china_day

PAGE_SIZE = 30
SOON_WORKING_DAYS = 2


class Queue:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def page(self, session: Session, query: QueueQuery, staff: StaffMember) -> ReviewPage:
        wanted = self._wanted(query, staff)
        after = read_cursor(query.cursor, query.sort) if query.cursor else None
        rows = store.page(session, wanted, sort=query.sort, after=after, limit=PAGE_SIZE + 1)
        shown = rows[:PAGE_SIZE]
        return ReviewPage(
            items=review_lines(session, shown, self._parts.catalogue, staff, self._today()),
            next_cursor=write_cursor(place_of(shown[-1]), query.sort) if len(rows) > PAGE_SIZE else None,
            counts=store.counts(session, wanted),
        )

    def next_no(self, session: Session, query: NextQuery, staff: StaffMember) -> str | None:
        """The earliest due; who has just passed one by goes on behind it, and begins again at the end."""
        if staff.role not in DECIDERS:
            return None
        wanted = self._wanted(query, staff)
        place = store.place_of_waiting(session, query.after) if query.after else None
        for after in [place, None] if place else [None]:
            number = store.next_waiting(session, wanted, staff_id=staff.id, after=after, without=query.after)
            if number is not None:
                return number
        return None

    def _wanted(self, filters: QueueFilters, staff: StaffMember) -> Wanted:
        first, last = self._due(filters.due)
        text = filters.q.strip()
        return Wanted(
            states=tuple(filters.state.split(",")) if filters.state else (),
            procedures=self._procedures(filters.procedure, filters.team),
            assignee=staff.id if filters.assignee == "me" else filters.assignee,
            due_from=first,
            due_to=last,
            text=text,
            phone_tail=phone_tails.searched(self._parts.platform.blind_index, text),
        )

    def _procedures(self, procedure: str, team: str) -> tuple[str, ...] | None:
        """Codes of the procedures that are wanted; None for all of them."""
        if not procedure and not team:
            return None
        return tuple(
            code
            for code, found in self._parts.catalogue.items()
            if procedure in ("", code) and team in ("", found.team)
        )

    def _due(self, due: str) -> tuple[date | None, date | None]:
        """First and last day; what is due today is due soon as well, what is overdue is not."""
        today = self._today()
        match due:
            case "overdue":
                return None, date.fromordinal(today.toordinal() - 1)
            case "today":
                return today, today
            case "soon":
                return today, self._parts.calendar.after(today, SOON_WORKING_DAYS).day
            case _:
                return None, None

    def _today(self) -> date:
        return china_day(self._parts.platform.clock.now())
