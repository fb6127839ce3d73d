"""The widget in a real browser, against a small service that speaks the real protocol."""
