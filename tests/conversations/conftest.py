"""The running product of the end-to-end tests, for conversations that need no picture."""

from tests.e2e.conftest import healthy, new_merchant, reviewer, stack  # noqa: F401
