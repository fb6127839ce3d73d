"""Who of the staff does what at the review desk: the doors of its routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from service.accounts import Role, StaffMember, current_staff, roles_in

READERS = roles_in("queue")
"""Read applications and their documents."""
DECIDERS: tuple[Role, ...] = ("reviewer", "lead")
PAYERS: tuple[Role, ...] = ("payer", "lead")
NOTE_TAKERS: tuple[Role, ...] = ("agent", "reviewer", "payer", "lead")
ADVISERS: tuple[Role, ...] = ("reviewer", "payer", "lead")
"""Ask each other for a second opinion, and give one."""
REPORT_READERS = roles_in("reports")

Reader = Annotated[StaffMember, Depends(current_staff(*READERS))]
Reviewer = Annotated[StaffMember, Depends(current_staff(*DECIDERS))]
Payer = Annotated[StaffMember, Depends(current_staff(*PAYERS))]
NoteTaker = Annotated[StaffMember, Depends(current_staff(*NOTE_TAKERS))]
Adviser = Annotated[StaffMember, Depends(current_staff(*ADVISERS))]
ReportReader = Annotated[StaffMember, Depends(current_staff(*REPORT_READERS))]
