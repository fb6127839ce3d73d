"""`python -m service.staff add|reset|disable|list`: the people of the staff, for the first admin and in emergencies."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import get_args

from sqlalchemy.orm import Session

from service.accounts import Role, Staff, StaffChanges, StaffPeople
from service.command_start import migrated_or_exit, settings_or_exit
from service.platform.context import Platform, create_platform
from service.platform.problems import Problem

ROLES: tuple[Role, ...] = get_args(Role)

Command = Callable[[StaffPeople, Session, argparse.Namespace], str]


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    platform = create_platform(settings_or_exit())
    migrated_or_exit(platform.database)
    return run(platform, options)


def run(platform: Platform, options: argparse.Namespace) -> int:
    command: Command = options.command
    try:
        with platform.database.begin() as session:
            print(command(StaffPeople(platform), session, options))
    except Problem as problem:
        print(problem.detail, file=sys.stderr)
        return 1
    return 0


def add(people: StaffPeople, session: Session, options: argparse.Namespace) -> str:
    staff, password = people.add(session, actor=_actor(), login=options.login, name=options.name, role=options.role)
    return _password_of(staff, password)


def reset(people: StaffPeople, session: Session, options: argparse.Namespace) -> str:
    staff = people.named(session, options.login)
    if options.second_factor:
        people.remove_second_factor(session, staff.id, actor=_actor())
    return _password_of(staff, people.reset_password(session, staff.id, actor=_actor()))


def disable(people: StaffPeople, session: Session, options: argparse.Namespace) -> str:
    staff = people.named(session, options.login)
    people.change(session, staff.id, StaffChanges(staff.name, staff.role, active=False), actor=_actor())
    return f"{staff.login} can no longer sign in."


def show(people: StaffPeople, session: Session, options: argparse.Namespace) -> str:
    rows = [
        f"{person.login:<20} {person.role:<9} {'active' if person.active else 'disabled':<9} {person.name}"
        for person in people.entries(session)
    ]
    return "\n".join(rows) or "Nobody yet: add the first admin with `python -m service.staff add LOGIN --name NAME`."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m service.staff", description=__doc__)
    commands = parser.add_subparsers(required=True)
    adding = commands.add_parser("add", help="adds a person and prints a one-time password")
    adding.add_argument("login")
    adding.add_argument("--name", required=True, help="what colleagues call this person")
    adding.add_argument("--role", choices=ROLES, default="admin")
    adding.set_defaults(command=add)
    resetting = commands.add_parser("reset", help="ends all sessions of a person and prints a one-time password")
    resetting.add_argument("login")
    resetting.add_argument("--second-factor", action="store_true", help="also forgets the phone and recovery codes")
    resetting.set_defaults(command=reset)
    disabling = commands.add_parser("disable", help="ends all sessions of a person, who can no longer sign in")
    disabling.add_argument("login")
    disabling.set_defaults(command=disable)
    commands.add_parser("list", help="who works here").set_defaults(command=show)
    return parser


def _actor() -> str:
    """Whoever may run commands on the machine, by their name there."""
    return f"operator:{getpass.getuser()}"


def _password_of(staff: Staff, password: str) -> str:
    return f"{staff.login} ({staff.role}) signs in once with the password {password} and then sets one of their own."


if __name__ == "__main__":
    sys.exit(main())
