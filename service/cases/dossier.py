"""An application with everything that belongs to it, as the rules and the views look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.cases.models import Application, ApplicationAnswer, ApplicationDocument, ApplicationFile
from service.cases.procedures import engine
from service.cases.procedures.engine import Facts
from service.cases.procedures.model import Document, Procedure, Question
from service.cases.rules import DocumentState, State, not_accepted, still_missing


@dataclass(frozen=True)
class Dossier:
    application: Application
    procedure: Procedure
    answers: Sequence[ApplicationAnswer]
    documents: Sequence[ApplicationDocument]
    files: Sequence[ApplicationFile]

    @property
    def state(self) -> State:
        return State(self.application.state)

    @property
    def plain(self) -> dict[str, str | None]:
        """The answers as the engine wants them; a secure one is only known to be there."""
        return {answer.field: answer.value for answer in self.answers}

    @property
    def facts(self) -> Facts:
        application = self.application
        return Facts(application.amount_fen or 0, int(application.has_account))

    @property
    def checklist(self) -> list[Document]:
        return engine.checklist(self.procedure, self.plain, self.facts, self.application.requested)

    @property
    def required(self) -> list[str]:
        return [item.key for item in self.checklist if engine.is_required(item, self.application.requested)]

    @property
    def document_states(self) -> dict[str, DocumentState]:
        return {row.key: DocumentState(row.state) for row in self.documents}

    @property
    def missing(self) -> list[str]:
        """Required documents that the merchant has to send."""
        return still_missing(self.required, self.document_states)

    @property
    def undecided(self) -> list[str]:
        """Required documents that are not accepted yet."""
        return not_accepted(self.required, self.document_states)

    def titles(self, keys: Sequence[str]) -> list[str]:
        return [item.title for item in self.checklist if item.key in keys]

    def next_question(self) -> Question | None:
        return engine.next_question(self.procedure, self.plain, self.facts)

    def answer(self, field: str) -> ApplicationAnswer | None:
        return next((answer for answer in self.answers if answer.field == field), None)

    def document(self, key: str) -> ApplicationDocument | None:
        return next((row for row in self.documents if row.key == key), None)

    def files_of(self, key: str) -> list[ApplicationFile]:
        return [file for file in self.files if file.document_key == key]
