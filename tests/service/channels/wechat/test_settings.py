"""Wrong settings stop the start with a sentence that helps."""

import pytest

from service.channels.wechat.settings import load_wechat_settings
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
