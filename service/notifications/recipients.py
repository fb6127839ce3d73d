"""Who gets a mail, and at which address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from service.accounts import staff_addresses, staff_of_roles
from service.notifications.preferences import Preferences
from service.platform.database import Database


class StaffAddresses:
    """The person, else the shared mailbox of the role, else everybody who has that role."""

    def __init__(self, mailboxes: Mapping[str, str]) -> None:
        self._mailboxes = mailboxes

    def recipients(self, session: Session, staff_ids: Collection[str], roles: Collection[str]) -> dict[str, str]:
        """Recipients with their addresses; each once."""
        found: dict[str, str] = {}
        wanted = set(roles)
        for contact in staff_addresses(session, staff_ids):
            if contact.email:
                found[f"staff:{contact.id}"] = contact.email
            else:
                wanted.add(contact.role)
        for role in sorted(wanted):
            if role in self._mailboxes:
                found[f"mailbox:{role}"] = self._mailboxes[role]
            else:
                found |= {f"staff:{it.id}": it.email for it in staff_of_roles(session, [role]) if it.email}
        return found

    def address_of(self, session: Session, recipient: str) -> str | None:
        """Where it goes now: somebody who has left gets nothing any more."""
        kind, _, name = recipient.partition(":")
        if kind == "mailbox":
            return self._mailboxes.get(name)
        return next((contact.email for contact in staff_addresses(session, [name])), None)


class Addresses:
    """Looked up when a mail goes out, so that one that was changed or taken away since is not written to."""

    def __init__(self, database: Database, preferences: Preferences, staff: StaffAddresses) -> None:
        self._database = database
        self._preferences = preferences
        self._staff = staff

    def of(self, recipient: str) -> str | None:
        kind, _, name = recipient.partition(":")
        with self._database.session() as session:
            if kind == "merchant":
                return self._preferences.of(session, name).email
            return self._staff.address_of(session, recipient)
