"""The list of what waits at the review desk: filters, order, what stands out, whose turn is next."""
