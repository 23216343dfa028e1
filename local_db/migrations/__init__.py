"""Migrations of the profile's databases, one folder for each."""
