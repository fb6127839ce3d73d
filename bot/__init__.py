"""What runs inside Rasa: the language components, the channel of the service, and the glue that Rasa loads by dotted path."""
