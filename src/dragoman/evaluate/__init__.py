"""Measuring: readers of gold sets, alignment of reports to gold items, and the figures."""
