"""Export: one writer a format, one list of writers."""
