"""Ways in and out: protocol in, protocol out, nothing else."""
