"""How well documents are read by machine: a made set of papers, what is right of it, and what it costs."""
