"""Conversations with the whole running product: real model, real actions, real service."""
