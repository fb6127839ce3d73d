"""Which steps of a rule are due. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.cases.reminders.policy import Action, Audience, Flag, Step
from service.cases.workdays import WorkCalendar


@dataclass(frozen=True)
class Due:
    """All that is to be done now: what came due together is said once, in the newest words."""

    days: tuple[int, ...]
    merchant: str
    left: int
    """Working days until the next step, for the text."""
    staff: tuple[Audience, ...]
    flag: Flag | None
    then: Action | None


def due_now(steps: Sequence[Step], day: int, sent: Mapping[int, date], since: Callable[[date], int]) -> Due | None:
    """`sent` has the day on which each step was taken; `since` counts the working days from such a day until today.

    What ends an application comes as long after the warning as the policy says, also when that one came late.
    """
    chosen: list[Step] = []
    for place, step in enumerate(steps):
        if step.day > day or step.day in sent:
            continue
        if step.then:
            warning = steps[place - 1]
            if warning.day not in sent or since(sent[warning.day]) < step.day - warning.day:
                continue
        chosen.append(step)
    if not chosen:
        return None
    following = next((step.day for step in steps if step.day > chosen[-1].day), chosen[-1].day)
    return Due(
        days=tuple(step.day for step in chosen),
        merchant=next((step.merchant for step in reversed(chosen) if step.merchant), ""),
        left=following - chosen[-1].day,
        staff=tuple(dict.fromkeys(audience for step in chosen for audience in step.staff)),
        flag=next((step.flag for step in reversed(chosen) if step.flag), None),
        then=chosen[-1].then,
    )


def day_of_deadline(calendar: WorkCalendar, today: date, due: date) -> int:
    """Working days from the due day: negative before it, positive once it is missed."""
    return calendar.between(due, today) if today > due else -calendar.between(today, due)
