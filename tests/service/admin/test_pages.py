"""The pages of the master data: who comes in, what may be changed, what never shows, and what stays behind."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import httpx
import pytest

from service.accounts import Role
from service.platform.clock import FixedClock
from tests.service.builders import MING, SPRING, SPRING_PHONE, World, open_world
from tests.service.office import PASSWORD, Desk, desk_at, trail_of

ROLES: tuple[Role, ...] = get_args(Role)
REASON = {"kind": "document", "code": "too_dark", "text": "太暗了，请开灯再拍"}
TOKENS = Path(__file__).parents[3] / "web" / "shared" / "tokens.css"
STYLE = Path(__file__).parents[3] / "service" / "admin" / "static" / "admin.css"


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    passwords = ",".join(f"{role}:{PASSWORD}" for role in ROLES)
    with open_world(tmp_path, database_url, clock, staff_demo_passwords=passwords) as world:
        yield world


def signed_in(office: World, role: str) -> Desk:
    desk = desk_at(office)
    assert desk.sign_in(role).status_code == 200
    return desk


def see(desk: Desk, path: str) -> httpx.Response:
    return desk.client.get(f"/admin/{path}", follow_redirects=False)


def save(desk: Desk, path: str, **form: str) -> httpx.Response:
    """As the page's form does: with the token that the page was given."""
    token = desk.client.get("/v1/staff/session").json()["csrf_token"]
    return desk.client.post(f"/admin/{path}", data={**form, "csrftoken": token}, follow_redirects=False)


def offered(office: World) -> list[str]:
    with office.platform.database.session() as session:
        return [reason.code for reason in office.app.state.cases.parts.reasons.read(session).document]


def staff_key(office: World, login: str) -> str:
    from service.accounts import StaffPeople

    with office.platform.database.session() as session:
        return StaffPeople(office.platform).named(session, login).id


def test_who_is_not_signed_in_is_sent_to_the_desk(office: World) -> None:
    answer = see(desk_at(office), "reasons/list")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_its_own_lists_and_changes_them_or_not(office: World, role: Role) -> None:
    desk = signed_in(office, role)
    seen = {key for key in ("staff", "reasons", "fees", "merchants") if see(desk, f"{key}/list").status_code == 200}
    lists = {"lead": {"reasons", "fees", "merchants"}, "auditor": {"reasons", "fees", "merchants"}}
    assert seen == lists.get(role, {"staff", "reasons", "fees", "merchants"} if role == "admin" else set())
    assert save(desk, "reasons/create", **REASON).status_code == (303 if role in ("lead", "admin") else 403)
    assert ("too_dark" in offered(office)) == (role in ("lead", "admin"))


def test_who_has_no_business_here_is_told_who_has(office: World) -> None:
    assert "主管和管理员" in see(signed_in(office, "reviewer"), "").text


def test_a_form_of_another_page_changes_nothing(office: World) -> None:
    desk = signed_in(office, "lead")
    for token in ("", "made-up"):
        answer = desk.client.post("/admin/reasons/create", data={**REASON, "csrftoken": token})
        assert answer.status_code == 403
        assert "没有保存" in answer.text
    assert "too_dark" not in offered(office)


def test_a_reason_is_changed_and_set_inactive_but_its_code_stays(office: World) -> None:
    desk = signed_in(office, "lead")
    changed = {"kind": "reject", "code": "another", "text": "看不清，请重拍"}
    assert save(desk, "reasons/edit?pk=document:unclear", **changed).status_code == 303
    assert "unclear" not in offered(office)  # the box "可以选" was not ticked
    assert save(desk, "reasons/edit?pk=document:unclear", active="on", **changed).status_code == 303
    assert "unclear" in offered(office)
    assert "看不清，请重拍" in see(desk, "reasons/list").text


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(office: World) -> None:
    desk = signed_in(office, "lead")
    fee = {"code": "lost", "text": "机具丢失", "clause": "合同的机具条款", "amount_fen": "99.5.1"}
    answer = save(desk, "fees/create", **fee)
    assert answer.status_code == 422
    assert "例如 100 或 99.50" in answer.text
    assert 'value="99.5.1"' in answer.text
    again = save(desk, "fees/create", **{**fee, "amount_fen": "99.5", "code": "机具"})
    assert "小写字母" in again.text
    assert 'value="99.5"' in again.text
    assert save(desk, "fees/create", **{**fee, "amount_fen": "99.5"}).status_code == 303
    assert "99.50" in see(desk, "fees/list").text
    long = save(desk, "reasons/create", **{**REASON, "text": "长" * 201})
    assert (long.status_code, "最多200个字" in long.text) == (422, True)
    made_up = save(desk, "reasons/create", **{**REASON, "kind": "made-up"})
    assert made_up.status_code == 422


