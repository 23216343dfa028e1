"""Vertical slices of the screen; they never import each other."""
