"""Agents at work: hand-overs to them, their inbox, what they write, and how it went."""
