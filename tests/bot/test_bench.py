"""The benchmark's figures, on answers whose worth one can count by hand."""

from pathlib import Path

import pytest

from bench import exams
from bench.exams import Exam, Missing, Split, exam, sampled
from bench.marks import marks
from bench.peers import Answer, Simple
from bot.evaluate import Case
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE
from bot.sentences import Sentence

KNOWN = [Sentence("押金怎么退", "退押金"), Sentence("讲个笑话", OUT_OF_SCOPE)]
REFUND, ELSE = Case("退我押金", "退押金"), Case("下雨吗", OUT_OF_SCOPE)


def answer(label: str, certainty: float, said: str | None = None) -> Answer:
    return Answer(said or label, label, 0.9, label, certainty)


def test_accuracy_is_without_refusal_and_the_rule_counts_what_it_refuses() -> None:
    answered = [
        (REFUND, answer("退押金", 9.0)),
        (REFUND, answer("退押金", 2.0, NOT_UNDERSTOOD)),
        (ELSE, answer("投诉", 1.0)),
    ]
    found = marks(Exam("x", [Split(KNOWN, [])]), answered, [])
    assert (found.accuracy, found.rule_accuracy, found.rule_refused) == (1.0, 0.5, 0.5)
    assert (found.rule_caught, found.caught_at_2, found.caught_at_5) == (0.0, 1.0, 1.0)


def test_a_label_that_is_also_accepted_is_right() -> None:
    case = Case("钱呢", "查询进度", frozenset({"常见问题/到账时间"}))
    found = marks(Exam("x", [Split(KNOWN, [])]), [(case, answer("常见问题/到账时间", 1.0))], [])
    assert (found.accuracy, found.macro_f1) == (1.0, 1.0)


def test_a_set_with_nothing_out_of_scope_says_nothing_of_refusals() -> None:
    found = marks(Exam("x", [Split(KNOWN, [])]), [(REFUND, answer("退押金", 1.0))], [])
    assert (found.rule_accuracy, found.rule_refused, found.rule_caught, found.caught_at_5) == (None,) * 4
    assert found.caught_at_2 is None


def test_a_threshold_is_found_on_the_sentences_for_tuning_and_not_on_those_asked() -> None:
    tuning = [(REFUND, answer("退押金", 5.0)), (ELSE, answer("退押金", 3.0))]
    answered = [(REFUND, answer("退押金", 4.0)), (ELSE, answer("退押金", 1.0))]
    found = marks(Exam("x", [Split(KNOWN, [])], tuning=[REFUND, ELSE]), answered, tuning)
    assert found.rule_caught == 1.0


def test_a_sample_has_every_label_and_the_same_questions() -> None:
    known = [Sentence(f"句子{number}", f"意图{number % 3}") for number in range(30)]
    few = sampled(Exam("x", [Split(known, [REFUND])]), 4)
    assert sorted(sentence.intent for sentence in few.splits[0].known) == sorted(["意图0", "意图1", "意图2"] * 4)
    assert few.splits[0].asked == [REFUND]


def test_a_set_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exams, "SHARED", tmp_path)
    with pytest.raises(Missing, match="SHARED_DATA"):
        exam("clinc150")


def test_the_simple_peer_answers_from_what_it_has_written(tmp_path: Path) -> None:
    Simple("zh").learn(KNOWN, tmp_path / "model")
    loaded = Simple("zh")
    loaded.load(tmp_path / "model")
    assert loaded.ask("押金退").best_in_scope == "退押金"
    assert loaded.ask("讲笑话").likeliest == OUT_OF_SCOPE
