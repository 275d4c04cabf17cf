"""Fetching: addresses to bytes, politely, within bounds, and never from an address that is not public."""
