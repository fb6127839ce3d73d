"""The review desk in a real browser, against a small service that speaks docs/protocol.md §4."""
