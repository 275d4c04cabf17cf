"""Quantities: amounts, and the nouns they count."""
