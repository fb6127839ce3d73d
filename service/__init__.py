"""The public service: conversations, applications, documents, review and payout."""
