"""Community dictionaries in PETRARCH format: reading their files, and the folders of plain tables made from them."""
