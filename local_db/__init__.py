"""Databases of the profile: tables, migrations, journal and cache."""
