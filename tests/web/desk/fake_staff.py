"""Signing in to the fake desk: password, lock, second factor, and what must be done before anything else."""

from __future__ import annotations

from typing import Any

from .fake_people import PASSWORD, PEOPLE, ROOMS, Person, person_with

CODE = "428913"
CSRF_TOKEN = "fake-csrf"
ATTEMPTS = 5
LOCK_SECONDS = 8 * 60
RECOVERY_CODES = [f"abcd{digit}-wxyz{digit}" for digit in range(10)]
QR_PATH = "M4 4h7v1h-7zM4 6h1v5h-1zM12 4h2v3h-2zM6 12h9v2h-9z"


class Refusal(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, kind: str, detail: str, retry_after: int = 0) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.retry_after = status, kind, detail, retry_after


class FakeStaff:
    """Who sits at this desk."""

    def forget_staff(self) -> None:
        self.signed_in = False
        self.failures = 0
        self.password = PASSWORD
        self.person = PEOPLE[0]
        self.must_change_password = False
        self.must_set_second_factor = False
        self.second_factor = False
        self.codes_used: list[str] = []

    def sign_in(self, login: str, password: str, code: str) -> dict[str, Any]:
        if self.failures >= ATTEMPTS:
            detail = "密码连续输错 5 次，账号已暂时锁定，请 15 分钟后再试，或请管理员重置密码。"
            raise Refusal(429, "login_locked", detail, LOCK_SECONDS)
        person = person_with(login)
        if person is None or password != self.password:
            self.failures += 1
            raise Refusal(401, "login_refused", "账号或密码不对，请核对后再试。")
        if self.second_factor:
            self._check_code(code)
        self.failures, self.signed_in, self.person = 0, True, person
        return self.session()

    def _check_code(self, code: str) -> None:
        if not code:
            raise Refusal(401, "second_factor_needed", "请打开手机上的验证器，输入现在显示的6位数字。")
        if code not in {CODE, *RECOVERY_CODES} or code in self.codes_used:
            self.failures += 1
            raise Refusal(401, "second_factor_refused", "动态验证码不对，或者刚才已经用过。")
        self.codes_used.append(code)

    def me(self) -> Person:
        if not self.signed_in:
            raise Refusal(401, "unauthenticated", "登录已过期，请重新登录。")
        return self.person

    def session(self) -> dict[str, Any]:
        me = self.me()
        return {
            "name": me.name,
            "role": me.role,
            "csrf_token": CSRF_TOKEN,
            "must_change_password": self.must_change_password,
            "second_factor": self.second_factor,
            "must_set_second_factor": self.must_set_second_factor,
            "rooms": ROOMS[me.role],
        }

    def require(self, *roles: str) -> Person:
        if self.me().role not in roles:
            raise Refusal(403, "forbidden", "您没有权限做这一步，如需要请联系负责人。")
        return self.person

    def check_password(self, password: str) -> None:
        self.me()
        if password != self.password:
            raise Refusal(401, "login_refused", "现在的密码不对，请核对后再试。")

    def change_password(self, current: str, new: str) -> None:
        self.check_password(current)
        if "password" in new:
            raise Refusal(422, "password_weak", "这个密码太常见，容易被猜到。请换一个。")
        self.password, self.must_change_password = new, False

    def offer_factor(self, password: str) -> dict[str, Any]:
        self.check_password(password)
        return {"secret": "JBSWY3DPEHPK3PXP", "uri": "otpauth://totp/desk", "qr": {"size": 29, "path": QR_PATH}}

    def confirm_factor(self, code: str) -> list[str]:
        self.me()
        if code != CODE:
            raise Refusal(401, "second_factor_refused", "动态验证码不对，或者刚才已经用过。")
        self.second_factor, self.must_set_second_factor = True, False
        return RECOVERY_CODES

    def remove_factor(self, password: str) -> None:
        self.check_password(password)
        self.second_factor = False
