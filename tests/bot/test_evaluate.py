"""The measuring command: its figures by hand, and the whole command on a small file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluate import Case, Outcome, calibration, confusions, macro_f1, read_cases, summary
from bot.measures import calibration_error


def outcome(label: str, predicted: str, also: str = "") -> Outcome:
    return Outcome(Case("…", label, frozenset(filter(None, also.split("|")))), predicted, 1.0)


def test_the_figures_count_what_they_say() -> None:
    outcomes = [
        outcome("退押金", "退押金"),
        outcome("退押金", "常见问题/押金能否退", also="常见问题/押金能否退"),
        outcome("取消POS机", "注销账户"),
        outcome("取消POS机", "nlu_fallback", also="超出范围"),
        outcome("超出范围", "nlu_fallback"),
        outcome("超出范围", "退押金", also="退押金"),
    ]
    figures = summary(outcomes)
    assert figures["n"] == 6
    assert figures["in_scope_accuracy"] == 0.5
    assert figures["out_of_scope_recall"] == 0.5
    assert figures["wrongly_refused"] == 0.25


def test_macro_f1_is_the_mean_over_the_labels_of_the_file() -> None:
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b")]) == pytest.approx(0.6667, abs=1e-4)


def test_the_calibration_error_is_the_gap_between_sure_and_right() -> None:
    assert calibration_error([0.8, 0.8, 0.8, 0.8, 0.8], [True, True, True, True, False]) == pytest.approx(0)
    assert calibration_error([1.0, 1.0, 0.5, 0.5], [True, False, True, False]) == pytest.approx(0.25)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_calibration_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    assert -1e-9 <= calibration_error(*map(list, zip(*pairs))) <= 1 + 1e-9


def test_a_label_that_is_also_right_counts_for_the_calibration() -> None:
    case = Case("…", "取消POS机", frozenset({"注销账户"}))
    assert calibration([Outcome(case, "nlu_fallback", 1.0, "注销账户", 0.6)]) == pytest.approx(0.4)


def test_the_confusions_are_those_of_which_the_model_was_surest() -> None:
    def sure(label: str, predicted: str, confidence: float) -> Outcome:
        return Outcome(Case(label, label), predicted, 1.0, predicted, confidence)

    mild, bad = sure("感谢", "告别", 0.6), sure("问候", "退押金", 0.9)
    asked_back, right = sure("更正", "nlu_fallback", 0.99), sure("肯定", "肯定", 0.99)
    assert [one.meant for one in confusions([mild, bad, asked_back, right])] == ["问候", "感谢"]
    assert len(confusions([mild] * 30)) == 20


def test_more_columns_and_missing_ones(tmp_path: Path) -> None:
    file = tmp_path / "cases.tsv"
    file.write_text('text\tintent\tnote\n他说"退押金"\t退押金\tx\n', encoding="utf-8")
    assert read_cases(file) == [Case('他说"退押金"', "退押金")]
    file.write_text("text,intent\n押金,退押金\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="separated by tabs"):
        read_cases(file)


@pytest.mark.usefixtures("model")
def test_the_command_prints_a_table_and_one_line_of_json_and_draws_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "small.tsv"
    rows = ["押金到底咋退呀\t退押金\t", "这机器我打算不用了\t取消POS机\t注销账户", "后天会不会下雪\t超出范围\t"]
    file.write_text("\n".join(["text\tintent\talso_accepted", *rows]) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot.evaluate", str(file)], capture_output=True, text=True, check=True, timeout=120
    )
    assert json.loads(done.stdout.splitlines()[-1])["n"] == 3
    assert "退押金\t1\t1" in done.stdout
    assert "The worst confusions:\nsure\tmeant\ttaken for\tsentence" in done.stdout
    picture = Path("results/confusion-small.png")
    assert picture.stat().st_size > 10_000
    picture.unlink()


def test_a_missing_file_is_told_in_one_sentence() -> None:
    done = subprocess.run([sys.executable, "-m", "bot.evaluate", "no.tsv"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("Say which file")
