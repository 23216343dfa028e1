"""考评: every score explained down to the case."""
