"""The records of dragoman: frozen, standard library only."""
