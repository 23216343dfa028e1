"""城瞰 (Chengkan): the desktop command center of a city management platform."""

__version__ = "0.1.0"
