"""What the answers are worth: the figures of one peer on one set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bench.exams import Exam
from bench.peers import Answer
from bot.evaluate import Case, macro_f1
from bot.measures import calibration_error
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE

_STEPS: Final = 200

Answered = Sequence[tuple[Case, Answer]]


@dataclass(frozen=True)
class Marks:
    """Shares of one; None where the set has nothing to say about it."""

    asked: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    rule_accuracy: float | None
    rule_refused: float | None
    rule_caught: float | None
    caught_at_2: float | None
    caught_at_5: float | None


def marks(exam: Exam, answered: Answered, tuning: Answered) -> Marks:
    """Accuracy and F1 without any refusal; then what the rule makes of it, and what two other thresholds would."""
    inside = [(case, answer) for case, answer in answered if case.in_scope]
    outside = [(case, answer) for case, answer in answered if not case.in_scope]
    right = [_fits(case, answer.best_in_scope) for case, answer in inside]
    credited = [(case.label, case.label if hit else answer.best_in_scope) for (case, answer), hit in zip(inside, right)]
    refused = _refused(exam, answered, tuning)
    rule = [(case, hit, no) for (case, _), hit, no in zip(answered, _hits(answered), refused)]

    def caught_at(wrongly_refused: float) -> float | None:
        least = float(np.quantile([answer.certainty for _, answer in inside], wrongly_refused))
        return _mean([answer.certainty < least for _, answer in outside]) if outside else None

    return Marks(
        asked=len(answered),
        accuracy=_mean(right),
        macro_f1=macro_f1(credited),
        calibration_error=_calibration_error(exam, answered),
        rule_accuracy=_mean([hit and not no for case, hit, no in rule if case.in_scope]) if outside else None,
        rule_refused=_mean([no for case, _, no in rule if case.in_scope]) if outside else None,
        rule_caught=_mean([no for case, _, no in rule if not case.in_scope]) if outside else None,
        caught_at_2=caught_at(0.02),
        caught_at_5=caught_at(0.05),
    )


def _refused(exam: Exam, answered: Answered, tuning: Answered) -> list[bool]:
    """By the peer's own rule, or by a threshold that is found as the set's authors found theirs."""
    if exam.threshold_from_asked:
        least = _best_threshold(answered, _matthews)
    elif tuning:
        least = _best_threshold(tuning, _accuracy)
    else:
        return [answer.said in (OUT_OF_SCOPE, NOT_UNDERSTOOD) for _, answer in answered]
    return [answer.certainty < least for _, answer in answered]


def _best_threshold(answered: Answered, worth: "Worth") -> float:
    certainty = np.array([answer.certainty for _, answer in answered])
    steps = np.quantile(certainty, np.linspace(0, 1, _STEPS))
    return float(max(steps, key=lambda least: worth(answered, certainty < least)))


def _accuracy(answered: Answered, refused: npt.NDArray[np.bool_]) -> float:
    return _mean(
        [hit and not no if case.in_scope else no for (case, _), hit, no in zip(answered, _hits(answered), refused)]
    )


def _matthews(answered: Answered, refused: npt.NDArray[np.bool_]) -> float:
    from sklearn.metrics import matthews_corrcoef

    said = [OUT_OF_SCOPE if no else answer.best_in_scope for (_, answer), no in zip(answered, refused)]
    return float(matthews_corrcoef([case.label for case, _ in answered], said))


def _calibration_error(exam: Exam, answered: Answered) -> float:
    """Over all sentences where out of scope was learnt as a label, else over those in scope."""
    learnt = any(sentence.intent == OUT_OF_SCOPE for sentence in exam.splits[0].known)
    judged = [(case, answer) for case, answer in answered if learnt or case.in_scope]
    sure = [answer.confidence for _, answer in judged]
    return calibration_error(sure, [_fits(case, answer.likeliest) for case, answer in judged])


def _hits(answered: Answered) -> list[bool]:
    return [_fits(case, answer.best_in_scope) for case, answer in answered]


def _fits(case: Case, label: str) -> bool:
    return label in {case.label, *case.also_accepted}


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values))


Worth = Callable[[Answered, npt.NDArray[np.bool_]], float]
