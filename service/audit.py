"""`python -m service.audit verify`: names the first row of the trails that was changed or is gone; `head` prints how
far each chain is, to be kept outside of the database and given back to `verify --against FILE` later.
"""

import argparse
import sys
from pathlib import Path

from service.cases import HeadsUnreadable, heads, read_heads, verify, write_head
from service.command_start import database_or_exit
from service.platform.database import Database


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    database = database_or_exit()
    return _print_heads(database) if asked.what == "head" else _verify(database, asked.against)


def _print_heads(database: Database) -> int:
    with database.snapshot() as session:
        for head in heads(session):
            print(write_head(head))
    return 0


def _verify(database: Database, against: Path | None) -> int:
    try:
        kept = read_heads(against.read_text(encoding="utf-8").splitlines()) if against else []
    except (OSError, HeadsUnreadable) as error:
        print(f"{against} cannot be used: {error}.", file=sys.stderr)
        return 2
    with database.snapshot() as session:
        result = verify(session, kept)
    if result.broken is not None:
        broken = result.broken
        print(f"BROKEN: {broken.table}, {broken.row}: {broken.text}")
        return 1
    print(f"Whole: {result.checked} rows, each sealed with the one before.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m service.audit", description="Checks the trails (docs/audit.md).")
    commands = parser.add_subparsers(dest="what", required=True)
    check = commands.add_parser("verify", help="name the first broken row; exit 1 when there is one")
    check.add_argument("--against", type=Path, metavar="FILE", help="what `head` printed some time ago")
    commands.add_parser("head", help="print how far each chain is, one JSON object a line")
    return parser


if __name__ == "__main__":
    sys.exit(main())
