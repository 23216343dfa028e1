"""The documents of the page as bytes. Read and composed once, beside the GUI thread."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from widgets.theme import RESOURCES, tokens

FOLDER = RESOURCES / "map"
PAGE = "/map.html"
ICONS = (
    "layers-outline",
    "plus",
    "minus",
    "crosshairs-gps",
    "arrow-expand-all",
    "map-legend",
)
THEMES = ("dark", "light")
_MIMES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Document:
    mime: str
    body: bytes


def json_document(body: bytes) -> Document:
    return Document("application/json", body)


def palette(theme: str) -> dict[str, str]:
    """The tokens of the screen and the greys of the map, by name."""
    greys = tomllib.loads((FOLDER / "palette.toml").read_text("utf-8"))
    return {**tokens(theme), **greys[theme]}


def page_documents(options: dict[str, Any], theme: str = "dark") -> dict[str, Document]:
    """Every static document by path. Reads files and runs folium: call it in offload.

    Raises OSError and KeyError where resources are missing: a broken installation.
    """
    from views.city_map.composing import compose

    palettes = {name: palette(name) for name in THEMES}
    documents = {
        f"/{path.relative_to(FOLDER).as_posix()}": Document(_MIMES[path.suffix], path.read_bytes())
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in _MIMES
    }
    for name in ICONS:
        svg = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        for wearing, colours in palettes.items():
            tinted = svg.replace("<path", f'<path fill="{colours["text"]}"')
            address = f"/icons/{wearing}/{name}.svg"
            documents[address] = Document(_MIMES[".svg"], tinted.encode())
    documents |= compose({**options, "palettes": palettes, "theme": theme})
    return documents
