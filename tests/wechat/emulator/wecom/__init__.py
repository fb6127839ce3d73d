"""A 微信客服 that enforces its rules: bells, messages that are fetched, sessions, own msgids, five in 48 hours."""
