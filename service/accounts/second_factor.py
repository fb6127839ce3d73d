"""The second factor: a code that changes every half minute on the person's phone, or a recovery code, each once."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyotp
import segno
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.models import RecoveryCode, SecondFactor
from service.accounts.problems import SecondFactorOff, SecondFactorRefused, SecondFactorSet
from service.platform.context import Platform
from service.platform.crypto import derive_key
from service.platform.database import rows_of
from service.platform.ids import random_code

_STEPS_OFF = (0, -1, 1)  # a phone's clock may be half a minute off
_QUIET_ZONE = 4
_RECOVERY_HALF = 5


@dataclass(frozen=True)
class Enrolment:
    """What the phone's app needs, as text, as an address and as a picture (the modules of a QR code as an SVG path)."""

    secret: str
    uri: str
    size: int
    path: str


class SecondFactors:
    def __init__(self, platform: Platform) -> None:
        settings = platform.settings
        self._cipher = platform.cipher
        self._clock = platform.clock
        self._on = settings.staff_second_factor != "off"
        self._issuer = settings.company_name
        self._recovery_key = derive_key(settings.secret_key.get_secret_value(), "recovery code")

    def asked_of(self, session: Session, staff_id: str) -> bool:
        factor = session.get(SecondFactor, staff_id)
        return self._on and factor is not None and factor.confirmed_at is not None

    def passes(self, session: Session, staff_id: str, code: str) -> bool:
        """Whether who shows this code may come in; the code is used up then."""
        return not self.asked_of(session, staff_id) or self._use(session, staff_id, code)

    def enrol(self, session: Session, staff_id: str, login: str) -> Enrolment:
        """A new secret; it counts once the phone has shown a code of it."""
        if not self._on:
            raise SecondFactorOff
        if self.asked_of(session, staff_id):
            raise SecondFactorSet
        secret = pyotp.random_base32()
        sealed = self._cipher.encrypt(secret, context=_context(staff_id))
        factor = session.get(SecondFactor, staff_id) or SecondFactor(staff_id=staff_id)
        factor.secret_sealed, factor.last_step = sealed, 0
        session.add(factor)
        uri = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=self._issuer)
        size, path = qr_path(uri)
        return Enrolment(secret=secret, uri=uri, size=size, path=path)

    def confirm(self, session: Session, staff_id: str, code: str) -> list[str]:
        """From here on codes are asked for. The recovery codes are shown this once."""
        factor = session.get(SecondFactor, staff_id, with_for_update=True)
        if factor is None or factor.confirmed_at is not None or not self._use_totp(factor, code):
            raise SecondFactorRefused
        factor.confirmed_at = self._clock.now()
        codes = [_new_recovery_code() for _ in range(rules.RECOVERY_CODES)]
        session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
        session.add_all(RecoveryCode(staff_id=staff_id, code_hash=self._hash(staff_id, code)) for code in codes)
        return codes

    def remove(self, session: Session, staff_id: str) -> None:
        session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
        session.execute(delete(SecondFactor).where(SecondFactor.staff_id == staff_id))

    def _use(self, session: Session, staff_id: str, code: str) -> bool:
        factor = session.get_one(SecondFactor, staff_id, with_for_update=True)
        return self._use_totp(factor, code) or self._use_recovery_code(session, staff_id, code)

    def _use_totp(self, factor: SecondFactor, code: str) -> bool:
        totp = pyotp.TOTP(self._cipher.decrypt(factor.secret_sealed, context=_context(factor.staff_id)))
        now, shown = totp.timecode(self._clock.now()), "".join(code.split())
        for step in (now + off for off in _STEPS_OFF):
            if step > factor.last_step and hmac.compare_digest(totp.generate_otp(step).encode(), shown.encode()):
                factor.last_step = step
                return True
        return False

    def _use_recovery_code(self, session: Session, staff_id: str, code: str) -> bool:
        used = session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.staff_id == staff_id,
                RecoveryCode.code_hash == self._hash(staff_id, code),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=self._clock.now())
        )
        return rows_of(used) == 1

    def _hash(self, staff_id: str, code: str) -> str:
        folded = "".join(code.split()).replace("-", "").upper()
        return hmac.new(self._recovery_key, f"{staff_id}:{folded}".encode(), hashlib.sha256).hexdigest()


def qr_path(text: str) -> tuple[int, str]:
    """The QR code as one SVG path, and the side of its square with the quiet zone around it."""
    rows = segno.make(text, error="m", micro=False).matrix
    return len(rows) + 2 * _QUIET_ZONE, "".join(_dark_runs(rows))


def _dark_runs(rows: tuple[bytearray, ...]) -> Iterator[str]:
    for y, row in enumerate(rows, _QUIET_ZONE):
        x = _QUIET_ZONE
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length


def _new_recovery_code() -> str:
    return f"{random_code(_RECOVERY_HALF)}-{random_code(_RECOVERY_HALF)}".lower()


def _context(staff_id: str) -> str:
    return f"second_factor:{staff_id}"
