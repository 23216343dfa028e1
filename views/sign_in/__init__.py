"""View sign_in."""
