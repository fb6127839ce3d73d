"""Documents: checking what was uploaded by its content, cleaning it, keeping it, giving it back."""
