"""A whole city around the hand-laid district: generated from a seed, kept in a cache file.

`load_city(cache, seed, scale)` gives the city; `python -m desktop.standin.generated` builds it,
prints its figures and draws it.
"""

from desktop.standin.generated.city import GeneratedCity, load_city

__all__ = ["GeneratedCity", "load_city"]
