"""From a sentence that was not understood to a line of training data, through the running product."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.people import Merchant
from tests.e2e.stack import ROOT, Stack

pytestmark = pytest.mark.timeout(300)

# Might mean several things, so that the model asks back; it must not stand in the training data.
SENTENCE = "那个东西怎么回事给看看"
READ_BY_RASA = """
import json, sys
from rasa.shared.nlu.training_data.loading import load_data
examples = load_data(sys.argv[1]).intent_examples
print(json.dumps([[example.get("text"), example.get_full_intent()] for example in examples]))
"""


def review_nlu(stack: Stack, sentences: Path, *arguments: str, typed: str = "") -> str:
    """What a person sees who runs it, with accepted sentences going to a folder of the test's own."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.review_nlu", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(stack.data_dir), "TRAINING_DATA_EXTRA": str(sentences)},
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def read_by_rasa(file: Path) -> list[list[str]]:
    command = [".venv/bin/python", "-c", READ_BY_RASA, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    examples: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return examples


def test_a_choice_becomes_training_data(healthy: Stack, tmp_path: Path) -> None:
    merchant = Merchant(healthy.url)
    asked_back = merchant.say(SENTENCE)
    offered = [choice["title"] for block in asked_back for choice in block.get("choices", [])]
    assert offered[-1] == "转人工"
    assert 2 <= len(offered) <= 4
    merchant.choose(offered[0])

    listed = review_nlu(healthy, tmp_path, "--list")
    assert SENTENCE in listed
    label = listed.split(f"{SENTENCE}\n  chosen ")[1].split()[0]

    review_nlu(healthy, tmp_path, typed="y\n" * (listed.count("  chosen ")))
    assert [SENTENCE, label] in read_by_rasa(tmp_path / "accepted.yml")
    assert SENTENCE not in review_nlu(healthy, tmp_path, "--list")
