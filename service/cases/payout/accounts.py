"""Where a refund goes: the settlement account on file, the one from the secure form, or back the way it came."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from service.accounts import SettlementAccount
from service.cases.answers.bank_account import looks_like_card
from service.cases.dossier import Dossier
from service.cases.models import Application, Payout
from service.cases.parts import Parts
from service.cases.payout.port import Route
from service.cases.procedures import engine
from service.platform.masking import mask_name

ORIGINAL_ROUTE = "原路退回"


@dataclass(frozen=True, repr=False)
class PayoutAccount:
    """For the original route `number` is the reference of the transaction, and there is no holder."""

    holder: str
    bank: str
    number: str
    route: Route = "account"

    def shown(self) -> dict[str, str]:
        return {"holder": mask_name(self.holder), "bank": self.bank, "tail": self.number[-4:]}

    @property
    def passes_card_check(self) -> bool:
        return looks_like_card(self.number)


def find_account(parts: Parts, dossier: Dossier) -> PayoutAccount | None:
    """The account that the merchant chose, or the transaction itself; None when there is none."""
    terms, application = dossier.procedure.payout, dossier.application
    if terms is None:
        return None
    if terms.route == "original":
        reference = application.subject_key
        return PayoutAccount("", ORIGINAL_ROUTE, reference, "original") if reference else None
    if terms.account_choice is None or terms.account_form is None:
        return None
    if dossier.plain.get(terms.account_choice) == terms.on_file:
        record = parts.directory.settlement_account(application.merchant_id or "")
        return on_file(record) if record else None
    secret = read_secret(parts, dossier, terms.account_form)
    if secret is None:
        return None
    form = dossier.procedure.question(terms.account_form)
    by_kind = {box.kind: secret.get(box.name, "") for box in form.inputs} if form else {}
    return PayoutAccount(by_kind.get("name", ""), by_kind.get("bank_name", ""), by_kind.get("bank_card", ""))


def on_file(record: SettlementAccount) -> PayoutAccount:
    return PayoutAccount(record.holder_name, record.bank_name, record.account_number)


def is_on_file(parts: Parts, application: Application, account: PayoutAccount) -> bool:
    """Whether it is where the merchant's takings go as well; the original route has no account to compare."""
    if account.route == "original":
        return True
    record = parts.directory.settlement_account(application.merchant_id or "")
    return record is not None and record.account_number == account.number


def choose_form(session: Session, dossier: Dossier) -> None:
    """The account from the form takes the place of the one on file, which could not be paid into."""
    terms = dossier.procedure.payout
    if terms is None or terms.account_choice is None or terms.account_form is None:
        return
    choice, question = dossier.answer(terms.account_choice), dossier.procedure.question(terms.account_choice)
    if choice is None or question is None or choice.value != terms.on_file:
        return
    choice.value = engine.value_that_opens(dossier.procedure, terms.account_form, terms.account_choice)
    choice.display = next((option.title for option in question.choices if option.value == choice.value), "")
    session.flush()


def read_secret(parts: Parts, dossier: Dossier, field: str) -> dict[str, str] | None:
    answer = dossier.answer(field)
    if answer is None or answer.sealed is None:
        return None
    context = answer_context(dossier.application, field)
    secret: dict[str, str] = json.loads(parts.platform.cipher.decrypt(answer.sealed, context=context))
    return secret


def answer_context(application: Application, field: str) -> str:
    return f"answer:{application.id}:{field}"


def show_account(parts: Parts, application: Application, account: PayoutAccount) -> None:
    """What the merchant is shown is kept together with what it stands for: exactly that will be paid to."""
    application.account = account.shown()
    application.account_sealed = _seal(parts, account, f"account:{application.id}")


def agreed_account(parts: Parts, application: Application) -> PayoutAccount:
    """What the merchant was shown, and what will be paid to."""
    return _open(parts, application.account_sealed or "", f"account:{application.id}")


def hand_over(parts: Parts, account: PayoutAccount, refund_no: str) -> str:
    """From the agreement to the payout that follows from it: sealed for its place there."""
    return _seal(parts, account, f"payout:{refund_no}")


def account_of(parts: Parts, payout: Payout) -> PayoutAccount:
    return _open(parts, payout.account_sealed, f"payout:{payout.refund_no}")


def _seal(parts: Parts, account: PayoutAccount, context: str) -> str:
    return parts.platform.cipher.encrypt(json.dumps(asdict(account), ensure_ascii=False), context=context)


def _open(parts: Parts, sealed: str, context: str) -> PayoutAccount:
    return PayoutAccount(**json.loads(parts.platform.cipher.decrypt(sealed, context=context)))
