"""The ways to reach somebody besides the chat, each behind the same small port."""
