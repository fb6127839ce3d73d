"""Custom actions: what the assistant does when it has understood, by way of the service's /v1 API."""
