"""The queue of the fake review service: narrowing, order, what comes next, and saved views."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .fake_cases import Case
from .fake_people import PEOPLE, Person

PAGE = 20
MOST_VIEWS = 20
FOR_STAFF = ("in_review", "inspecting")


@dataclass(frozen=True)
class Asked:
    """The filters of `GET /v1/review/applications`."""

    state: str = ""
    procedure: str = ""
    team: str = ""
    assignee: str = ""
    due: str = ""
    sort: str = "submitted"
    q: str = ""

    def fits(self, case: Case, me: Person) -> bool:
        return (
            (not self.procedure or case["procedure"]["code"] == self.procedure)
            and (not self.team or case["team"] == self.team)
            and self._fits_assignee(case, me)
            and self._fits_due(case)
            and self._fits_words(case)
        )

    def _fits_assignee(self, case: Case, me: Person) -> bool:
        if not self.assignee:
            return True
        names = {person.id: person.name for person in PEOPLE}
        wanted = {"me": me.name, "nobody": None}.get(self.assignee, names.get(self.assignee, ""))
        return bool(case["assignee"] == wanted)

    def _fits_due(self, case: Case) -> bool:
        if not self.due or case["deadline"] is None:
            return not self.due
        due, today = date.fromisoformat(case["deadline"]["date"]), china_today()
        return {"overdue": due < today, "today": due == today, "soon": due <= today + timedelta(days=2)}[self.due]

    def _fits_words(self, case: Case) -> bool:
        return (
            not self.q
            or self.q in case["application_no"]
            or self.q in case["merchant_name"]
            or self.q in case["merchant_no"]
            or self.q == case["phone_tail"]
        )

    def ordered(self, cases: list[Case]) -> list[Case]:
        if self.sort == "submitted":
            return sorted(cases, key=lambda case: case["submitted_at"])
        return sorted(cases, key=lambda case: (case["deadline"] or {"date": "9999"})["date"])


def china_today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()


def page_of(cases: list[Case], asked: Asked, me: Person, cursor: str) -> dict[str, Any]:
    fitting = [case for case in cases if asked.fits(case, me)]
    shown = asked.ordered([case for case in fitting if not asked.state or case["state"] == asked.state])
    start = int(cursor or 0)
    return {
        "items": [line_of(case) for case in shown[start : start + PAGE]],
        "next_cursor": str(start + PAGE) if start + PAGE < len(shown) else None,
        "counts": dict(Counter(case["state"] for case in fitting)),
    }


def next_of(cases: list[Case], asked: Asked, me: Person, after: str) -> str | None:
    urgent = Asked(**{**asdict(asked), "sort": "due"})
    waiting = [
        case
        for case in cases
        if urgent.fits(case, me)
        and case["state"] in FOR_STAFF
        and case["assignee"] in {None, me.name}
        and case["application_no"] != after
        and (not asked.state or case["state"] == asked.state)
    ]
    return next((case["application_no"] for case in urgent.ordered(waiting)), None)


def line_of(case: Case) -> dict[str, Any]:
    required = [each for each in case["documents"] if each["required"]]
    return {
        "application_no": case["application_no"],
        "label": case["label"],
        "procedure": case["procedure"],
        "team": case["team"],
        "merchant_name": case["merchant_name"],
        "merchant_no": case["merchant_no"],
        "state": case["state"],
        "state_title": case["state_title"],
        "amount_fen": case["amount_fen"],
        "deadline": case["deadline"],
        "assignee": case["assignee"],
        "documents": {
            "required": len(required),
            "uploaded": sum(each["state"] != "missing" for each in required),
            "accepted": sum(each["state"] == "accepted" for each in required),
        },
        "attention": case["attention"],
        "submitted_at": case["submitted_at"],
        "version": case["version"],
    }
