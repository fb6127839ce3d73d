"""Wrong settings stop the start with a sentence that helps."""

import pytest

from service.channels.wechat.wecom.settings import load_wecom_settings
from service.platform.settings import SettingsError
from tests.service.channels.wecom.conftest import DESK, SETTINGS


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WECOM_CORP_ID", "corp", "WECOM_CORP_ID cannot be used"),
        ("WECOM_SECRET", "", "WECOM_SECRET is needed"),
        ("WECOM_TOKEN", "", "WECOM_TOKEN is needed"),
        ("WECOM_TOKEN", "a b", "WECOM_TOKEN must be"),
        ("WECOM_AES_KEY", "short", "WECOM_AES_KEY must be"),
        ("WECOM_API_URL", "qyapi.weixin.qq.com", "WECOM_API_URL cannot be used"),
        ("WECOM_OPEN_KFIDS", "wk1,w k", "WECOM_OPEN_KFIDS cannot be used"),
        ("WECOM_PREVIOUS_TOKEN", "abc", "WECOM_PREVIOUS_AES_KEY must be"),
    ],
)
def test_a_mistake_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    for each, right in SETTINGS.items():
        monkeypatch.setenv(each, right)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        load_wecom_settings()


def test_without_a_corp_id_it_is_off() -> None:
    assert not load_wecom_settings().is_on


def test_the_accounts_that_are_served_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for each, right in {**SETTINGS, "WECOM_OPEN_KFIDS": f"{DESK}, wkOther"}.items():
        monkeypatch.setenv(each, right)
    settings = load_wecom_settings()
    assert settings.serves(DESK)
    assert not settings.serves("wkThird")


def test_production_calls_by_https_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for each, right in SETTINGS.items():
        monkeypatch.setenv(each, right)
    settings = load_wecom_settings()
    settings.refuse_debug(production=False)
    with pytest.raises(SettingsError, match="ENV=production"):
        settings.refuse_debug(production=True)
