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
from service.command_start import database_or_exit
from service.conversations import chosen_meanings


def main() -> int:
    database = database_or_exit()
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
