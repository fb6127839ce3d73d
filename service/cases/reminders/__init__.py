"""Reminders and what follows from silence: the policy as data, what is due by it, and the doing."""
