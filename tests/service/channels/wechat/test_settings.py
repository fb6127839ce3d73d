"""Wrong settings stop the start with a sentence that helps."""

from contextlib import nullcontext

import pytest

from service.channels.wechat.settings import load_speech_settings, load_wechat_settings
from service.platform.settings import SettingsError
from tests.service.channels.wechat.conftest import SETTINGS


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WECHAT_APP_ID", "wx12", "WECHAT_APP_ID cannot be used"),
        ("WECHAT_APP_SECRET", "", "WECHAT_APP_SECRET is needed"),
        ("WECHAT_TOKEN", "a b", "WECHAT_TOKEN must be"),
        ("WECHAT_AES_KEY", "short", "WECHAT_AES_KEY must be"),
        ("WECHAT_API_URL", "api.weixin.qq.com", "WECHAT_API_URL cannot be used"),
        ("WECHAT_MODE", "secret", "WECHAT_MODE cannot be used"),
        ("WECHAT_PREVIOUS_TOKEN", "abc", "WECHAT_PREVIOUS_AES_KEY must be"),
        ("WECHAT_NOTICE_TEMPLATE_FIELDS", "thing1", "WECHAT_NOTICE_TEMPLATE_FIELDS cannot be used"),
    ],
)
def test_a_mistake_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    for each, right in SETTINGS.items():
        monkeypatch.setenv(each, right)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        load_wechat_settings()


def test_without_an_app_id_it_is_off() -> None:
    assert not load_wechat_settings().is_on


@pytest.mark.parametrize(("name", "value"), [("WECHAT_MODE", "plain"), ("WECHAT_API_URL", "http://127.0.0.1:9")])
def test_production_refuses_what_is_for_trying_out(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    for each, right in {**SETTINGS, "WECHAT_API_URL": "https://api.weixin.qq.com", name: value}.items():
        monkeypatch.setenv(each, right)
    settings = load_wechat_settings()
    settings.refuse_debug(production=False)
    with pytest.raises(SettingsError, match="ENV=production"):
        settings.refuse_debug(production=True)


SPEECH = {"SPEECH_URL": "https://speech.example.com", "SPEECH_MODEL": "whisper-1"}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SPEECH_URL", "speech.example.com", "SPEECH_URL cannot be used: must look like"),
        ("SPEECH_URL", "https://speech.example.com/v1", "SPEECH_URL cannot be used: must look like"),
        ("SPEECH_URL", "https://name@speech.example.com", "SPEECH_URL cannot be used: must look like"),
        ("SPEECH_URL", "https://speech.example.com?key=1", "SPEECH_URL cannot be used: must end before"),
        ("SPEECH_URL", "https://speech.example.com:port", "SPEECH_URL cannot be used: is no address"),
        ("SPEECH_MODEL", " ", "SPEECH_MODEL is needed with SPEECH_URL"),
        ("SPEECH_TOKEN", "two words", "SPEECH_TOKEN cannot be used"),
        ("SPEECH_TIMEOUT_SECONDS", "0", "SPEECH_TIMEOUT_SECONDS cannot be used"),
        ("SPEECH_TIMEOUT_SECONDS", "soon", "SPEECH_TIMEOUT_SECONDS cannot be used"),
    ],
)
def test_a_mistake_about_the_recogniser_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    for each, right in {**SPEECH, name: value}.items():
        monkeypatch.setenv(each, right)
    with pytest.raises(SettingsError, match=says) as refused:
        load_speech_settings()
    assert "two words" not in str(refused.value)


def test_without_an_address_there_is_no_recogniser() -> None:
    assert not load_speech_settings().is_on


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://speech.example.com/asr", True),
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000", True),
        ("http://10.20.0.4:9000", True),
        ("http://speech:9000", True),
        ("http://speech.example.com", False),
        ("http://8.8.8.8:9000", False),
        ("http://134744072:9000", False),  # 8.8.8.8 once more
    ],
)
def test_in_production_voice_leaves_the_own_network_encrypted_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, url: str, is_taken: bool
) -> None:
    for each, right in {**SPEECH, "SPEECH_URL": url}.items():
        monkeypatch.setenv(each, right)
    settings = load_speech_settings()
    settings.refuse_open_ways(production=False)
    with nullcontext() if is_taken else pytest.raises(SettingsError, match="change SPEECH_URL"):
        settings.refuse_open_ways(production=True)
