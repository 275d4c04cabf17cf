"""Coding with community dictionaries: actors, discards, and verb patterns in place of our own tables."""
