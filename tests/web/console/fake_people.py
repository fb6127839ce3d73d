"""Who works at the fake console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PASSWORD = "demo-console"
CSRF_TOKEN = "fake-csrf"


@dataclass(frozen=True)
class Person:
    id: str
    login: str
    name: str
    role: str

    def public(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "role": self.role}

    def session(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "role": self.role,
            "csrf_token": CSRF_TOKEN,
            "must_change_password": False,
            "second_factor": False,
            "must_set_second_factor": False,
            "rooms": ["queue"],
        }


HE = Person("st_he", "agent", "坐席小何", "agent")
WANG = Person("st_wang", "agent2", "坐席小王", "agent")
WU = Person("st_wu", "lead", "主管老吴", "lead")
LIN = Person("st_lin", "reviewer", "审核员小林", "reviewer")
PEOPLE = (HE, WANG, WU, LIN)


class Refusal(Exception):
    """An answer that is not 2xx; `more` stands beside the sentence."""

    def __init__(self, status: int, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.more = status, kind, detail, more


def person_with(login: str) -> Person | None:
    return next((person for person in PEOPLE if person.login == login), None)
