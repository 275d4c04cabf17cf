"""Time expressions: words to lexemes, lexemes to expressions, expressions to days."""
