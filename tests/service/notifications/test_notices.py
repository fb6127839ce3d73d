"""The texts that are delivered, and what an editor is told about a mistake in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service.cases import STAFF_NOTICE_KINDS
from service.cases.reminders.policy import load_policy
from service.cases.rules import Event
from service.cases.settings import CaseSettings
from service.notifications.notices import NoticeFileError, Notices, load_notices
from service.notifications.settings import NotificationSettings
from service.notifications.wiring import OWN_KINDS

FOLDER = NotificationSettings().notices_dir
KINDS = frozenset(map(str, Event)) | {"deadline_moved"} | load_policy(CaseSettings().reminders).kinds | OWN_KINDS
WORDS = {"no": "SQ2611227K3Q9D", "title": "撤销交易"}


def load(folder: Path = FOLDER) -> Notices:
    return load_notices(folder, company="演示收单公司", merchant_kinds=KINDS, staff_kinds=STAFF_NOTICE_KINDS)


def test_every_event_has_a_text_or_says_why_not() -> None:
    notices = load()
    assert set(notices.merchant.notices) == KINDS
    assert all(bool(notice.text) != bool(notice.none) for notice in notices.merchant.notices.values())


def test_a_short_message_fits_into_two_and_says_that_it_has_no_link() -> None:
    notices = load()
    for kind, notice in notices.merchant.notices.items():
        if notice.text and "sms" in notice.ways:
            text = notices.say(notice, "sms", WORDS)["text"]
            assert text.startswith("【演示收单公司】"), kind
            assert text.endswith("本通知不含链接，我们不会向您要验证码。"), kind
            assert len(text) <= 134, f"{kind}: {len(text)}"


def test_what_merchants_have_to_do_something_about_reaches_their_phones() -> None:
    notices = load().merchant.notices
    for kind in ("documents_requested", "agreement_asked", "payout_abnormal", "rejected", "return_asked", "rested"):
        assert "sms" in notices[kind].ways


def test_no_text_names_a_sum_or_an_account() -> None:
    for notice in load().merchant.notices.values():
        assert not {"元", "尾号"} & set(notice.text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  submitted:\n    none: 商户自己刚刚提交，页面上已经看到\n", "", "notices 里少了 submitted"),
        ("  submitted:\n", "  sumbitted:\n    none: 拼错了\n  submitted:\n", "notices.sumbitted：没有这件事"),
        ("    subject: 开始打款\n", "", "notices.payout_started"),
        ("打开对话确认金额和收款账户。", "点 http://t.cn/x 确认。", "不能写网址"),
        ("打开对话看原因", "打 {phone}", "{phone} 不认识"),
        ("打开对话看原因", "打开对话看原因}", "花括号没有成对"),
        ("ways: [email, wechat]", "ways: [fax]", "ways"),
        ("frame:\n", "frame: [\n", "不是正确的 YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "merchant.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(NoticeFileError) as refused:
        load(tmp_path)
    assert str(path) in str(refused.value)
    assert told in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoticeFileError, match=r"merchant\.yml: 读不了"):
        load(tmp_path)
