"""The demo's merchants, made once for each moment and key; every later test gets copies of their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from service.accounts.models import Agency, Merchant, MerchantService, Terminal, Transaction
from service.demo import add_staff, load_demo
from service.platform.context import Platform

_TABLES = (Merchant, Terminal, MerchantService, Transaction, Agency)
_Rows = list[dict[str, Any]]
_made: dict[tuple[datetime, str, str], list[_Rows]] = {}


def copy_demo(platform: Platform) -> None:
    """What `load_demo` does on an empty database, in a fifth of the time."""
    settings = platform.settings
    key = (platform.clock.now(), settings.secret_key.get_secret_value(), settings.vault_keys.get_secret_value())
    made = _made.get(key)
    if made is None or not _is_empty(platform):
        load_demo(platform)
        _made[key] = _rows(platform)
        return
    with platform.database.begin() as session:
        for table, rows in zip(_TABLES, made, strict=True):
            if rows:
                session.execute(insert(table), rows)
    add_staff(platform)


def _is_empty(platform: Platform) -> bool:
    with platform.database.session() as session:
        return session.scalar(select(Merchant.id).limit(1)) is None


def _rows(platform: Platform) -> list[_Rows]:
    with platform.database.session() as session:
        return [
            [dict(row) for row in session.execute(select(*table.__table__.columns)).mappings()] for table in _TABLES
        ]
