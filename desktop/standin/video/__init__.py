"""Moving pictures of the stand-in city: drawn, encoded once, given a live clock per camera."""
