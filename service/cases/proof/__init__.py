"""Proof of what happened: reading both trails, and checking that nothing was changed or taken out."""
