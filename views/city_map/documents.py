"""The documents of the page as bytes. Read and composed once, beside the GUI thread."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from widgets.theme import RESOURCES, tokens

log = logging.getLogger(__name__)

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
_COMPOSING_LIMIT_S = 20.0  # 1 s on a quiet machine
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

    Raises OSError, KeyError and ImportError where something is missing: a broken installation.
    """
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
    return documents | _composed(json.dumps({**options, "palettes": palettes, "theme": theme}))


@lru_cache(maxsize=1)
def _composed(options: str) -> dict[str, Document]:
    """In a process of its own: folium with all it needs is 18 MB that nobody wants again.

    Where that process fails or hangs, here: a map is worth more than 18 MB.
    """
    try:
        return _composed_apart(options)
    except (OSError, subprocess.SubprocessError, ValueError, TypeError) as error:
        log.warning("composing the map's page apart: %s", type(error).__name__)
    from views.city_map.composing import compose

    return compose(json.loads(options))


def _composed_apart(options: str) -> dict[str, Document]:
    done = subprocess.run(
        [sys.executable, "-m", "views.city_map.composing"],
        cwd=RESOURCES.parent,
        input=options.encode(),
        capture_output=True,
        timeout=_COMPOSING_LIMIT_S,
        check=True,
    )
    texts: dict[str, tuple[str, str]] = json.loads(done.stdout)
    return {path: Document(mime, body.encode()) for path, (mime, body) in texts.items()}
