"""The console of the agents in a real browser, against a fake of the service's routes."""
