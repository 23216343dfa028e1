"""The documents of the page as bytes. Read and composed once, beside the GUI thread."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from widgets.theme import RESOURCES, tokens

FOLDER = RESOURCES / "map"
PAGE = "/map.html"
ICONS = ("plus", "minus", "crosshairs-gps")
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

    colours = palette(theme)
    documents = {
        f"/{path.relative_to(FOLDER).as_posix()}": _file(path.suffix, path.read_bytes(), colours)
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in _MIMES
    }
    for name in ICONS:
        svg = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        tinted = svg.replace("<path", f'<path fill="{colours["text"]}"')
        documents[f"/icons/{name}.svg"] = Document(_MIMES[".svg"], tinted.encode())
    documents |= compose({**options, "palette": colours})
    documents["/basemap.json"] = json_document(b"null")
    return documents


def _file(suffix: str, body: bytes, colours: dict[str, str]) -> Document:
    if suffix == ".css" and b"@" in body:
        text = body.decode("utf-8")
        for name in sorted(colours, key=len, reverse=True):  # @bg2 before @b
            text = text.replace(f"@{name}", colours[name])
        body = text.encode()
    return Document(_MIMES[suffix], body)
