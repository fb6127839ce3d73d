"""`python -m service.demo`: made-up merchants, staff and canned replies to try things out; may be run again."""

import os
import sys
from pathlib import Path

from service.accounts import DemoDirectory, Role, StaffPeople
from service.command_start import settings_or_exit
from service.demo_merchants import add_merchants
from service.demo_replies import add_replies
from service.platform.context import Platform, create_platform

_STAFF: dict[str, tuple[str, Role]] = {
    "agent": ("小何", "agent"),
    "agent2": ("小王", "agent"),
    "reviewer": ("审核员小林", "reviewer"),
    "payer": ("出纳小周", "payer"),
    "lead": ("主管老吴", "lead"),
    "admin": ("管理员小郑", "admin"),
    "auditor": ("稽核员小钱", "auditor"),
}


def load_demo(platform: Platform) -> dict[str, str]:
    """Adds what is missing; gives the staff's logins with their passwords."""
    directory = DemoDirectory(platform.database, platform.cipher, platform.blind_index, platform.clock)
    add_merchants(directory, platform.clock.now())
    return add_staff(platform)


def add_staff(platform: Platform) -> dict[str, str]:
    """Those whom the settings give a password; gives it back with their logins."""
    people = StaffPeople(platform)
    logins = platform.settings.staff_demo_logins
    with platform.database.begin() as session:
        for login, (name, role) in _STAFF.items():
            if login in logins:
                people.keep_demo(session, login=login, name=name, role=role, password=logins[login])
    return {login: password for login, password in logins.items() if login in _STAFF}


def write_logins(path: Path, logins: dict[str, str]) -> None:
    lines = [f"  Staff login  {login:<10} password {password}\n" for login, password in logins.items()]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)


def main() -> int:
    settings = settings_or_exit()
    if not settings.is_demo:
        print("ENV=production has no demo data: set ENV=demo to try things out.", file=sys.stderr)
        return 2
    platform = create_platform(settings)
    write_logins(settings.data_dir / "demo-logins.txt", load_demo(platform))
    add_replies(platform)
    return 0


if __name__ == "__main__":
    sys.exit(main())
