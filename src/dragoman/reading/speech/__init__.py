"""Who says what, second half: what may be an attribution, what is known of each, and the model that decides."""
