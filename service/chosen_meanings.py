"""`python -m service.chosen_meanings`: what merchants chose when they were asked back, one JSON object a line."""

import json
import sys
from dataclasses import asdict

from service.command_start import database_or_exit
from service.conversations import chosen_meanings


def main() -> int:
    database = database_or_exit()
    with database.session() as session:
        for one in chosen_meanings(session):
            line = {**asdict(one), "at": one.at.isoformat()}
            print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
