"""View city_map."""
