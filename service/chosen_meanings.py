"""`python -m service.chosen_meanings`: sentences with their meanings, one JSON object a line.

What merchants chose when they were asked back, and what agents said that a message meant.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from service.assist import corrected_meanings
from service.conversations import chosen_meanings
from service.migrate import is_migrated
from service.platform.database import Database
from service.platform.settings import SettingsError, get_settings


def main() -> int:
    try:
        database = Database(get_settings().database)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if not is_migrated(database):
        print(
            "The database is not there or not of this version: start the service once with make run.", file=sys.stderr
        )
        return 2
    with database.session() as session:
        for line in _lines(session):
            print(json.dumps({**line, "at": line["at"].isoformat()}, ensure_ascii=False))
    return 0


def _lines(session: Session) -> Iterator[dict[str, Any]]:
    yield from (asdict(one) for one in chosen_meanings(session))
    for row in corrected_meanings(session):
        names = ("text", "label", "taken_for", "confidence", "model", "at")
        yield {name: getattr(row, name) for name in names}


if __name__ == "__main__":
    sys.exit(main())
