"""The small parts: payloads, blocks, settings, the model's fingerprint; and Rasa's own check of the data."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import train
from bot.blocks import blocks_of
from bot.nlu.labels import full_label
from bot.payloads import UnknownPayload, read_payload
from bot.settings import Settings, SettingsError

INTENTS = {"选择", "常见问题"}


def test_a_payload_is_a_sure_intent_with_its_arguments() -> None:
    parsed = read_payload('/选择{"field":"reason","value":"closed"}', INTENTS)
    assert parsed["intent"] == {"name": "选择", "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [("field", "reason"), ("value", "closed")]


def test_a_payload_may_be_a_full_label() -> None:
    assert full_label(read_payload("/常见问题/到账时间", INTENTS)) == "常见问题/到账时间"


@pytest.mark.parametrize("payload", ["选择", "/", "/别的", "/选择{", "/选择{]}", '/选择 {"a":1} x'])
def test_what_is_no_payload_is_refused(payload: str) -> None:
    with pytest.raises(UnknownPayload):
        read_payload(payload, INTENTS)


def test_blocks_come_in_the_order_of_speech_and_choices_are_numbered_through() -> None:
    button = {"title": "好", "payload": "/肯定"}
    blocks = blocks_of(
        [
            {"text": "甲", "buttons": [button]},
            {"custom": {"block": {"type": "progress", "application_no": "SQ1"}}},
            {"text": " ", "buttons": [{**button, "style": "primary"}]},
        ]
    )
    assert [block["type"] for block in blocks] == ["text", "choices", "progress", "choices"]
    assert [block["choices"][0]["id"] for block in blocks if "choices" in block] == ["c1", "c2"]
    assert [block["choices"][0]["style"] for block in blocks if "choices" in block] == ["plain", "primary"]


def test_settings_need_a_token_and_listen_on_the_loopback() -> None:
    with pytest.raises(SettingsError, match="SERVICE_TOKEN"):
        Settings.from_environment({"SERVICE_TOKEN": "short"})
    settings = Settings.from_environment({"SERVICE_TOKEN": "x" * 16, "DATA_DIR": "/data"})
    assert (settings.host, settings.port) == ("127.0.0.1", 5005)
    assert settings.tracker_database_url == "sqlite:////data/tracker.sqlite"


def test_the_fingerprint_changes_with_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.yml"
    monkeypatch.setattr(train, "_SOURCES", (str(source),))
    source.write_text("one")
    before = train.fingerprint()
    assert train.fingerprint() == before
    source.write_text("two")
    assert train.fingerprint() != before


def test_rasa_finds_no_fault_with_the_data() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rasa", "data", "validate", "--data", *train.TRAINING_DATA],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "conflict" not in done.stdout.lower().replace("no story structure conflicts", "")
