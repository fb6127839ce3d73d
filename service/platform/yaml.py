"""Reads YAML that people edit: safe, and by the C parser where there is one, which takes a tenth of the time."""

from __future__ import annotations

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML that was built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def read_yaml(text: str) -> Any:
    """The document; a mistake is a `yaml.YAMLError` that knows its line."""
    return yaml.load(text, Loader=Loader)
