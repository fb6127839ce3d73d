"""What a reviewer should know before deciding: records, conditions, account. People decide, so facts only warn."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from service.accounts import AgencyRecord, ServiceRecord, TerminalRecord, TransactionRecord
from service.cases import pots, records, store
from service.cases.answers.amount import format_fen
from service.cases.answers.text import same_name
from service.cases.asking import say_fact
from service.cases.dossier import Dossier
from service.cases.models import Payout
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.payout.rules import HeldBecause, PayoutState, held_because
from service.cases.procedures import engine
from service.cases.procedures.model import Check
from service.cases.rules import State
from service.cases.schemas import FactOut
from service.cases.wording import STATE_TITLES, say_moment
from service.cases.workdays import china_time

UNKNOWN = "合同数据里没有"


def facts_for(parts: Parts, session: Session, dossier: Dossier, payout: Payout | None) -> list[FactOut]:
    return [
        *_to_sign(parts, dossier, payout),
        *_subject(parts, dossier),
        *_money(parts, session, dossier),
        *_checks(parts, session, dossier),
        *_person(parts, dossier),
        *_account(parts, dossier),
        *_twins(session, dossier),
    ]


# --- what the second person signs ---


def _to_sign(parts: Parts, dossier: Dossier, payout: Payout | None) -> list[FactOut]:
    """What a held payout would send, beside what it would have been without a change."""
    if payout is None or payout.state != PayoutState.HELD:
        return []
    reasons = held_because(payout.held_because)
    return [
        _amount_to_sign(parts, dossier, payout, HeldBecause.AMOUNT in reasons),
        _account_to_sign(parts, dossier, payout, HeldBecause.ACCOUNT in reasons),
    ]


def _amount_to_sign(parts: Parts, dossier: Dossier, payout: Payout, is_high: bool) -> FactOut:
    asked, limit = dossier.application.amount_fen, parts.platform.settings.four_eyes_above_fen
    change = f"申请 {format_fen(asked)} → " if asked is not None and asked != payout.amount_fen else ""
    above = f"（超过 {format_fen(limit)}，要两个人核对）" if is_high else ""
    return FactOut(label="复核：金额", value=f"{change}打款 {format_fen(payout.amount_fen)}{above}", warning=is_high)


def _account_to_sign(parts: Parts, dossier: Dossier, payout: Payout, is_other: bool) -> FactOut:
    now = accounts.account_of(parts, payout)
    if now.route == "original":
        return FactOut(label="复核：账户", value="按原路退回")
    if not is_other:
        return FactOut(label="复核：账户", value=f"{_say_account(now)}，登记的结算账户，没有变")
    record = parts.directory.settlement_account(dossier.application.merchant_id or "")
    before = accounts.on_file(record) if record else None
    value = f"登记的 {_say_account(before) if before else '没有'} → 这次 {_say_account(now)}"
    return FactOut(label="复核：账户", value=value, warning=True)


def _say_account(account: accounts.PayoutAccount) -> str:
    shown = account.shown()
    return f"{shown['bank']} {shown['holder']} 尾号 {shown['tail']}"


# --- what it is about ---


def _subject(parts: Parts, dossier: Dossier) -> list[FactOut]:
    merchant_id, key = dossier.application.merchant_id or "", dossier.application.subject_key
    match dossier.procedure.subject_kind:
        case "terminal":
            terminal = terminal_of(parts, dossier)
            return _terminal(terminal) if terminal else [_missing("机器", "商户名下查不到这台机器")]
        case "service":
            service = next((row for row in parts.directory.services(merchant_id) if row.code == key), None)
            return _service(service) if service else [_missing("服务", "商户名下查不到这项服务")]
        case "transaction":
            rows = parts.directory.transactions(merchant_id)
            transaction = next((row for row in rows if row.reference == key), None)
            return _transaction(transaction) if transaction else [_missing("交易", "查不到这笔交易")]
        case _:
            agency = parts.directory.agency(merchant_id)
            return _agency(agency) if agency else []


def terminal_of(parts: Parts, dossier: Dossier) -> TerminalRecord | None:
    application = dossier.application
    terminals = parts.directory.terminals(application.merchant_id or "")
    return next((row for row in terminals if row.terminal_no == application.subject_key), None)


def _missing(label: str, value: str) -> FactOut:
    return FactOut(label=label, value=value, warning=True)


def _terminal(terminal: TerminalRecord) -> list[FactOut]:
    contract = terminal.contract
    active = terminal.status == "active"
    return [
        FactOut(label="机器状态", value="使用中" if active else "已解绑"),
        FactOut(label="合同编号", value=contract.contract_no or UNKNOWN, warning=contract.contract_no is None),
        FactOut(label="签约日期", value=str(contract.signed_on or UNKNOWN), warning=contract.signed_on is None),
        FactOut(label="最近一笔交易", value=str(contract.last_transaction_on or UNKNOWN)),
        FactOut(
            label="登记的押金",
            value=format_fen(terminal.deposit_fen),
            warning=terminal.deposit_fen > 0 and contract.deposit_clause is None,
            clause=contract.deposit_clause,
        ),
        FactOut(label="交押金日期", value=str(contract.deposit_paid_on or UNKNOWN), clause=contract.deposit_clause),
    ]


def _service(service: ServiceRecord) -> list[FactOut]:
    return [
        FactOut(label="服务状态", value="使用中" if service.status == "on" else "已停用"),
        FactOut(label="收费", value=f"{service.period} {format_fen(service.fee_fen)}", clause=service.clause),
        FactOut(label="开通日期", value=str(service.started_on or UNKNOWN), warning=service.started_on is None),
        FactOut(label="已经扣过", value=format_fen(service.charged_fen), clause=service.clause),
    ]


def _transaction(transaction: TransactionRecord) -> list[FactOut]:
    return [
        FactOut(label="交易时间", value=say_moment(china_time(transaction.at))),
        FactOut(label="原交易金额", value=format_fen(transaction.amount_fen)),
        FactOut(
            label="别处已退",
            value=format_fen(transaction.refunded_fen),
            warning=transaction.refunded_fen > 0,
        ),
        FactOut(label="是否结算", value="已结算" if transaction.settled else "还没结算，可以先在机器上撤销"),
    ]


def _agency(agency: AgencyRecord) -> list[FactOut]:
    return [
        FactOut(label="代理合同", value=agency.contract_no),
        FactOut(label="签约日期", value=str(agency.signed_on or UNKNOWN), warning=agency.signed_on is None),
        FactOut(label="合同终止", value=str(agency.ended_on or "还没有终止"), warning=agency.ended_on is None),
        FactOut(
            label="登记的押金",
            value=format_fen(agency.deposit_fen),
            warning=agency.clause is None,
            clause=agency.clause,
        ),
        FactOut(
            label="名下交易额",
            value=UNKNOWN if agency.transactions_fen is None else format_fen(agency.transactions_fen),
            warning=agency.transactions_fen is None,
        ),
    ]


# --- money ---


def _money(parts: Parts, session: Session, dossier: Dossier) -> list[FactOut]:
    application, terms = dossier.application, dossier.procedure.payout
    pot = pots.pot_of(parts, application, terms.ceiling) if terms else None
    if pot is None or not dossier.pays:
        return []
    committed = store.committed_fen(session, application.merchant_id or "", pot.name)
    others = committed - (application.approved_fen or 0)
    facts = [
        FactOut(label="其他申请已退或在退", value=format_fen(others), warning=others > 0),
        FactOut(label="最多可退", value=format_fen(max(0, pot.ceiling_fen - others))),
    ]
    return facts + [
        FactOut(
            label=question.label,
            value=f"{answer.display}（商户自己填的）",
            warning=int(answer.value) != pot.ceiling_fen,
        )
        for question in dossier.procedure.questions
        if question.kind == "amount" and (answer := dossier.answer(question.field)) and answer.value
    ]


# --- conditions ---


def _checks(parts: Parts, session: Session, dossier: Dossier) -> list[FactOut]:
    """The conditions of the procedure as the records stand now, each with its clause."""
    now = records.facts_now(parts, session, dossier.application)
    terminal = terminal_of(parts, dossier)
    clauses = terminal.contract.clauses if terminal else {}
    return [
        _check(check, now, dossier, clauses.get(check.clause) if check.clause else None)
        for check in engine.checks_in_play(dossier.procedure, dossier.plain, now)
    ]


def _check(check: Check, now: engine.Facts, dossier: Dossier, clause: str | None) -> FactOut:
    if check.holds.fact is not None and check.holds.fact not in now:
        return FactOut(label=check.title, value=f"{UNKNOWN}，请核对", warning=True, clause=clause)
    if engine.holds(check.holds, dossier.plain, now):
        return FactOut(label=check.title, value="符合", clause=clause)
    value = say_fact(check.holds.fact, now)
    return FactOut(label=check.title, value=f"不符合{f'：{value}' if value else ''}", warning=True, clause=clause)


# --- people and accounts ---


def _person(parts: Parts, dossier: Dossier) -> list[FactOut]:
    """Whether who gives an identity is who the merchant is registered with."""
    merchant = parts.directory.get(dossier.application.merchant_id or "")
    facts = []
    for question in dossier.procedure.questions:
        kinds: Mapping[str, str] = {box.kind: box.name for box in question.inputs}
        secret = accounts.read_secret(parts, dossier, question.field) if {"name", "id_number"} <= set(kinds) else None
        if secret is None or merchant is None:
            continue
        same = same_name(secret[kinds["name"]], merchant.owner_name)
        value = "与登记的负责人一致" if same else "与登记的负责人不一致，请核对"
        facts.append(FactOut(label=f"{question.label}的姓名", value=value, warning=not same))
    return facts


def _account(parts: Parts, dossier: Dossier) -> list[FactOut]:
    account, terms = accounts.find_account(parts, dossier), dossier.procedure.payout
    if account is None or terms is None or not dossier.pays:
        return []
    if account.route == "original":
        return [FactOut(label="退到哪里", value="按原路退回顾客付款的卡或钱包")]
    on_file = dossier.plain.get(terms.account_choice or "") == terms.on_file
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
            label="同一件事的其他申请",
            value=f"{twin.application_no}，{STATE_TITLES[State(twin.state)]}",
            warning=True,
        )
        for twin in store.same_subject(session, dossier.application)
    ]
