"""Each procedure file, branch by branch: what is asked and listed, what blocks, pays and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cases.procedures import engine
from service.cases.procedures.catalogue import load_catalogue
from service.cases.procedures.engine import Facts
from service.cases.procedures.model import Procedure

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[4] / "data" / "procedures")

DEPOSIT: Facts = {"deposit_left_fen": 19_900, "has_settlement_account": 1, "terminal_kind": "smart"}


def asked(procedure: Procedure, facts: Facts, answers: dict[str, str | None]) -> list[str]:
    """The fields that are asked for when a merchant answers so; whatever is not a choice is just answered."""
    given: dict[str, str | None] = {}
    while (question := engine.next_question(procedure, given, facts)) is not None:
        offered = [choice.value for choice in engine.choices_in_play(question, given, facts)]
        value = answers.get(question.field, offered[0] if offered else "answer")
        assert not offered or value in offered, f"{value} is not offered for {question.field}"
        given[question.field] = value
        if engine.turns_to(question, value):
            break
    return list(given)


def listed(code: str, facts: Facts | None = None, **answers: str) -> list[str]:
    """The documents of an application with these answers."""
    return [item.key for item in engine.checklist(CATALOGUE[code], answers, facts or {})]


def offered(code: str, field: str, facts: Facts | None = None, **answers: str) -> list[str]:
    question = CATALOGUE[code].question(field)
    assert question is not None
    return [choice.value for choice in engine.choices_in_play(question, answers, facts or {})]


def not_held(code: str, facts: Facts, **answers: str) -> list[str]:
    checks = engine.checks_in_play(CATALOGUE[code], answers, facts)
    return [check.key for check in checks if not engine.holds(check.holds, answers, facts)]


def blocking(code: str, facts: Facts) -> str | None:
    check = engine.first_blocking(CATALOGUE[code], {}, facts)
    return check.key if check else None


# --- 退押金 ----------------------------------------------------------------------------------------------------------


def test_a_deposit_refund_asks_for_reason_kind_sum_machine_and_account() -> None:
    fields = asked(CATALOGUE["deposit_refund"], DEPOSIT, {"reason": "closed"})
    assert fields == ["terminal", "reason", "deposit_kind", "claimed_deposit", "machine", "payout_account"]
    others = asked(CATALOGUE["deposit_refund"], DEPOSIT, {"reason": "other", "payout_account": "another"})
    assert set(others) - set(fields) == {"reason_text", "other_account"}


@pytest.mark.parametrize(
    ("kind", "documents"),
    [
        ("machine_deposit", {"deposit_receipt"}),
        ("first_swipe", {"first_swipe_record"}),
        ("activation_fee", {"deposit_receipt", "activation_terms"}),
        ("data_card", {"data_card_record"}),
        ("not_sure", {"deposit_receipt"}),
    ],
)
def test_whatever_merchants_call_a_deposit_is_proved_by_its_own_papers(kind: str, documents: set[str]) -> None:
    always = {"contract", "transactions"}
    assert set(listed("deposit_refund", deposit_kind=kind)) == always | documents


@pytest.mark.parametrize(
    ("terminal", "machine", "document"),
    [
        ("smart", "at_hand", "smart_machine"),
        ("signature", "at_hand", "signature_machine"),
        ("mobile", "at_hand", "mobile_machine"),
        ("smart", "returned", "return_proof"),
        ("smart", "lost", "loss_note"),
    ],
)
def test_the_machine_is_shown_as_its_kind_and_place_allow(terminal: str, machine: str, document: str) -> None:
    machine_papers = {"smart_machine", "signature_machine", "mobile_machine", "return_proof", "loss_note"}
    found = set(listed("deposit_refund", {"terminal_kind": terminal}, machine=machine))
    assert found & machine_papers == {document}


def test_people_see_each_condition_of_a_deposit_with_its_clause_and_none_of_them_stops_the_filing() -> None:
    facts: Facts = {"bought_properly": 0, "fees_owed_fen": 3_000, "open_disputes": 1}
    assert not_held("deposit_refund", facts) == ["proper_channel", "fees_settled", "no_dispute"]
    assert not_held("deposit_refund", {"bought_properly": 1, "fees_owed_fen": 0, "open_disputes": 0}) == []
    assert blocking("deposit_refund", facts) is None
    assert [check.clause for check in CATALOGUE["deposit_refund"].checks] == ["channel", "fees", "dispute"]


@pytest.mark.parametrize(("machine", "back"), [("at_hand", True), ("returned", False), ("lost", False)])
def test_a_machine_at_hand_comes_back_before_the_deposit_is_paid(machine: str, back: bool) -> None:
    procedure = CATALOGUE["deposit_refund"]
    assert engine.machine_comes_back(procedure, {"machine": machine}, {}) == back
    assert procedure.machine_return is not None
    assert procedure.machine_return.before == "payout"


# --- 代理商退押金 ----------------------------------------------------------------------------------------------------


def test_an_agent_is_asked_for_contract_conditions_and_stock() -> None:
    procedure = CATALOGUE["agent_deposit_refund"]
    assert procedure.who_may == "verified_agent"
    fields = asked(procedure, DEPOSIT, {"reason": "other", "payout_account": "another"})
    assert fields == [
        "contract_state",
        "reason",
        "reason_text",
        "conditions",
        "stock",
        "claimed_deposit",
        "payout_account",
        "other_account",
    ]


def test_an_agents_papers_follow_from_contract_and_stock() -> None:
    always = {"agency_contract", "deposit_receipt", "transactions"}
    assert set(listed("agent_deposit_refund", contract_state="expired", stock="none")) == always
    more = set(listed("agent_deposit_refund", contract_state="terminated", stock="some"))
    assert more == always | {"termination", "stock_list"}


def test_a_running_contract_and_machines_in_stock_are_shown_to_people_and_a_spent_deposit_stops_the_filing() -> None:
    answers = {"contract_state": "running", "stock": "some"}
    assert not_held("agent_deposit_refund", DEPOSIT, **answers) == ["contract_ended", "stock_cleared"]
    assert blocking("agent_deposit_refund", DEPOSIT) is None
    assert blocking("agent_deposit_refund", {"deposit_left_fen": 0}) == "deposit_there"


# --- 取消POS机 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "documents"),
    [
        ("account_problem", {"account_notice", "transaction_proof"}),
        ("device_fault", {"fault_proof"}),
        ("business_change", {"business_proof"}),
        ("other", set()),
    ],
)
def test_cancelling_is_proved_by_the_papers_of_its_reason(reason: str, documents: set[str]) -> None:
    assert set(listed("cancel_pos", reason=reason)) == documents


def test_a_lost_machine_is_explained_and_one_that_is_there_is_shown_and_comes_back() -> None:
    assert listed("cancel_pos", machine="lost") == ["loss_note"]
    for machine in ("courier", "in_person"):
        assert listed("cancel_pos", machine=machine) == ["machine_photo"]
        assert engine.machine_comes_back(CATALOGUE["cancel_pos"], {"machine": machine}, {})
    assert not engine.machine_comes_back(CATALOGUE["cancel_pos"], {"machine": "lost"}, {})


@pytest.mark.parametrize("deposit", [0, 19_900])
def test_cancelling_pays_when_a_deposit_is_left(deposit: int) -> None:
    facts: Facts = {"deposit_left_fen": deposit, "has_settlement_account": 1}
    procedure = CATALOGUE["cancel_pos"]
    assert engine.pays(procedure, {}, facts) == (deposit > 0)
    assert ("payout_account" in asked(procedure, facts, {})) == (deposit > 0)
    assert ("deposit_receipt" in listed("cancel_pos", facts)) == (deposit > 0)


def test_open_money_and_fees_are_shown_to_people_before_a_machine_is_cancelled() -> None:
    assert not_held("cancel_pos", {"unsettled_fen": 100, "fees_owed_fen": 100}) == ["settled", "fees_settled"]
    assert blocking("cancel_pos", {"unsettled_fen": 100, "fees_owed_fen": 100}) is None


# --- 注销账户 --------------------------------------------------------------------------------------------------------

ALL_SETTLED: Facts = {"unsettled_fen": 0, "fees_owed_fen": 0, "active_terminals": 0, "open_applications": 0}


@pytest.mark.parametrize(
    ("fact", "check"),
    [
        ("unsettled_fen", "settled"),
        ("fees_owed_fen", "fees_settled"),
        ("active_terminals", "no_machine"),
        ("open_applications", "nothing_open"),
    ],
)
def test_an_account_is_closed_when_all_is_settled(fact: str, check: str) -> None:
    assert blocking("close_account", ALL_SETTLED) is None
    assert blocking("close_account", {**ALL_SETTLED, fact: 1}) == check


@pytest.mark.parametrize(("choice", "target"), [("only_machine", "cancel_pos"), ("only_service", "stop_service")])
def test_whoever_wants_less_than_closing_is_taken_there(choice: str, target: str) -> None:
    question = CATALOGUE["close_account"].question("understood")
    assert question is not None
    assert engine.turns_to(question, choice) == target
    assert asked(CATALOGUE["close_account"], ALL_SETTLED, {"understood": choice}) == ["understood"]


@pytest.mark.parametrize(
    ("stuck", "question", "document"),
    [
        ("none", None, None),
        ("old_phone", "new_phone", "phone_proof"),
        ("wrong_identity", None, "identity_correction"),
        ("opened_by_other", "how_opened", "not_mine"),
    ],
)
def test_whoever_is_stuck_is_asked_and_proves_only_what_helps(
    stuck: str, question: str | None, document: str | None
) -> None:
    fields = asked(CATALOGUE["close_account"], ALL_SETTLED, {"stuck": stuck})
    extra = {question} if question else set()
    assert set(fields) == {"understood", "reason", "stuck", "identity_proof"} | extra
    assert listed("close_account", stuck=stuck) == ([document] if document else [])


def test_a_closed_or_sold_shop_may_show_it() -> None:
    for reason in ("closed", "transferred"):
        assert listed("close_account", reason=reason) == ["closing_proof"]
    assert listed("close_account", reason="release_identity") == []


# --- 撤销服务 --------------------------------------------------------------------------------------------------------


def test_a_service_that_cost_nothing_is_just_stopped() -> None:
    assert asked(CATALOGUE["stop_service"], {"charged_fen": 0}, {}) == ["service"]
    assert listed("stop_service", {"charged_fen": 0}) == []
    assert not engine.pays(CATALOGUE["stop_service"], {}, {"charged_fen": 0})


def test_what_was_charged_can_be_asked_back() -> None:
    facts: Facts = {"charged_fen": 9_900, "has_settlement_account": 1}
    procedure = CATALOGUE["stop_service"]
    assert asked(procedure, facts, {"want": "only_stop"}) == ["service", "want"]
    wanted = {"want": "stop_and_refund", "reason": "other", "payout_account": "another"}
    assert asked(procedure, facts, dict(wanted)) == [
        "service",
        "want",
        "reason",
        "reason_text",
        "amount",
        "payout_account",
        "other_account",
    ]
    assert engine.pays(procedure, wanted, facts)
    assert not engine.pays(procedure, {"want": "only_stop"}, facts)


@pytest.mark.parametrize(
    ("reason", "promise"),
    [("never_agreed", True), ("not_told", True), ("charged_twice", False), ("not_used", False), ("other", False)],
)
def test_a_charge_is_proved_by_its_record_and_what_was_promised(reason: str, promise: bool) -> None:
    found = listed("stop_service", want="stop_and_refund", reason=reason)
    assert found == ["charge_record"] + ["promise"] * promise


# --- 交易退款 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "document"),
    [
        ("quality", "quality_proof"),
        ("dispute", "dispute_record"),
        ("return", "return_record"),
        ("system_error", "error_proof"),
        ("wrong_amount", "order_record"),
        ("duplicate", "order_record"),
    ],
)
def test_a_refund_is_proved_by_the_slip_and_the_paper_of_its_reason(reason: str, document: str) -> None:
    assert listed("transaction_refund", reason=reason) == ["voucher", document]


def test_a_refund_is_of_the_whole_or_of_a_part() -> None:
    procedure = CATALOGUE["transaction_refund"]
    whole = asked(procedure, {}, {"scope": "whole"})
    assert whole == ["transaction", "reason", "scope", "original_way"]
    assert set(asked(procedure, {}, {"scope": "part"})) - set(whole) == {"amount"}


def test_a_refund_goes_by_the_original_way_and_asks_nothing_about_the_customer() -> None:
    procedure = CATALOGUE["transaction_refund"]
    assert procedure.payout is not None
    assert procedure.payout.route == "original"
    assert not [question for question in procedure.questions if question.kind in ("secure", "phone", "text")]
    assert listed("transaction_refund", original_way="closed") == ["voucher", "card_closed_proof"]


def test_what_was_given_back_already_is_not_given_back_again() -> None:
    assert blocking("transaction_refund", {"left_fen": 0}) == "something_left"
    assert blocking("transaction_refund", {"left_fen": 1}) is None
    assert not_held("transaction_refund", {"left_fen": 1, "same_day": 1}) == ["not_same_day"]


# --- 撤销交易 --------------------------------------------------------------------------------------------------------

WENT_WELL = ["reason", "scope", "day", "voucher", "menu", "number", "card", "slip"]


def test_a_void_leads_step_by_step_to_the_slip() -> None:
    assert asked(CATALOGUE["void_transaction"], {}, {}) == WENT_WELL


@pytest.mark.parametrize(
    ("answers", "comes_besides"),
    [
        ({"voucher": "missing"}, {"reprint"}),
        ({"menu": "not_found"}, {"menu_again"}),
        ({"menu": "failed"}, {"menu_again"}),
        ({"number": "not_found"}, {"number_again"}),
        ({"slip": "none"}, {"status_without_slip"}),
    ],
)
def test_a_hitch_is_helped_over(answers: dict[str, str | None], comes_besides: set[str]) -> None:
    assert set(asked(CATALOGUE["void_transaction"], {}, answers)) == {*WENT_WELL, *comes_besides}


def test_after_a_failure_the_status_is_looked_up_before_anything_is_done_again() -> None:
    fields = asked(CATALOGUE["void_transaction"], {}, {"card": "failed"})
    assert fields[-1] == "status_after_failure"
    assert "slip" not in fields


@pytest.mark.parametrize(
    "answers",
    [
        {"scope": "part"},
        {"day": "earlier"},
        {"voucher": "missing", "reprint": "not_there"},
        {"menu": "not_found", "menu_again": "still_not"},
        {"number": "settled"},
        {"number": "not_found", "number_again": "still_not"},
        {"card": "customer_left"},
        {"card": "failed", "status_after_failure": "still_paid"},
        {"slip": "none", "status_without_slip": "still_paid"},
    ],
)
def test_what_cannot_be_voided_goes_on_as_a_refund(answers: dict[str, str | None]) -> None:
    procedure = CATALOGUE["void_transaction"]
    last = asked(procedure, {}, answers)[-1]
    question = procedure.question(last)
    assert question is not None
    assert engine.turns_to(question, answers[last]) == "transaction_refund"


def test_whatever_was_told_for_a_void_is_known_to_the_refund() -> None:
    refund, void = CATALOGUE["transaction_refund"], CATALOGUE["void_transaction"]
    for field in ("reason", "scope"):
        mine, theirs = void.question(field), refund.question(field)
        assert mine is not None
        assert theirs is not None
        assert {choice.value for choice in mine.choices} <= {choice.value for choice in theirs.choices}


# --- 申请POS机 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ({"payments": "scan"}, ["speaker", "advise"]),
        ({"payments": "card", "place": "outside"}, ["mobile", "advise"]),
        ({"payments": "card", "place": "counter", "receipt": "needed"}, ["smart", "advise"]),
        ({"payments": "card", "place": "counter", "receipt": "not_needed"}, ["signature", "advise"]),
    ],
)
def test_questions_find_the_machine_that_fits(answers: dict[str, str], fits: list[str]) -> None:
    assert offered("apply_pos", "machine", **answers) == fits
    before = asked(CATALOGUE["apply_pos"], {}, {**answers})
    assert before[: len(answers)] == list(answers)


def test_a_lead_needs_no_identity_no_money_and_no_paper() -> None:
    procedure = CATALOGUE["apply_pos"]
    assert (procedure.who_may, procedure.team, procedure.payout) == ("anyone", "sales", None)
    assert not [item for item in procedure.documents if item.required]
    assert listed("apply_pos", licence="have") == ["licence_photo", "shop_photo"]
    assert listed("apply_pos", licence="none") == ["shop_photo"]
    words = "".join(procedure.warnings)
    for warning in ("许可证", "先交钱", "激活"):
        assert warning in words


# --- 投诉 ------------------------------------------------------------------------------------------------------------


def test_a_complaint_is_open_to_everybody_and_always_answered_in_words() -> None:
    procedure = CATALOGUE["complaint"]
    assert (procedure.who_may, procedure.team, procedure.reply_required) == ("anyone", "complaints", True)
    assert procedure.subject is not None
    assert procedure.subject.optional
    assert not [item for item in procedure.documents if item.required]


def test_a_sum_and_a_phone_are_only_asked_for_when_they_are_needed() -> None:
    filed: Facts = {"filed_applications": 1}
    fields = asked(CATALOGUE["complaint"], filed, {"want": "explanation", "reply_way": "here"})
    assert fields == ["application", "about", "want", "happened", "reply_way"]
    more = asked(CATALOGUE["complaint"], filed, {"want": "money_back", "reply_way": "phone"})
    assert set(more) - set(fields) == {"amount", "contact_phone"}


@pytest.mark.parametrize(("about", "besides"), [("swindled", ["fraud_record"]), ("identity", ["not_mine"])])
def test_evidence_is_welcome_and_special_cases_say_what_helps(about: str, besides: list[str]) -> None:
    assert listed("complaint", about=about) == ["evidence", *besides]
    assert listed("complaint", about="service") == ["evidence"]


def test_a_complaint_has_its_own_deadline() -> None:
    deadline = CATALOGUE["complaint"].deadline("first_decision")
    assert deadline is not None
    assert deadline.calendar_days == 15


# --- all of them -----------------------------------------------------------------------------------------------------


def test_nobody_is_asked_for_money_and_every_refusal_names_the_appeal() -> None:
    for procedure in CATALOGUE.values():
        assert "不收任何费用" in "".join(procedure.warnings), procedure.code
        assert "投诉" in procedure.outcomes.rejected, procedure.code


def test_these_procedures_take_over_what_was_begun_as_another() -> None:
    targets = {
        choice.turns_to
        for procedure in CATALOGUE.values()
        for question in procedure.questions
        for choice in question.choices
        if choice.turns_to
    }
    assert targets == {"cancel_pos", "stop_service", "transaction_refund"}
