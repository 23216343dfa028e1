"""Migrations of audit.db."""
