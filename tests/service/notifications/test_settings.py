"""Settings of the channels: what is taken, and the sentence with which the rest is refused."""

from __future__ import annotations

import json

import pytest

from service.notifications.settings import NotificationSettings, load_notification_settings
from service.platform.settings import SettingsError
from tests.service.notifications.receiver import SECRET


def targets(**changes: object) -> str:
    return json.dumps([{"name": "crm", "url": "https://crm.example.com/hooks", "secret": SECRET, **changes}])


def test_without_settings_there_is_nothing_but_the_defaults() -> None:
    settings = load_notification_settings()
    assert (settings.smtp_url.get_secret_value(), settings.webhook_targets, settings.staff_mailboxes) == ("", (), {})


def test_targets_and_mailboxes_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_TARGETS", targets(events=["application.approved"]))
    monkeypatch.setenv("WEBHOOK_NETWORKS", "10.20.0.0/16, fd00::/8")
    monkeypatch.setenv("STAFF_MAILBOXES", '{"lead":"lead@example.com"}')
    settings = load_notification_settings()
    (target,) = settings.webhook_targets
    assert (target.wants("application.approved"), target.wants("application.rejected")) == (True, False)
    assert [str(network) for network in settings.webhook_networks] == ["10.20.0.0/16", "fd00::/8"]
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SMTP_URL": "http://mail.example.com"}, "SMTP_URL cannot be used: must look like smtps://"),
        ({"SMTP_URL": "smtps://mail.example.com"}, "MAIL_FROM must be an address"),
        ({"SMTP_CA_FILE": "/nowhere.pem"}, "SMTP_CA_FILE cannot be used: /nowhere.pem is not there"),
        ({"STAFF_MAILBOXES": "lead@example.com"}, "STAFF_MAILBOXES cannot be used: is not JSON"),
        ({"STAFF_MAILBOXES": '{"lead":"lead"}'}, "'lead' is not an e-mail address"),
        ({"WEBHOOK_TARGETS": targets(url="ftp://x")}, "url must look like https://crm.example.com/hooks"),
        ({"WEBHOOK_TARGETS": targets(url="https://user@x.cn/")}, "without a user name"),
        ({"WEBHOOK_TARGETS": targets(secret="whsec_c2hvcnQ=")}, "secret must be whsec_"),
        ({"WEBHOOK_TARGETS": targets(name="Big CRM")}, "WEBHOOK_TARGETS cannot be used"),
        ({"WEBHOOK_TARGETS": targets()[:-1] + "," + targets()[1:]}, "two targets have the same name"),
        ({"WEBHOOK_NETWORKS": "10.0.0.1/8"}, "WEBHOOK_NETWORKS cannot be used"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], told: str
) -> None:
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_notification_settings()
    assert told in str(refused.value)
    assert SECRET not in str(refused.value)


def test_production_calls_by_https_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_TARGETS", targets(url="http://crm.example.com/hooks"))
    settings = NotificationSettings()
    settings.refuse_plain_targets(production=False)
    with pytest.raises(SettingsError, match="change the url of crm"):
        settings.refuse_plain_targets(production=True)