def test_merchants_are_found_and_only_what_is_open_is_set_right(office: World) -> None:
    desk = signed_in(office, "lead")
    found = see(desk, f"merchants/list?q={SPRING[-6:]}").text
    assert (SPRING in found, MING in found) == (True, False)
    key = re.search(r"merchants/edit\?pk=(\w+)", found)
    assert key is not None
    assert save(desk, "merchants/create", name="新商户").status_code == 403
    form = {"fees_owed_fen": "36", "open_disputes": "", "name": "改名", "status": "closed"}
    assert save(desk, f"merchants/edit?pk={key[1]}", **form).status_code == 303
    entry = trail_of(office)[-1]
    assert (entry.action, entry.target) == ("merchant.set_right", f"merchant:{SPRING}")
    assert entry.before == {"fees_owed_fen": 0, "open_disputes": 0}
    assert entry.after == {"fees_owed_fen": 3_600, "open_disputes": None}
    assert "改名" not in see(desk, "merchants/list").text
    assert save(desk, f"merchants/edit?pk={key[1]}", fees_owed_fen="-1").status_code == 422


def test_nothing_that_is_sealed_or_secret_shows(office: World) -> None:
    desk = signed_in(office, "admin")
    merchants, staff = see(desk, "merchants/list").text, see(desk, "staff/list").text
    assert SPRING_PHONE not in merchants
    assert not re.search(r"\d{16,19}", re.sub(r"<[^>]*>", " ", merchants))
    assert "argon2" not in staff + see(desk, f"staff/edit?pk={staff_key(office, 'lead')}").text


def test_an_admin_adds_somebody_and_hands_over_a_password_that_is_shown_once(office: World) -> None:
    desk = signed_in(office, "admin")
    answer = save(desk, "staff/create", login="he.li", name="何丽", role="agent")
    assert answer.status_code == 303
    key = staff_key(office, "he.li")
    shown = save(desk, f"_api/staff/row-action?name=one_time_password&pk={key}")
    assert shown.headers["cache-control"] == "no-store"
    password = re.search(r'class="secret">([^<]+)<', shown.text)
    assert password is not None
    new = desk_at(office)
    assert new.sign_in("he.li", password[1]).json()["must_change_password"] is True
    assert see(new, "").headers["location"] == "/desk/"
    assert password[1] not in str([entry.sealed() for entry in trail_of(office)]) + see(desk, "staff/list").text


def test_an_admin_cannot_leave_nobody_in_charge(office: World) -> None:
    desk = signed_in(office, "admin")
    key = staff_key(office, "admin")
    answer = save(desk, f"staff/edit?pk={key}", name="管理员小郑", role="admin")
    assert (answer.status_code, "最后一位管理员" in answer.text) == (422, True)
    assert "请让另一位管理员" in save(desk, f"staff/edit?pk={key}", name="小郑", role="lead", active="on").text


@pytest.mark.parametrize("role", ["lead", "auditor"])
def test_no_other_role_gives_out_passwords(office: World, role: str) -> None:
    key, desk = staff_key(office, "payer"), signed_in(office, role)
    answer = save(desk, f"_api/staff/row-action?name=one_time_password&pk={key}")
    assert answer.status_code >= 400
    assert "secret" not in answer.text
    assert desk_at(office).sign_in("payer").status_code == 200


def test_nothing_is_taken_out_brought_in_or_deleted(office: World) -> None:
    desk = signed_in(office, "admin")
    before = len(trail_of(office))
    for path in (
        "_api/reasons/action?name=export&pks=document:unclear",
        "_api/reasons/action?name=delete&pks=document:unclear",
        "_api/reasons/row-action?name=delete&pk=document:unclear",
        "_api/reasons/import",
    ):
        answer = save(desk, path)
        assert answer.status_code >= 400, path
    assert "unclear" in offered(office)
    assert len(trail_of(office)) == before


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inline: list[str | None] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [value for name, value in attrs if name in ("src", "href", "action") and value]
        self.handlers += [name for name in values if name.startswith("on")]
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.inline.append(values.get("nonce"))


@pytest.mark.parametrize("path", ["staff/list", "reasons/list", "reasons/create", "merchants/list", "fees/create"])
def test_a_page_asks_no_other_server_and_runs_no_script_but_its_own(office: World, path: str) -> None:
    answer = see(signed_in(office, "admin"), path)
    policy, links = answer.headers["content-security-policy"], Links(answer.text)
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert "default-src 'none'" in policy
    assert links.inline
    assert set(links.inline) == {nonce[1]}
    assert links.handlers == []
    assert {urlsplit(link).netloc for link in links.links} <= {"", "127.0.0.1:8000"}
    assert not re.search(r"url\(['\"]?https?:", answer.text)


def test_the_language_is_chinese(office: World) -> None:
    text = re.sub(r"<script.*?</script>", "", see(signed_in(office, "admin"), "reasons/create").text, flags=re.DOTALL)
    words = set(re.findall(r">\s*([A-Za-z][A-Za-z ]{3,})\s*<", text))
    assert words == set()


def test_the_colours_are_the_desks() -> None:
    light = TOKENS.read_text(encoding="utf-8").partition("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): ([^;]+);", light))
    own = dict(re.findall(r"^  --((?!tblr)[\w-]+): ([^;]+);", STYLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert own
    assert own.items() <= tokens.items()
