"""What runs inside Rasa: language components, the channel of the service, glue that is loaded by dotted path."""
