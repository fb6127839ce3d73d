"""Who works at the fake review desk."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "demo-review"


@dataclass(frozen=True)
class Person:
    id: str
    login: str
    name: str
    role: str

    def public(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "role": self.role}


PEOPLE = (
    Person("st_lin", "reviewer", "林审核", "reviewer"),
    Person("st_chen", "chen", "陈审核", "reviewer"),
    Person("st_zhou", "payer", "周出纳", "payer"),
    Person("st_he", "lead", "何主管", "lead"),
    Person("st_sun", "auditor", "孙审计", "auditor"),
    Person("st_guan", "admin", "关管理", "admin"),
)

ROOMS = {
    "reviewer": ["queue"],
    "payer": ["queue", "payouts", "reconciliation"],
    "lead": ["queue", "payouts", "reports", "reconciliation", "audit", "deliveries", "master_data"],
    "auditor": ["queue", "payouts", "reports", "reconciliation", "audit", "deliveries", "master_data"],
    "admin": ["reports", "deliveries", "master_data"],
}


def person_with(login: str) -> Person | None:
    return next((person for person in PEOPLE if person.login == login), None)
