"""Builds the city, prints its figures, and draws it: `python -m desktop.standin.generated`."""

import argparse
import time
from collections import Counter
from pathlib import Path

import msgspec

from desktop.standin.generated.cache import cache_file
from desktop.standin.generated.city import GeneratedCity, load_city
from desktop.standin.generated.scale import SCALES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m desktop.standin.generated")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", choices=sorted(SCALES), default="full")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--quiet", action="store_true", help="build and keep it, print nothing")
    options = parser.parse_args()
    file = cache_file(options.cache, options.seed, SCALES[options.scale])
    known = file.exists()
    started = time.perf_counter()
    city = load_city(options.cache, options.seed, options.scale)
    if options.quiet:
        return
    word = "read" if known else "built"
    print(f"{word} in {time.perf_counter() - started:.2f} s, {file.name}"
          f" {file.stat().st_size / 1e6:.1f} MB")  # fmt: skip
    _figures(city)
    if options.picture:
        from desktop.standin.generated.picture import draw

        for path in draw(city, options.picture):
            print(path)


def _figures(city: GeneratedCity) -> None:
    a = city.arrays
    length = sum(a["edge_length"]) / 1000
    print(f"streets {len(city.words['street'])}, nodes {len(a['node'])},"
          f" edges {len(a['edge_start'])}, {length:,.0f} km")  # fmt: skip
    for level in ("district", "subdistrict", "community", "grid"):
        print(f"{level} {len(city.words[f'{level}_code'])}", end="  ")
    print()
    rows = {
        "cameras": city.cameras, "items": city.items, "points": city.points,
        "units": city.units, "depots": city.depots, "orgs": lambda: iter(city.orgs()),
    }  # fmt: skip
    for name, make in rows.items():
        started = time.perf_counter()
        every = list(make())
        seconds = time.perf_counter() - started
        size = len(msgspec.json.encode(every)) / 1e6
        print(f"{name} {len(every)} in {seconds:.2f} s, {size:.1f} MB of JSON")
        classes = Counter(getattr(row, "class_id", getattr(row, "kind", "")) for row in every)
        print("   ", ", ".join(f"{key} {count}" for key, count in classes.items()))
    for zoom in (10, 12, 13, 14):
        layer = msgspec.json.encode(city.basemap_geojson(None, zoom))
        print(f"whole base map at zoom {zoom}: {len(layer) / 1e6:.2f} MB")
    for name, layer in (("districts", city.districts_geojson), ("grids", city.grids_geojson)):
        print(f"{name}: {len(msgspec.json.encode(layer())) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
