"""The one engine that runs every procedure: what to ask next, which documents, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from service.cases.procedures.model import (
    Check,
    Choice,
    Condition,
    Conditional,
    Document,
    FactValue,
    Procedure,
    Question,
)

Answers = Mapping[str, str | None]
"""What the merchant said, by field; `None` is a question that was skipped."""


Facts = Mapping[str, FactValue]
"""What contract, account and records say about the subject, by the names in `Fact`; what is not known is not there."""


def applies(part: Conditional, answers: Answers, facts: Facts) -> bool:
    return all(holds(condition, answers, facts) for condition in part.when)


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
    return next((str(condition.is_in[0]) for condition in conditions if condition.answer == choice_field), None)


def turns_to(question: Question, value: str | None) -> str | None:
    """The procedure in which this answer goes on, if it goes on in another one."""
    return next((choice.turns_to for choice in question.choices if choice.value == value), None)


def checks_in_play(procedure: Procedure, answers: Answers, facts: Facts) -> list[Check]:
    return [check for check in procedure.checks if applies(check, answers, facts)]


def first_blocking(procedure: Procedure, answers: Answers, facts: Facts) -> Check | None:
    """What has to be settled before this can be filed; a check whose fact is not known yet does not block."""
    for check in checks_in_play(procedure, answers, facts):
        known = check.holds.fact is None or check.holds.fact in facts
        if check.before_filing and known and not holds(check.holds, answers, facts):
            return check
    return None


def pays(procedure: Procedure, answers: Answers, facts: Facts) -> bool:
    """Whether money is asked for in this application."""
    terms = procedure.payout
    return terms is not None and all(holds(condition, answers, facts) for condition in terms.when)


def machine_comes_back(procedure: Procedure, answers: Answers, facts: Facts) -> bool:
    terms = procedure.machine_return
    return terms is not None and applies(terms, answers, facts)


def holds(condition: Condition, answers: Answers, facts: Facts) -> bool:
    value = answers.get(condition.answer) if condition.answer is not None else facts.get(condition.fact or "")
    if condition.is_in:
        return value in condition.is_in
    if not isinstance(value, int):
        return False
    return value > condition.over if condition.over is not None else value <= (condition.at_most or 0)
