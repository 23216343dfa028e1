"""Atoms of the screen: they know values of the domain, never a store."""
