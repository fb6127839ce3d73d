"""Members of the staff come, change and go: one-time passwords, sessions that end, and always an admin left."""

import re

import pytest

from service import staff as command
from service.accounts import StaffChanges, StaffPeople
from service.accounts.problems import LastAdmin, LoginTaken, LoginUnusable, OwnRole
from service.platform.clock import FixedClock
from tests.service.builders import World
from tests.service.office import PASSWORD, desk_at, trail_of

NEW_PASSWORD = "蓝色自行车在楼顶唱歌给猫听"


def run(world: World, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = command.run(world.platform, command._parser().parse_args(arguments))
    said = capsys.readouterr()
    return code, said.out + said.err


def password_in(text: str) -> str:
    found = re.search(r"password (\S+) ", text)
    assert found is not None, text
    return found.group(1)


def staff_id(world: World, login: str) -> str:
    with world.platform.database.session() as session:
        return StaffPeople(world.platform).named(session, login).id


def change(world: World, login: str, changes: StaffChanges, actor: str = "staff:somebody") -> None:
    with world.platform.database.begin() as session:
        StaffPeople(world.platform).change(session, staff_id(world, login), changes, actor=actor)


def test_the_first_admin_signs_in_once_with_what_was_printed(office: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(office, capsys, "add", "Zheng.Li", "--name", "郑丽")
    assert code == 0
    desk = desk_at(office)
    session = desk.sign_in("zheng.li", password_in(said)).json()
    assert (session["role"], session["must_change_password"]) == ("admin", True)
    refused = desk.ask("GET", "/v1/staff/colleagues")
    assert (refused.status_code, refused.json()["type"]) == (403, "password_change_needed")
    weak = desk.ask("PUT", "/v1/staff/password", {"current": password_in(said), "new": "郑丽20261127888"})
    assert (weak.status_code, weak.json()["type"]) == (422, "password_weak")
    changed = desk.ask("PUT", "/v1/staff/password", {"current": password_in(said), "new": NEW_PASSWORD})
    assert changed.status_code == 204
    assert desk.ask("GET", "/v1/staff/colleagues").status_code == 200
    assert password_in(said) not in str([entry.sealed() for entry in trail_of(office)])


def test_the_command_says_what_is_wrong(office: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(office, capsys, "add", "lead", "--name", "另一位") == (1, f"{LoginTaken.detail}\n")
    assert run(office, capsys, "add", "两 个", "--name", "某人") == (1, f"{LoginUnusable.detail}\n")
    assert run(office, capsys, "disable", "nobody")[0] == 1
    code, listed = run(office, capsys, "list")
    assert (code, len(listed.splitlines())) == (0, 3)
    assert "主管老吴" in listed


def test_a_new_password_ends_the_other_sessions(office: World) -> None:
    here, there = desk_at(office), desk_at(office)
    here.sign_in()
    there.sign_in()
    assert here.ask("PUT", "/v1/staff/password", {"current": PASSWORD, "new": NEW_PASSWORD}).status_code == 204
    assert (here.signed_in, there.signed_in) == (True, False)
    assert there.sign_in().status_code == 401
    assert there.sign_in(password=NEW_PASSWORD).status_code == 200


def test_a_wrong_password_changes_nothing_and_cannot_be_guessed_from_a_stolen_session(office: World) -> None:
    desk = desk_at(office)
    desk.sign_in()
    body = {"current": "wrong", "new": NEW_PASSWORD}
    assert [desk.ask("PUT", "/v1/staff/password", body).status_code for _ in range(6)] == [422] * 5 + [429]
    body["current"] = PASSWORD
    assert desk.ask("PUT", "/v1/staff/password", body).status_code == 429


def test_who_is_disabled_is_out_at_once(office: World, capsys: pytest.CaptureFixture[str]) -> None:
    desk = desk_at(office)
    desk.sign_in()
    assert run(office, capsys, "disable", "reviewer")[0] == 0
    assert not desk.signed_in
    assert desk.sign_in().status_code == 401
    entry = trail_of(office)[-2]
    assert (entry.action, entry.before, entry.after) == (
        "staff.changed",
        {"name": "审核员小林", "role": "reviewer", "active": True},
        {"name": "审核员小林", "role": "reviewer", "active": False},
    )
    assert entry.actor.startswith("operator:")


def test_a_reset_ends_the_sessions_and_forgets_the_phone_when_told_to(
    office: World, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = desk_at(office)
    desk.sign_in()
    code, said = run(office, capsys, "reset", "reviewer", "--second-factor")
    assert (code, desk.signed_in) == (0, False)
    assert desk.sign_in(password=password_in(said)).json()["must_change_password"] is True


def test_there_is_always_an_admin_and_nobody_changes_the_own_role(office: World) -> None:
    for changes in (StaffChanges("小郑", "lead", active=True), StaffChanges("小郑", "admin", active=False)):
        with pytest.raises(LastAdmin):
            change(office, "admin", changes)
    with pytest.raises(OwnRole):
        change(office, "lead", StaffChanges("老吴", "admin", active=True), actor=f"staff:{staff_id(office, 'lead')}")
    change(office, "lead", StaffChanges("老吴", "admin", active=True))
    change(office, "admin", StaffChanges("小郑", "reviewer", active=True))


def test_colleagues_are_those_who_work_here_now(office: World) -> None:
    desk = desk_at(office)
    desk.sign_in()
    change(office, "lead", StaffChanges("主管老吴", "lead", active=False))
    names = {(one["name"], one["role"]) for one in desk.ask("GET", "/v1/staff/colleagues").json()["items"]}
    assert names == {("审核员小林", "reviewer"), ("管理员小郑", "admin")}


def test_a_session_that_is_not_used_falls_idle(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    for _ in range(3):
        clock.advance(minutes=59)
        assert desk.signed_in
    clock.advance(minutes=61)
    assert not desk.signed_in
