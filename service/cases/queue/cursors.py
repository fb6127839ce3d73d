"""Where a page of the list ended, as a token that the next request gives back. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from service.cases.models import Application
from service.platform.problems import BadRequest

NO_DAY = date.max
"""What has no deadline comes after everything that has one."""


@dataclass(frozen=True)
class Place:
    """Of one application in the list, in either order."""

    due: date
    submitted_at: datetime
    id: str


def place_of(application: Application) -> Place:
    moment = application.submitted_at or application.created_at
    return Place(application.deadline_on or NO_DAY, moment, application.id)


def write_cursor(place: Place, sort: str) -> str:
    content = [sort, place.due.isoformat(), place.submitted_at.isoformat(), place.id]
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def read_cursor(cursor: str, sort: str) -> Place:
    """A cursor of the other order, or of nobody's making, is refused."""
    try:
        made_for, due, moment, last_id = json.loads(base64.urlsafe_b64decode(cursor))
        submitted_at = datetime.fromisoformat(moment)
        if made_for != sort or submitted_at.tzinfo is None or not isinstance(last_id, str):
            raise BadRequest
        return Place(date.fromisoformat(due), submitted_at.astimezone(UTC), last_id)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise BadRequest from None
