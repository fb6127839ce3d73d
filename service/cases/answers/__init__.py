"""What counts as an answer: pure checks, one kind a file."""
