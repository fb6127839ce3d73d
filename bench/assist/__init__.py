"""How soon suggestions stand, and how often the right one is among them."""
