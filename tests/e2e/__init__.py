"""The whole product, as a stranger meets it: real processes, a real browser."""
