"""An application with everything that belongs to it, as the rules and the views look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.cases.models import Application, ApplicationAnswer, ApplicationDocument, ApplicationFile
from service.cases.procedures import engine
from service.cases.procedures.engine import Facts
from service.cases.procedures.model import Document, Procedure, Question
from service.cases.rules import DocumentState, Standing, State, not_accepted, still_missing


@dataclass(frozen=True)
class Dossier:
    """`facts` are those of the last look, or of now where somebody has just looked."""

    application: Application
    procedure: Procedure
    answers: Sequence[ApplicationAnswer]
    documents: Sequence[ApplicationDocument]
    files: Sequence[ApplicationFile]
    facts: Facts

    @property
    def state(self) -> State:
        return State(self.application.state)

    @property
    def plain(self) -> dict[str, str | None]:
        """The answers as the engine wants them; a secure one is only known to be there."""
        return {answer.field: answer.value for answer in self.answers}

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

    @property
    def pays(self) -> bool:
        """Whether money is asked for, or was granted."""
        granted = self.application.approved_fen
        return engine.pays(self.procedure, self.plain, self.facts) and granted != 0

    @property
    def machine_due(self) -> bool:
        return engine.machine_comes_back(self.procedure, self.plain, self.facts)

    def standing(self, *, paid: bool) -> Standing:
        """How an approved application stands; `paid` is for the payouts to say."""
        agreement, terms = self.procedure.agreement, self.procedure.machine_return
        return Standing(
            pays=bool(self.pays and self.application.approved_fen),
            needs_agreement=agreement is not None and agreement.required,
            agreed=self.application.agreed_at is not None,
            paid=paid,
            machine_due=terms.before if terms and self.machine_due else None,
            machine_back=self.application.machine in ("accepted", "waived"),
        )

    def titles(self, keys: Sequence[str]) -> list[str]:
        return [item.title for item in self.checklist if item.key in keys]

    def next_question(self) -> Question | None:
        return engine.next_question(self.procedure, self.plain, self.facts)

    def asked_fen(self) -> int | None:
        """The sum that the merchant named, where the procedure asks for one."""
        field = self.procedure.payout.amount if self.procedure.payout else None
        answer = self.answer(field) if field else None
        return int(answer.value) if answer and answer.value else None

    @property
    def awaits_amount(self) -> bool:
        """Whether the merchant will still be asked for a sum."""
        field = self.procedure.payout.amount if self.procedure.payout else None
        in_play = engine.questions_in_play(self.procedure, self.plain, self.facts)
        return any(question.field == field for question in in_play) and field not in self.plain

    def answer(self, field: str) -> ApplicationAnswer | None:
        return next((answer for answer in self.answers if answer.field == field), None)

    def document(self, key: str) -> ApplicationDocument | None:
        return next((row for row in self.documents if row.key == key), None)

    def files_of(self, key: str) -> list[ApplicationFile]:
        return [file for file in self.files if file.document_key == key]
