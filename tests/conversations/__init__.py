"""Whole stories of merchants and agents, told in words and buttons to the whole running product."""
