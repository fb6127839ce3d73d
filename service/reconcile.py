"""`python -m service.reconcile`: compares applications, ledgers, payouts and trail; ends with 1 when they differ."""

import sys

from service.cases import CaseSettings, reconcile
from service.command_start import database_or_exit
from service.platform.clock import SystemClock


def main() -> int:
    database = database_or_exit()
    found = reconcile(database, now=SystemClock().now(), alarm_after=CaseSettings().payout_alarm)
    print("、".join(f"{name} {count}" for name, count in found.counted.items()))
    for difference in found.differences:
        print(f"{difference.kind}  {difference.application_no or '-'}  {difference.text}")
    print(f"{len(found.differences)} difference(s).")
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
