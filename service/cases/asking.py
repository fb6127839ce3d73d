"""What a merchant is asked next: who it is, what is in the way, the next question, the yes. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from service.cases import wording
from service.cases.answers.amount import format_fen
from service.cases.dossier import Dossier
from service.cases.errors import wrong_party_sentence
from service.cases.procedures import engine
from service.cases.procedures.model import SUBJECT_KINDS, Check, Fact, Procedure, Question
from service.cases.rules import FILLED_IN, State
from service.cases.schemas import ChoiceOut, InputOut, QuestionOut
from service.cases.subjects import Subject

MOST_CHOICES = 20


def next_question(
    dossier: Dossier, offers: Sequence[Subject], *, verified: bool, wrong_party: bool, return_address: str
) -> QuestionOut | None:
    """`identity` first, what is in the way next, `confirm` last; some filed applications wait for one more answer."""
    procedure = dossier.procedure
    if dossier.state not in FILLED_IN:
        waiting = awaited(dossier)
        asked = _question(waiting, dossier, offers) if waiting else None
        return _way_back(asked, return_address) if asked and dossier.state == State.RETURNING else asked
    if needs_identity(procedure) and not verified:
        return _identity(dossier)
    if wrong_party:
        return _blocked("party", wrong_party_sentence(procedure))
    block = blocking(dossier)
    if block is not None:
        return _blocked(block.key, say_block(block, dossier.facts))
    question = dossier.next_question()
    if question is not None:
        return _question(question, dossier, offers)
    prompt = procedure.declaration or ""
    return QuestionOut(field="confirm", kind="confirm", label="确认", prompt=prompt, example="确认")


def awaited(dossier: Dossier) -> Question | None:
    """What a filed application waits for from its merchant: another account, or where the machine is."""
    procedure = dossier.procedure
    if dossier.state == State.PAYOUT_ABNORMAL and procedure.payout and procedure.payout.account_form:
        return procedure.question(procedure.payout.account_form)
    if dossier.state == State.RETURNING and procedure.machine_return:
        return procedure.machine_return.question
    return None


def all_questions(procedure: Procedure) -> list[Question]:
    """Those of the form, and the one about the machine's way back."""
    terms = procedure.machine_return
    return [*procedure.questions, *([terms.question] if terms else [])]


def input_labels(procedure: Procedure, field: str) -> dict[str, str]:
    """What the parts of a secure answer are called; one without parts is called as its question is."""
    question = next((item for item in all_questions(procedure) if item.field == field), None)
    if question is None:
        return {}
    return {box.name: box.label for box in question.inputs} or {question.kind: question.label}


def needs_identity(procedure: Procedure) -> bool:
    return procedure.who_may != "anyone"


def blocking(dossier: Dossier) -> Check | None:
    """What is in the way, as soon as it is known what the application is about."""
    if dossier.procedure.subject is not None and dossier.application.subject_key is None:
        return None
    return engine.first_blocking(dossier.procedure, dossier.plain, dossier.facts)


def say_block(check: Check, facts: engine.Facts) -> str:
    return check.before_filing.replace("{value}", say_fact(check.holds.fact, facts))


def say_fact(name: Fact | None, facts: engine.Facts) -> str:
    """A fact as people say it; nothing for one that is no number of something."""
    value = facts.get(name) if name else None
    if name is None or not isinstance(value, int):
        return ""
    if name.endswith("_fen"):
        return format_fen(value)
    unit = wording.FACT_UNITS.get(name)
    return f"{value}{unit}" if unit else ""


def _identity(dossier: Dossier) -> QuestionOut:
    return QuestionOut(
        field="identity",
        kind="identity",
        label="商户身份",
        prompt="办理前请先核对商户身份，填一下商户号和手机号，会收到一个验证码。",
        example="商户号是 15 位，在签购单或合同上",
        prefill=dossier.application.prefill,
    )


def _blocked(key: str, sentence: str) -> QuestionOut:
    return QuestionOut(field=key, kind="blocked", label="先办这一件", prompt=sentence, example="")


def _way_back(question: QuestionOut, return_address: str) -> QuestionOut:
    """Nobody is asked to send a machine without being told where to."""
    where = wording.RETURN_TO.format(address=return_address)
    prompt = f"{question.prompt}{where}" if return_address else f"{wording.RETURN_UNSET}{wording.SENT_ALREADY}"
    return question.model_copy(update={"prompt": prompt})


def _question(question: Question, dossier: Dossier, offers: Sequence[Subject]) -> QuestionOut:
    choices = _choices(question, dossier, offers)
    nothing = question.kind in SUBJECT_KINDS and not choices and bool(question.nothing_there)
    return QuestionOut(
        field=question.field,
        kind=question.kind,
        label=question.label,
        prompt=question.nothing_there if nothing else question.prompt,
        example=question.example,
        optional=question.optional,
        note=question.note,
        choices=choices,
        inputs=[
            InputOut(name=box.name, label=box.label, kind=box.kind, required=box.required, placeholder=box.placeholder)
            for box in question.inputs
        ],
    )


def _choices(question: Question, dossier: Dossier, offers: Sequence[Subject]) -> list[ChoiceOut]:
    if question.kind in SUBJECT_KINDS:
        fitting = [offer for offer in offers if offer.fits(question)]
        return [ChoiceOut(value=o.key, title=o.title, also=list(o.also)) for o in fitting[:MOST_CHOICES]]
    in_play = engine.choices_in_play(question, dossier.plain, dossier.facts)
    return [ChoiceOut(value=choice.value, title=choice.title, also=choice.also) for choice in in_play]
