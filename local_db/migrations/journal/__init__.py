"""Migrations of journal.db."""
