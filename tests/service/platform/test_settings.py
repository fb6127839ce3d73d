"""A wrong setting stops the start with one sentence that says what to do."""

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.demo_env import DEMO_STAFF, write_demo_env
from service.platform.settings import SettingsError, load_settings

GOOD: dict[str, Any] = {
    "service_token": "s" * 32,
    "secret_key": "k" * 32,
    "vault_keys": "a:" + base64.b64encode(b"v" * 32).decode(),
}
PRODUCTION = {**GOOD, "env": "production", "public_url": "https://service.example.com"}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVICE_TOKEN", "SECRET_KEY", "VAULT_KEYS", "IDENTITY_SECRETS", "ENV", "SMS_ADAPTER"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service_token": "short"}, "SERVICE_TOKEN cannot be used"),
        ({"vault_keys": "a:short"}, "VAULT_KEYS"),
        ({"vault_keys": ""}, "VAULT_KEYS"),
        ({"port": "70000"}, "PORT cannot be used"),
        ({"env": "prod"}, "ENV cannot be used"),
        ({"widget_allowed_origins": "shop.example.com"}, "is not an origin"),
        ({"widget_allowed_origins": "https://*.example.com"}, "is not an origin"),
        ({"official_contacts": "95016"}, "OFFICIAL_CONTACTS"),
        ({"identity_secrets": "shop:short"}, "IDENTITY_SECRETS"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words) as refusal:
        load_settings({**GOOD, **change})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_secret_says_how_to_get_one(name: str) -> None:
    with pytest.raises(SettingsError, match=r"service\.demo_env"):
        load_settings({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"service_token": "demo-" + "s" * 32}, "SERVICE_TOKEN"),
        ({"vault_keys": "demo-1:" + base64.b64encode(b"v" * 32).decode()}, "VAULT_KEYS"),
        ({"identity_secrets": "shop:demo-" + "s" * 32}, "IDENTITY_SECRETS"),
        ({"staff_demo_passwords": "lead:secret"}, "STAFF_DEMO_PASSWORDS"),
        ({"sms_adapter": "file"}, "SMS_ADAPTER"),
        ({"payout_adapter": "simulated"}, "PAYOUT_ADAPTER"),
        ({"public_url": ""}, "PUBLIC_URL"),
    ],
)
def test_production_refuses_what_belongs_to_a_demo(change: dict[str, Any], name: str) -> None:
    assert load_settings(PRODUCTION).env == "production"
    with pytest.raises(SettingsError, match=name):
        load_settings({**PRODUCTION, **change})


def test_a_secret_is_not_shown_by_the_settings() -> None:
    assert "kkkk" not in repr(load_settings(GOOD))


def test_nobody_may_embed_the_widget_by_default_and_no_contact_is_confirmed() -> None:
    settings = load_settings(GOOD)
    assert settings.widget_allowed_origins == ()
    assert settings.official_contacts == ()


def test_the_demo_secrets_fit_and_stay_the_same(tmp_path: Path) -> None:
    path = tmp_path / "demo.env"
    assert "SECRET_KEY" in write_demo_env(path)
    first = path.read_text()
    assert write_demo_env(path) == []
    assert path.read_text() == first
    assert path.stat().st_mode & 0o077 == 0
    pairs = dict(line.split("=", 1) for line in first.splitlines() if not line.startswith("#"))
    assert load_settings({name.lower(): value for name, value in pairs.items()}).is_demo


def test_the_start_without_secrets_ends_with_a_sentence() -> None:
    names = {"SERVICE_TOKEN", "SECRET_KEY", "VAULT_KEYS"}
    environment = {name: value for name, value in os.environ.items() if name not in names}
    run = subprocess.run(
        [sys.executable, "-m", "service"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "service.demo_env" in run.stderr


def test_a_demo_of_before_gets_a_login_for_every_role(tmp_path: Path) -> None:
    path = tmp_path / "demo.env"
    path.write_text("STAFF_DEMO_PASSWORDS=reviewer:known\n", encoding="utf-8")
    write_demo_env(path)
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("STAFF_DEMO"))
    logins = dict(pair.split(":") for pair in line.partition("=")[2].split(","))
    assert set(logins) == set(DEMO_STAFF)
    assert logins["reviewer"] == "known"
