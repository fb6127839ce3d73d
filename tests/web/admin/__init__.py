"""The pages of the master data."""
