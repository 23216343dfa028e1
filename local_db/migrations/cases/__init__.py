"""Migrations of desk.db."""
