"""The second factor: asked for once it is set, each code good once, and a way back in without the phone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyotp
import pytest

from service.accounts.second_factor import qr_path
from service.platform.clock import FixedClock
from service.platform.settings import Settings
from tests.service.builders import World, make_settings, open_world
from tests.service.office import PASSWORD, Desk, desk_at, trail_of

Phone = Callable[[], str]


def bind(desk: Desk, clock: FixedClock) -> tuple[Phone, list[str]]:
    """What the phone shows now, and the recovery codes."""
    enrolled = desk.ask("POST", "/v1/staff/second-factor", {"password": PASSWORD}).json()
    totp = pyotp.TOTP(enrolled["secret"])

    def shown() -> str:
        return totp.at(clock.now())

    confirmed = desk.ask("POST", "/v1/staff/second-factor/confirm", {"code": shown()})
    assert confirmed.status_code == 200, confirmed.text
    return shown, confirmed.json()["recovery_codes"]


def kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("type", "")


def test_a_code_is_asked_for_after_the_password_and_works_once(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    shown, _codes = bind(desk, clock)
    assert desk.client.get("/v1/staff/session").json()["second_factor"] is True
    new = desk_at(office, "198.51.100.4")
    assert kind(new.sign_in()) == (401, "second_factor_needed")
    assert kind(new.sign_in(code=shown())) == (401, "second_factor_refused")  # it was shown when it was bound
    clock.advance(seconds=30)
    assert new.sign_in(code=f"{shown()[:3]} {shown()[3:]}").status_code == 200
    assert kind(new.sign_in(code=shown())) == (401, "second_factor_refused")


def test_a_phone_may_go_half_a_minute_wrong_and_no_more(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    shown, _codes = bind(desk, clock)
    clock.advance(minutes=5)
    late = shown()
    clock.advance(seconds=30)
    assert desk.sign_in(code=late).status_code == 200
    clock.advance(minutes=5)
    older = shown()
    clock.advance(seconds=61)
    assert desk.sign_in(code=older).status_code == 401


def test_a_recovery_code_signs_in_once_in_the_place_of_the_phone(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    _shown, codes = bind(desk, clock)
    assert len(set(codes)) == 10
    assert desk.sign_in(code=codes[0].upper()).status_code == 200
    assert desk.sign_in(code=codes[0]).status_code == 401
    assert desk.sign_in(code=codes[1]).status_code == 200


def test_wrong_codes_are_counted_like_wrong_passwords_but_a_missing_one_is_not(
    office: World, clock: FixedClock
) -> None:
    desk = desk_at(office)
    desk.sign_in()
    bind(desk, clock)
    assert [kind(desk.sign_in())[1] for _ in range(7)] == ["second_factor_needed"] * 7
    assert [desk.sign_in(code="000000").status_code for _ in range(6)] == [401] * 5 + [429]


def test_a_bound_phone_is_only_taken_off_with_the_password(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    bind(desk, clock)
    assert kind(desk.ask("POST", "/v1/staff/second-factor", {"password": PASSWORD})) == (409, "second_factor_set")
    wrong = desk.ask("DELETE", "/v1/staff/second-factor", {"password": "wrong"})
    assert kind(wrong) == (422, "password_refused")
    assert desk.ask("DELETE", "/v1/staff/second-factor", {"password": PASSWORD}).status_code == 204
    assert desk.sign_in().status_code == 200


def test_what_is_stored_shows_neither_the_secret_nor_a_code(lite: World, clock: FixedClock) -> None:
    factors = lite.accounts.staff._second_factors
    with lite.platform.database.begin() as session:
        from service.accounts.models import RecoveryCode, SecondFactor, Staff

        session.add(
            Staff(
                id="s" * 32,
                login="x",
                name="小何",
                role="agent",
                password_hash="-",
                must_change_password=False,
                active=True,
                created_at=clock.now(),
            )
        )
        session.flush()
        enrolled = factors.enrol(session, "s" * 32, "x")
        codes = factors.confirm(session, "s" * 32, pyotp.TOTP(enrolled.secret).at(clock.now()))
        stored = session.get_one(SecondFactor, "s" * 32).secret_sealed
        hashes = [row.code_hash for row in session.query(RecoveryCode)]
    assert enrolled.secret not in stored
    assert not set(codes) & set(hashes)


def test_each_step_stands_in_the_trail_without_secrets(office: World, clock: FixedClock) -> None:
    desk = desk_at(office)
    desk.sign_in()
    _shown, codes = bind(desk, clock)
    desk.ask("DELETE", "/v1/staff/second-factor", {"password": PASSWORD})
    entries = trail_of(office)
    assert [entry.action for entry in entries] == [
        "staff.signed_in",
        "staff.second_factor_set",
        "staff.second_factor_removed",
    ]
    assert not any(code in str(entry.sealed()) for code in codes for entry in entries)


def test_required_leaves_nothing_open_but_setting_it(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    changes = {"staff_demo_passwords": f"reviewer:{PASSWORD}", "staff_second_factor": "required"}
    with open_world(tmp_path, sqlite_url, clock, **changes) as world:
        desk = desk_at(world)
        assert desk.sign_in().json()["must_set_second_factor"] is True
        assert kind(desk.ask("GET", "/v1/review/applications")) == (403, "second_factor_setup_needed")
        bind(desk, clock)
        assert desk.ask("GET", "/v1/review/applications").status_code == 200


def test_off_asks_nobody(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    changes = {"staff_demo_passwords": f"reviewer:{PASSWORD}", "staff_second_factor": "off"}
    with open_world(tmp_path, sqlite_url, clock, **changes) as world:
        desk = desk_at(world)
        desk.sign_in()
        assert kind(desk.ask("POST", "/v1/staff/second-factor", {"password": PASSWORD})) == (409, "second_factor_off")


@pytest.mark.parametrize("value", ["on", "yes"])
def test_another_value_of_the_setting_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(ValueError, match="optional"):
        make_settings(tmp_path, staff_second_factor=value)
    assert Settings.model_fields["staff_second_factor"].default == "optional"


def test_the_qr_code_is_one_path_of_its_dark_modules() -> None:
    size, path = qr_path("otpauth://totp/x?secret=ABC")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs) == path
    assert all(int(x) >= 4 and int(x) + int(length) <= size - 4 and 4 <= int(y) < size - 4 for x, y, length in runs)
    assert ("4", "4", "7") in runs  # the upper edge of the first finder
