"""What the roles of the staff are, and which rooms of the desk each may enter. One table, no I/O."""

from collections.abc import Mapping
from typing import Literal

Role = Literal["agent", "reviewer", "payer", "lead", "admin", "auditor"]
Room = Literal["queue", "console", "payouts", "reports", "reconciliation", "audit", "deliveries", "master_data"]

#: Who may look into a room. What may be done there is narrower, and each route says it.
ROOMS: Mapping[Role, tuple[Room, ...]] = {
    "agent": ("queue", "console"),
    "reviewer": ("queue",),
    "payer": ("queue", "payouts", "reconciliation"),
    "lead": ("queue", "console", "payouts", "reports", "reconciliation", "audit", "deliveries", "master_data"),
    "admin": ("reports", "deliveries", "master_data"),
    "auditor": ("queue", "payouts", "reports", "reconciliation", "audit", "deliveries", "master_data"),
}


def roles_in(*rooms: Room) -> tuple[Role, ...]:
    """Who may enter one of these rooms; for the doors of its routes: `current_staff(*roles_in("payouts"))`."""
    return tuple(role for role, entered in ROOMS.items() if set(rooms) & set(entered))
