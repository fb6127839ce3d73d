"""What a merchant is told: the hint about what comes next, the deadline, the notice of what happened. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from service.cases import wording
from service.cases.answers.amount import format_fen
from service.cases.asking import blocking, needs_identity, say_block
from service.cases.dossier import Dossier
from service.cases.models import Application
from service.cases.procedures.model import DeadlineKey
from service.cases.rules import Event, State
from service.cases.schemas import DeadlineOut


@dataclass(frozen=True)
class Scene:
    """What the words depend on besides the application: the day, who reads them, where machines go."""

    today: date
    return_address: str = ""
    verified: bool = True

    @property
    def return_to(self) -> str:
        """The address from the settings, or an honest word that there is none."""
        address = self.return_address
        return wording.RETURN_TO.format(address=address) if address else wording.RETURN_UNSET


def hint(dossier: Dossier, scene: Scene) -> str:
    """What happens next, who does it, and when."""
    procedure, state = dossier.procedure, dossier.state
    if state == State.CLOSED and procedure.filing == "self_service":
        return procedure.outcomes.closed
    asks_who = needs_identity(procedure) and not scene.verified
    question = dossier.next_question() if state == State.DRAFT else None
    if state == State.DRAFT and not asks_who:
        block = blocking(dossier)
        if block is not None:
            return wording.BLOCKED_HINT.format(block=say_block(block, dossier.facts))
        if question is None:
            return wording.CONFIRM_HINT
    template = wording.TEAM_HINTS[procedure.team].get(state, wording.HINTS[state])
    return template.format(
        question=f"“{question.label}”" if question and not asks_who else "身份核对",
        missing=wording.say_list(dossier.titles(dossier.missing)) or "材料",
        **_common_words(dossier, scene),
    )


def deadline(dossier: Dossier, today: date) -> DeadlineOut | None:
    application = dossier.application
    if application.deadline_on is None or application.deadline_key is None:
        return None
    return DeadlineOut(
        date=application.deadline_on,
        title=_say_deadline(dossier, today),
        provisional=application.deadline_provisional,
    )


def notice_blocks(dossier: Dossier, event: Event, detail: str, scene: Scene) -> list[dict[str, Any]]:
    """What the merchant is told when this has happened, as blocks of the conversation."""
    told = wording.EVENTS[event]
    if not told.notice:
        return []
    number = dossier.application.application_no
    blocks: list[dict[str, Any]] = [{"type": "text", "text": _notice_text(dossier, told.notice, detail, scene)}]
    if told.card:
        blocks.append({"type": told.card, "application_no": number})
    if told.choices:
        choices = [{"title": title, "payload": payload.format(no=number)} for title, payload in told.choices]
        blocks.append({"type": "choices", "choices": choices})
    return blocks


def _notice_text(dossier: Dossier, template: str, detail: str, scene: Scene) -> str:
    application, outcomes = dossier.application, dossier.procedure.outcomes
    # Once the merchant has agreed, or the machine is on its way, the decision is no news any more.
    was_asked = application.account is not None and dossier.procedure.agreement is not None
    is_news = application.agreed_at is None and application.machine in (None, "asked") and not was_asked
    words = _common_words(dossier, scene)
    return template.format(
        **{**words, "reason": words["reason"] if is_news or dossier.state == State.AGREEMENT_PENDING else ""},
        no=application.application_no,
        hint=hint(dossier, scene),
        detail=detail,
        cause=detail.rstrip("。"),
        amount=format_fen(application.approved_fen or 0),
        approved=outcomes.approved if is_news or dossier.state == State.AGREEMENT_PENDING else "",
        rejected=outcomes.rejected,
        closed=outcomes.closed,
    )


def _common_words(dossier: Dossier, scene: Scene) -> dict[str, str]:
    """What stands in hints and notices alike."""
    terms = dossier.procedure.payout
    route = wording.ROUTES[terms.route if terms else "account"]
    sentence = _say_deadline(dossier, scene.today)
    return {
        "deadline": f"{sentence}。" if sentence else "",
        "reason": _reason(dossier.application),
        "while_paying": route.while_paying,
        "look_for_it": route.look_for_it,
        "paid": route.paid,
        "return_to": scene.return_to,
    }


def _say_deadline(dossier: Dossier, today: date) -> str:
    application = dossier.application
    if application.deadline_on is None or application.deadline_key is None:
        return ""
    key: DeadlineKey = "payout" if application.deadline_key == "payout" else "first_decision"
    return wording.say_deadline(
        dossier.procedure.team,
        key,
        application.deadline_on,
        today=today,
        provisional=application.deadline_provisional,
    )


def _reason(application: Application) -> str:
    return f"原因：{application.reason_text.rstrip('。')}。" if application.reason_text else ""
