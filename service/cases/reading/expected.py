"""What each document of an application should show, from its procedure, the answers and the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.cases.dossier import Dossier
from service.cases.facts import terminal_of
from service.cases.parts import Parts
from service.cases.payout.accounts import find_account
from service.cases.reading.checks import Expectation


def expectations(parts: Parts, dossier: Dossier) -> dict[str, Expectation]:
    """By the key of the document; the records are asked once for all."""
    known = _subject(parts, dossier, _people(parts, dossier))
    return {
        item.key: replace(
            known,
            title=item.title,
            kinds=item.reads.kinds if item.reads else (),
            fields=item.reads.fields if item.reads else (),
        )
        for item in dossier.procedure.documents
    }


def _people(parts: Parts, dossier: Dossier) -> Expectation:
    application = dossier.application
    merchant = parts.directory.get(application.merchant_id or "")
    account = find_account(parts, dossier)
    return Expectation(
        title="",
        merchant=application.merchant_name or "",
        owner=merchant.owner_name if merchant else "",
        holder=account.holder if account else "",
        merchant_no=application.merchant_no or "",
    )


def _subject(parts: Parts, dossier: Dossier, people: Expectation) -> Expectation:
    """With the numbers and sums of what the application is about, and the sums that the merchant named."""
    merchant_id, key = dossier.application.merchant_id or "", dossier.application.subject_key
    named = [
        int(answer.value)
        for question in dossier.procedure.questions
        if question.kind == "amount" and (answer := dossier.answer(question.field)) and answer.value
    ]
    match dossier.procedure.subject_kind:
        case "terminal":
            terminal = terminal_of(parts, dossier)
            if terminal:
                known = replace(people, terminal_no=terminal.terminal_no, serial_no=terminal.serial_no)
                return _with_sums(known, [*named, terminal.deposit_fen])
        case "service":
            service = next((row for row in parts.directory.services(merchant_id) if row.code == key), None)
            if service:
                return _with_sums(people, [*named, service.fee_fen, service.charged_fen])
        case "transaction":
            rows = parts.directory.transactions(merchant_id)
            payment = next((row for row in rows if row.reference == key), None)
            if payment:
                known = replace(
                    people,
                    terminal_no=payment.terminal_no,
                    voucher_no=payment.voucher_no,
                    reference_no=payment.reference,
                )
                return _with_sums(known, [*named, payment.amount_fen])
        case _:
            agency = parts.directory.agency(merchant_id)
            if agency:
                return _with_sums(people, [*named, agency.deposit_fen])
    return _with_sums(people, named)


def _with_sums(known: Expectation, sums: Sequence[int]) -> Expectation:
    return replace(known, amounts_fen=tuple(sorted({fen for fen in sums if fen > 0})))
