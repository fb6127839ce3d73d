"""How a command (`python -m service.…`) begins: with the settings' migrated database, or a sentence and exit 2."""

import sys
from typing import NoReturn

from service.migrate import is_migrated
from service.platform.database import Database
from service.platform.settings import Settings, SettingsError, get_settings


def settings_or_exit() -> Settings:
    try:
        return get_settings()
    except SettingsError as error:
        _exit(str(error))


def database_or_exit() -> Database:
    return migrated_or_exit(Database(settings_or_exit().database))


def migrated_or_exit(database: Database) -> Database:
    if not is_migrated(database):
        _exit("The database is not there or not of this version: run `python -m service.migrate` first.")
    return database


def _exit(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(2)
