"""Web pages: a tree with offsets, the main text in it, and what the page says of itself."""
