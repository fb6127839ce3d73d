"""What every folder of the service stands on: settings, database, crypto, outbox, idempotency, jobs, problems."""
