"""The one engine that runs every procedure: what to ask next, which documents, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.cases.procedures.model import Choice, Condition, Conditional, Document, Procedure, Question

Answers = Mapping[str, str | None]
"""What the merchant said, by field; `None` is a question that was skipped."""


@dataclass(frozen=True)
class Facts:
    """What the contract says about the chosen terminal and its merchant."""

    deposit_left_fen: int = 0
    has_settlement_account: int = 0


def applies(part: Conditional, answers: Answers, facts: Facts) -> bool:
    return all(_holds(condition, answers, facts) for condition in part.when)


def questions_in_play(procedure: Procedure, answers: Answers, facts: Facts) -> list[Question]:
    return [question for question in procedure.questions if applies(question, answers, facts)]


def next_question(procedure: Procedure, answers: Answers, facts: Facts) -> Question | None:
    """The first question in play without an answer; `None` when only the merchant's yes is missing."""
    in_play = questions_in_play(procedure, answers, facts)
    return next((question for question in in_play if question.field not in answers), None)


def choices_in_play(question: Question, answers: Answers, facts: Facts) -> list[Choice]:
    return [choice for choice in question.choices if applies(choice, answers, facts)]


def outdated(procedure: Procedure, answers: Answers, facts: Facts) -> list[str]:
    """Answers that no longer belong to the application after an earlier one has changed."""
    dropped: list[str] = []
    kept = dict(answers)
    for question in procedure.questions:
        if question.field not in kept:
            continue
        offered = {choice.value for choice in choices_in_play(question, kept, facts)}
        wrong_choice = (
            question.kind == "choice" and kept[question.field] is not None and kept[question.field] not in offered
        )
        if wrong_choice or not applies(question, kept, facts):
            dropped.append(question.field)
            del kept[question.field]
    return dropped


def checklist(procedure: Procedure, answers: Answers, facts: Facts, requested: Collection[str] = ()) -> list[Document]:
    """The documents of this application; `requested` are those a reviewer asked for besides."""
    return [
        document
        for document in procedure.documents
        if applies(document, answers, facts) and (not document.on_request or document.key in requested)
    ]


def is_required(document: Document, requested: Collection[str] = ()) -> bool:
    return document.required or document.key in requested


def value_that_opens(procedure: Procedure, field: str, choice_field: str) -> str | None:
    """The value of a choice that brings a question into play."""
    question = procedure.question(field)
    conditions = question.when if question else ()
    return next((condition.is_in[0] for condition in conditions if condition.answer == choice_field), None)


def _holds(condition: Condition, answers: Answers, facts: Facts) -> bool:
    if condition.answer is not None:
        return answers.get(condition.answer) in condition.is_in
    value: int = getattr(facts, condition.fact or "")
    return value > (condition.over or 0)
