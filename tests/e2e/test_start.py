"""What stands in the way of a start is said in one sentence that helps, and the exit code is not 0."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.stack import ROOT, Stack


def run(data_dir: Path, **settings: str) -> tuple[int, str]:
    """Exit code and last line of a start that cannot work."""
    result = subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data_dir), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return result.returncode, result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_a_port_in_use_is_named_with_a_way_out(tmp_path: Path, name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, sentence = run(tmp_path, **{name: str(port)})
    assert code == 1
    assert f"Port {port} is in use" in sentence
    assert f"{name}=" in sentence


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    code, sentence = run(tmp_path, PORT="eighty")
    assert code == 1
    assert "PORT is 'eighty'" in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAYOUT_ADAPTER", "cash"), ("WIDGET_ALLOWED_ORIGINS", "shop.example.com"), ("SECRET_KEY", "short")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    ports = {"PORT": "18981", "RASA_PORT": "18982", "ACTIONS_PORT": "18983"}
    code, sentence = run(tmp_path, **ports, **{name: value})
    assert code == 1
    assert name in sentence


def test_demo_secrets_are_refused_in_production(healthy: Stack, tmp_path: Path) -> None:
    ports = {"PORT": "18981", "RASA_PORT": "18982", "ACTIONS_PORT": "18983"}
    demo = (healthy.data_dir / "demo.env").read_text(encoding="utf-8")
    (tmp_path / "demo.env").write_text(demo, encoding="utf-8")
    code, sentence = run(tmp_path, ENV="production", **ports)
    assert code == 1
    assert "production" in sentence


def test_the_start_says_where_things_are_and_what_they_cost(healthy: Stack) -> None:
    printed = "".join(healthy.output)
    for part in ("/demo/", "/desk/", "/docs", "Staff login", "memory at rest"):
        assert part in printed
