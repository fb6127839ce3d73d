"""From what merchants chose to training data: what is listed, what is accepted, and what the file is worth to Rasa."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.loading import load_data

from bot.accepted import NAME, Accepted, Refused, as_file
from bot.review import gather, main, review
from bot.sentences import Sentence, read_sentences

TRAINING = [Sentence("押金怎么退", "退押金"), Sentence("几天到账", "常见问题/到账时间"), Sentence("你好", "问候")]


def row(text: str, label: str = "退押金", **changes: Any) -> dict[str, Any]:
    return {"text": text, "label": label, "taken_for": "问候", "confidence": 0.4, "model": "m1", **changes}


def answers(*given: str) -> Callable[[str], str]:
    """A person who types these lines."""
    lines = iter(given)
    return lambda _question: next(lines)


@pytest.fixture
def accepted(tmp_path: Path) -> Accepted:
    return Accepted(tmp_path, TRAINING)


def test_the_most_frequent_is_listed_first_and_what_is_known_not_at_all(accepted: Accepted) -> None:
    rows = [row("那个钱弄一下"), row("搞定那笔"), row("那个钱弄一下！"), row("押金怎麼退？", "常见问题/到账时间")]
    assert [(one.text, one.times) for one in gather(rows, accepted)] == [("那个钱弄一下！", 2), ("搞定那笔", 1)]


def test_a_line_says_what_was_chosen_and_what_the_model_had_thought(accepted: Accepted) -> None:
    (one,) = gather([row("那个钱弄一下")], accepted)
    assert str(one) == "那个钱弄一下\n  chosen 退押金 ×1, taken for 问候 (0.40)"


def test_a_person_accepts_leaves_corrects_and_ends(accepted: Accepted, tmp_path: Path) -> None:
    rows = [row(text) for text in ("甲要弄押金", "乙要弄押金", "丙何时有钱", "丁要弄押金")]
    review(gather(rows, accepted), accepted, answers("y", "常见问题/到账时间", "n", "q"), say=lambda _: None)
    assert {(one.text, one.intent) for one in read_sentences(tmp_path)} == {
        ("丁要弄押金", "退押金"),
        ("丙何时有钱", "常见问题/到账时间"),
    }


def test_a_label_that_does_not_exist_is_asked_for_again(accepted: Accepted, tmp_path: Path) -> None:
    said: list[str] = []
    review(gather([row("那个钱弄一下")], accepted), accepted, answers("退钱", "y"), said.append)
    assert "There is no intent “退钱”." in said[1]
    assert [one.intent for one in read_sentences(tmp_path)] == ["退押金"]


def test_the_same_sentence_is_not_accepted_for_two_meanings(accepted: Accepted, tmp_path: Path) -> None:
    rows = [row("那个钱弄一下"), row("那个钱弄一下", "常见问题/到账时间")]
    review(gather(rows, accepted), accepted, answers("y", "y"), say=lambda _: None)
    assert len(read_sentences(tmp_path)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "押金怎麼退？",
        "退到⟦银行卡 尾号1234 #a1⟧",
        "我电话138 0013 8000",
        "单号ＳＱ2611237K3Q9D",
        "点[这里](city)",
        "？！",
        "   ",
        "响\x07铃",
    ],
)
def test_what_is_known_tells_a_number_or_breaks_the_format_is_refused(accepted: Accepted, text: str) -> None:
    with pytest.raises(Refused):
        accepted.add(text, "退押金")
    assert "押金怎么退" in accepted


def test_the_file_is_sorted_by_intent_and_goes_on_where_it_was_left(accepted: Accepted, tmp_path: Path) -> None:
    accepted.add("退下299那个", "退押金")
    accepted.add("哈喽在不", "问候")
    again = Accepted(tmp_path, [*TRAINING, *read_sentences(tmp_path)])
    again.add("299那个\n还我", "退押金")
    parts = yaml.safe_load((tmp_path / NAME).read_text(encoding="utf-8"))["nlu"]
    assert [(part["intent"], part["examples"]) for part in parts] == [
        ("退押金", "- 退下299那个\n- 299那个 还我\n"),
        ("问候", "- 哈喽在不\n"),
    ]


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40))
def test_what_is_taken_in_is_read_again_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("data")
    try:
        Accepted(folder, TRAINING).add(text, "退押金")
    except Refused:
        return
    assert [one.text for one in read_sentences(folder)] == [" ".join(text.split())]


def test_rasa_takes_the_file_for_training_data(tmp_path: Path) -> None:
    sentences = [Sentence("- 这个: 怎么弄 #急", "退押金"), Sentence("多久有钱", "常见问题/到账时间")]
    path = tmp_path / NAME
    path.write_text(as_file(sentences), encoding="utf-8")
    examples = load_data(str(path)).intent_examples
    assert {(one.get("text"), one.get_full_intent()) for one in examples} == {
        (one.text, one.intent) for one in sentences
    }


def test_the_command_lists_without_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chosen.jsonl"
    file.write_text(json.dumps(row("把那个押着的钱搞回来噻")) + "\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["review", str(file), "--list"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("把那个押着的钱搞回来噻\n  chosen 退押金 ×1")
