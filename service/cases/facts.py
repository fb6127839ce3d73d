"""What a reviewer should know before deciding: contract, machine, account. People decide, so facts only warn."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import TerminalRecord
from service.cases import store
from service.cases.answers.amount import format_fen
from service.cases.answers.text import same_name
from service.cases.dossier import Dossier
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.rules import State
from service.cases.schemas import FactOut
from service.cases.wording import STATE_TITLES

UNKNOWN = "合同数据里没有"


def facts_for(parts: Parts, session: Session, dossier: Dossier) -> list[FactOut]:
    terminal = terminal_of(parts, dossier)
    facts = [_missing_terminal()] if terminal is None else _contract(terminal) + _money(session, dossier, terminal)
    return facts + _person(parts, dossier) + _account(parts, dossier) + _twins(session, dossier)


def terminal_of(parts: Parts, dossier: Dossier) -> TerminalRecord | None:
    application = dossier.application
    terminals = parts.directory.terminals(application.merchant_id or "")
    return next((row for row in terminals if row.terminal_no == application.terminal_no), None)


def _missing_terminal() -> FactOut:
    return FactOut(label="机器", value="商户名下查不到这台机器", warning=True)


def _contract(terminal: TerminalRecord) -> list[FactOut]:
    contract = terminal.contract
    active = terminal.status == "active"
    return [
        FactOut(label="机器状态", value="使用中" if active else "已解绑"),
        FactOut(label="合同编号", value=contract.contract_no or UNKNOWN, warning=contract.contract_no is None),
        FactOut(label="签约日期", value=str(contract.signed_on or UNKNOWN), warning=contract.signed_on is None),
        FactOut(label="最近一笔交易", value=str(contract.last_transaction_on or UNKNOWN)),
    ]


def _money(session: Session, dossier: Dossier, terminal: TerminalRecord) -> list[FactOut]:
    clause = terminal.contract.deposit_clause
    application = dossier.application
    committed = store.committed_fen(session, application.merchant_id or "", terminal.terminal_no)
    others = committed - (application.approved_fen or 0)
    facts = [
        FactOut(
            label="登记的押金",
            value=format_fen(terminal.deposit_fen),
            warning=terminal.deposit_fen > 0 and clause is None,
            clause=clause,
        ),
        FactOut(label="交押金日期", value=str(terminal.contract.deposit_paid_on or UNKNOWN), clause=clause),
        FactOut(label="其他申请已退或在退", value=format_fen(others), warning=others > 0),
        FactOut(label="最多可退", value=format_fen(max(0, terminal.deposit_fen - others))),
    ]
    return facts + [
        FactOut(
            label=question.label,
            value=f"{answer.display}（商户自己填的）",
            warning=int(answer.value) != terminal.deposit_fen,
            clause=clause,
        )
        for question in dossier.procedure.questions
        if question.kind == "amount" and (answer := dossier.answer(question.field)) and answer.value
    ]


def _person(parts: Parts, dossier: Dossier) -> list[FactOut]:
    """Whether who gives an identity is who the merchant is registered with."""
    merchant = parts.directory.get(dossier.application.merchant_id or "")
    facts = []
    for question in dossier.procedure.questions:
        kinds = {box.kind: box.name for box in question.inputs}
        secret = accounts.read_secret(parts, dossier, question.field) if {"name", "id_number"} <= set(kinds) else None
        if secret is None or merchant is None:
            continue
        same = same_name(secret[kinds["name"]], merchant.owner_name)
        value = "与登记的负责人一致" if same else "与登记的负责人不一致，请核对"
        facts.append(FactOut(label=f"{question.label}的姓名", value=value, warning=not same))
    return facts


def _account(parts: Parts, dossier: Dossier) -> list[FactOut]:
    account = accounts.find_account(parts, dossier)
    if account is None:
        return []
    on_file = dossier.plain.get(dossier.procedure.payout.account_choice) == dossier.procedure.payout.on_file
    shown = account.shown()
    origin = "登记的结算账户" if on_file else "商户另填，户名与登记一致"
    facts = [
        FactOut(
            label="收款账户",
            value=f"{shown['bank']}，尾号 {shown['tail']}，{origin}",
        )
    ]
    if not account.passes_card_check:
        facts.append(FactOut(label="账号校验", value="不是银行卡号的格式，对公账户属正常，请核对", warning=not on_file))
    return facts


def _twins(session: Session, dossier: Dossier) -> list[FactOut]:
    return [
        FactOut(
            label="同一机器的其他申请",
            value=f"{twin.application_no}，{STATE_TITLES[State(twin.state)]}",
            warning=True,
        )
        for twin in store.same_terminal(session, dossier.application)
    ]
