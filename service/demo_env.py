"""`python -m service.demo_env`: writes var/demo.env with random secrets for a demo; what is there already stays."""

import base64
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from service.platform.settings import DEMO_PREFIX, REPOSITORY, VAULT_KEY_BYTES

DEMO_STAFF = ("agent", "agent2", "reviewer", "payer", "lead", "admin", "auditor")
_HEADER = "# Secrets of this demo, made at its first start. ENV=production refuses them.\n"


def _secret() -> str:
    return DEMO_PREFIX + secrets.token_urlsafe(32)


def _vault_key() -> str:
    return f"{DEMO_PREFIX}1:{base64.b64encode(secrets.token_bytes(VAULT_KEY_BYTES)).decode()}"


def _staff_passwords() -> str:
    return ",".join(_staff_password(login) for login in DEMO_STAFF)


def _staff_password(login: str) -> str:
    return f"{login}:{secrets.token_hex(5)}"


def _with_all_staff(line: str) -> str:
    """A demo that was made before some role existed gets a login for it."""
    name, _, value = line.strip().partition("=")
    if name != "STAFF_DEMO_PASSWORDS" or not value:
        return line
    known = {pair.partition(":")[0] for pair in value.split(",")}
    missing = [_staff_password(login) for login in DEMO_STAFF if login not in known]
    return f"{name}={','.join([value, *missing])}\n"


DEFAULTS: dict[str, Callable[[], str]] = {
    "ENV": lambda: "demo",
    "SERVICE_TOKEN": _secret,
    "SECRET_KEY": _secret,
    "VAULT_KEYS": _vault_key,
    "IDENTITY_SECRETS": lambda: f"demo:{_secret()}",
    "STAFF_DEMO_PASSWORDS": _staff_passwords,
    "SMS_ADAPTER": lambda: "file",
    "PAYOUT_ADAPTER": lambda: "simulated",
    "COMPANY_NAME": lambda: "演示收单公司",
    "AGENT_HOURS": lambda: "always",  # whoever tries the demo does it at any hour
    "CONVERSATIONS_PER_HOUR": lambda: "1000",  # everybody who tries the demo comes from one address
    "LOG_FORMAT": lambda: "console",
}


def write_demo_env(path: Path) -> list[str]:
    """Adds what is missing and gives the names of what was added."""
    existing = path.read_text(encoding="utf-8") if path.exists() else _HEADER
    existing = "".join(_with_all_staff(line) for line in existing.splitlines(keepends=True))
    present = {line.partition("=")[0] for line in existing.splitlines()}
    added = [name for name in DEFAULTS if name not in present]
    lines = "".join(f"{name}={DEFAULTS[name]()}\n" for name in added)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(existing + lines)
    return added


def main() -> int:
    # Read directly: the settings cannot be complete before this file is written.
    path = Path(os.environ.get("DATA_DIR", REPOSITORY / "var")) / "demo.env"
    added = write_demo_env(path)
    if added:
        print(f"{path}: added {', '.join(added)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
