"""Paying out: the port to whoever moves the money, its adapters, and the rules that let money move only once."""
