"""`python -m service.chosen_meanings`: what merchants chose when they were asked back, one JSON object a line."""

import json
import sys
from dataclasses import asdict

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
        for one in chosen_meanings(session):
            line = {**asdict(one), "at": one.at.isoformat()}
            print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
