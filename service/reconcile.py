"""`python -m service.reconcile`: compares applications, ledgers, payouts and trail; ends with 1 when they differ."""

import sys

from service.cases import CaseSettings, reconcile
from service.migrate import is_migrated
from service.platform.clock import SystemClock
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
    found = reconcile(database, now=SystemClock().now(), alarm_after=CaseSettings().payout_alarm)
    print("、".join(f"{name} {count}" for name, count in found.counted.items()))
    for difference in found.differences:
        print(f"{difference.kind}  {difference.application_no or '-'}  {difference.text}")
    print(f"{len(found.differences)} difference(s).")
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
