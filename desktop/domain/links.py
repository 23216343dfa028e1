"""Addresses of things on the desk: chengkan://alarm/ID, camera/ID, map?lon=..&lat=.., view/NAME,
view/NAME/PART?key=value.

They come from other programs, messages and the command line: nothing in them is trusted.
"""

import math
import re
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from desktop.errors import OperatorError

SCHEME = "chengkan"
ZOOM_RANGE = (3.0, 19.0)
DEFAULT_ZOOM = 17.0
_LONGEST, _MOST_WANTED = 500, 8
_ID = re.compile(r"[\w.:\-]{1,120}")
_FORMS = (
    "chengkan://alarm/编号、chengkan://camera/编号、"
    "chengkan://map?lon=经度&lat=纬度&zoom=级别 或 chengkan://view/页面"
)


class LinkError(OperatorError):
    """A link that leads nowhere; the text says why and which forms there are."""


class AlarmLink(NamedTuple):
    alarm_id: str


class CameraLink(NamedTuple):
    camera_id: str


class ViewLink(NamedTuple):
    """`part`: what of the view, such as one of the cockpits; `wanted`: what it is to list, sorted
    by key."""

    view_id: str
    part: str = ""
    wanted: tuple[tuple[str, str], ...] = ()


class MapLink(NamedTuple):
    """CGCS2000; zoom as in web maps, 3 to 19."""

    lon_deg: float
    lat_deg: float
    zoom: float


Link = AlarmLink | CameraLink | ViewLink | MapLink


def parse_link(text: str) -> Link:
    """With the scheme or without it. Raises LinkError."""
    given = text.strip()
    if not given or len(given) > _LONGEST or not given.isprintable():
        raise _wrong(given, "为空、过长或含有控制字符")
    scheme, separator, rest = given.partition("://")
    if not separator:
        rest = given.removeprefix(f"{SCHEME}:")
    elif scheme.lower() != SCHEME:
        raise _wrong(given, f"应以 {SCHEME}:// 开头")
    try:
        parts = urlsplit("//" + rest.lstrip("/"))
    except ValueError:
        raise _wrong(given, "地址的写法不对") from None
    kind, name = parts.netloc.lower(), unquote(parts.path.strip("/"))
    if kind == "map":
        return _place(given, parts.query)
    if kind == "view":
        return _view(given, name, parts.query)
    made = {"alarm": AlarmLink, "camera": CameraLink}.get(kind)
    if made is None:
        raise _wrong(given, f"不认识 {kind!r}")
    if not _ID.fullmatch(name):
        raise _wrong(given, "缺少编号，或编号中有不允许的字符")
    return made(name)


def link_text(link: Link) -> str:
    """What `parse_link` reads back."""
    match link:
        case AlarmLink(name):
            return f"{SCHEME}://alarm/{name}"
        case CameraLink(name):
            return f"{SCHEME}://camera/{name}"
        case ViewLink(name, part, wanted):
            query = urlencode(wanted, quote_via=quote)
            path = f"{name}/{part}" if part else name
            return f"{SCHEME}://view/{path}" + (f"?{query}" if query else "")
        case MapLink(lon_deg, lat_deg, zoom):
            return f"{SCHEME}://map?lon={lon_deg:g}&lat={lat_deg:g}&zoom={zoom:g}"


def _view(given: str, path: str, query: str) -> ViewLink:
    name, _, part = path.partition("/")
    if not _ID.fullmatch(name) or (part and not _ID.fullmatch(part)):
        raise _wrong(given, "缺少编号，或编号中有不允许的字符")
    try:
        found = parse_qs(query, max_num_fields=_MOST_WANTED)
    except ValueError:
        raise _wrong(given, "筛选条件太多") from None
    return ViewLink(name, part, tuple(sorted((key, values[-1]) for key, values in found.items())))


def _place(given: str, query: str) -> MapLink:
    try:
        values = {name: float(found[-1]) for name, found in parse_qs(query).items()}
        link = MapLink(values["lon"], values["lat"], values.get("zoom", DEFAULT_ZOOM))
    except (KeyError, ValueError):
        raise _wrong(given, "map 后面要有数字 lon 和 lat") from None
    if not all(map(math.isfinite, link)) or abs(link.lon_deg) > 180 or abs(link.lat_deg) > 90:
        raise _wrong(given, "经度应在 ±180、纬度应在 ±90 之内")
    if not ZOOM_RANGE[0] <= link.zoom <= ZOOM_RANGE[1]:
        raise _wrong(given, f"zoom 应在 {ZOOM_RANGE[0]:g} 到 {ZOOM_RANGE[1]:g} 之间")
    return link


def _wrong(given: str, why: str) -> LinkError:
    shown = given if len(given) <= 60 else given[:60] + "…"
    return LinkError(f"链接 {shown!r} 打不开：{why}。可用 {_FORMS}")
