"""folium composes the page; what it would fetch from elsewhere is replaced or left out.

python -m views.city_map.composing: options as JSON on stdin, the documents as JSON on stdout.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

import folium
from branca.element import Element
from folium.elements import JSCSSMixin

from desktop.lifeline import die_with_parent
from views.city_map.documents import PAGE, Document
from views.city_map.elements import PageElement, SetUp, Wire

HOME_LAT_DEG, HOME_LON_DEG = 28.9003, 116.5995
HOME_ZOOM, LEAST_ZOOM, MOST_ZOOM = 16, 10, 18

_VENDORED = {"leaflet": "vendor/leaflet.js", "leaflet_css": "vendor/leaflet.css"}
_NOT_NEEDED = frozenset({
    "jquery",
    "bootstrap",
    "awesome_markers",
    "bootstrap_css",
    "glyphicons_css",
    "awesome_markers_font_css",
    "awesome_markers_css",
    "awesome_rotate_css",
})  # fmt: skip
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@dataclass
class VendorReport:
    """Foreign addresses that no rule knows; they are left out of the page all the same."""

    unknown: list[tuple[str, str]] = field(default_factory=list)


def compose(options: dict[str, Any]) -> dict[str, Document]:
    """map.html, page.js and page.css. `options` goes to the page: palette, words."""
    city = city_map(options)
    vendor_pass(city)
    return split_inline(city.get_root().render())


def city_map(options: dict[str, Any]) -> folium.Map:
    city = folium.Map(
        location=[HOME_LAT_DEG, HOME_LON_DEG],
        tiles=None,
        zoom_start=HOME_ZOOM,
        zoom_control=False,
        attribution_control=False,  # the source line is our own: no flag, no link
        min_zoom=LEAST_ZOOM,
        max_zoom=MOST_ZOOM,
        max_bounds_viscosity=0.8,
        double_click_zoom=False,  # a double click belongs to the mark below it
        box_zoom=False,
        inertia=False,
        fade_animation=False,  # a tile is there or not: fading costs frames and tells nothing
    )
    # Without these two folium numbers its elements anew in every run.
    city.options |= {"minZoom": LEAST_ZOOM, "maxZoom": MOST_ZOOM}
    city._id = "city"
    for child in (
        SetUp(options),
        PageElement("baseMap", "BaseMap", ("shapes", "base_map")),
        PageElement("markSheet", "Sheet", ()),
        PageElement("topSheet", "Sheet", ()),
        PageElement("cameras", "Cameras", ("field", "camera_glyphs", "cameras")),
        PageElement("points", "Points", ("points",)),  # its values stay readable
        PageElement("units", "Units", ("units",)),
        PageElement("alarms", "Alarms", ("placing", "callout", "alarms"), sheet="top"),
        PageElement("weather", "Weather", ("cards",)),
        PageElement("hover", "Hover", ()),
        PageElement("source", "Source", ("furniture",)),
        PageElement("legend", "Legend", ()),
        PageElement("buttons", "Buttons", ()),
        PageElement("scale", "Scale", ()),
        PageElement("card", "Card", ()),
        Wire(),
    ):
        city.add_child(child)
    return city


def vendor_pass(root: Element) -> VendorReport:
    """Gives every element of the tree links of our own scheme, on the instance only.

    Changing folium's class lists would reach every other map of the process.
    """
    report = VendorReport()
    for element in _tree(root):
        if isinstance(element, JSCSSMixin):
            element.default_js = _own_links(element.default_js, report)
            element.default_css = _own_links(element.default_css, report)
    return report


def _tree(element: Element) -> list[Element]:
    return [element, *(e for child in element._children.values() for e in _tree(child))]


def _own_links(links: list[tuple[str, str]], report: VendorReport) -> list[tuple[str, str]]:
    own = []
    for name, address in links:
        if name in _VENDORED:
            own.append((name, _VENDORED[name]))
        elif "//" not in address:
            own.append((name, address))
        elif name not in _NOT_NEEDED:
            report.unknown.append((name, address))
    return own


def split_inline(html: str) -> dict[str, Document]:
    """Moves inline scripts and styles into files, as the page's policy demands."""
    parts: dict[str, list[str]] = {"script": [], "style": []}
    for tag, body in _INLINE.findall(html):
        parts[tag].append(body)
    bare = _INLINE.sub("", html)
    bare = bare.replace("</head>", '<link rel="stylesheet" href="page.css"/>\n</head>')
    bare = bare.replace("</body>", '</body>\n<script src="page.js"></script>')
    bare = re.sub(r"\n\s*\n+", "\n", bare)
    return {
        PAGE: Document("text/html", bare.encode()),
        "/page.js": Document("text/javascript", "\n".join(parts["script"]).encode()),
        "/page.css": Document("text/css", "\n".join(parts["style"]).encode()),
    }


def main() -> None:
    die_with_parent()
    documents = compose(json.load(sys.stdin))
    texts = {path: (document.mime, document.body.decode()) for path, document in documents.items()}
    json.dump(texts, sys.stdout)


if __name__ == "__main__":
    main()
