"""Understanding of one message: text, features, intent, scope, entities. Every component is named in config.yml."""
