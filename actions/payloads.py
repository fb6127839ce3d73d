"""Payloads of buttons: an intent and its arguments, as bot/payloads.py reads them."""

import json
from typing import Any


def payload(label: str, **arguments: Any) -> str:
    """For example /继续{"application_no":"SQ…"}."""
    return f"/{label}{json.dumps(arguments, ensure_ascii=False, separators=(',', ':'))}" if arguments else f"/{label}"


def choose(field: str, value: str) -> str:
    """The choice of a value for a question."""
    return payload("选择", field=field, value=value)
