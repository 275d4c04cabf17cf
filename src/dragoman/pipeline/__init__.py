"""Documents through reading and merging into the store: the same path for one file and for a million."""
