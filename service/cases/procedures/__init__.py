"""Procedures are data: their schema, the catalogue that loads them, the one engine that runs them."""
