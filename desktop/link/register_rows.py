"""Pages of a register: each row is checked by itself, and a wrong one costs only itself."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from desktop.domain.assets import masked_phone
from desktop.domain.mappings import FieldMap, canonical, example_of
from desktop.domain.registers import RegisterNotes
from desktop.domain.search import fold, index_text
from desktop.errors import PlatformError
from desktop.feeds.wire import UNREADABLE, DecodeError, clean_message, is_ordinary, typed
from desktop.link.mapping_files import tables_of
from desktop.link.register_specs import RegisterSpec
from local_db.cache import Row
from local_db.pinyin import readings
from local_db.register_names import SEARCHED

MOST_FIELDS = 50  # unknown fields that are counted by name
_MISSING = re.compile(r"missing required field `([\w.]+)`")
_AT = re.compile(r"`\$\.([\w.\[\]]+)`")
_FULL_PHONE = re.compile(rb'"phone":\s*"[^"*]{7,}"')
_generic = msgspec.json.Decoder().decode


class Page(msgspec.Struct):
    """A page of a list; `deleted` only in an answer to updated_since."""

    items: list[msgspec.Raw]
    next_cursor: str | int | None = None
    deleted: list[str] = []


class PageRows(NamedTuple):
    rows: list[Row]
    notes: RegisterNotes  # of this page


def read_page(body: bytes) -> Page:
    """A bare array counts as the only page. Raises PlatformError."""
    for kind in (Page, list[msgspec.Raw]):
        try:
            found = msgspec.json.decode(body, type=kind)
        except UNREADABLE:
            continue
        return found if isinstance(found, Page) else Page(found)
    raise PlatformError("平台返回异常：名册读不懂")


def page_rows(
    spec: RegisterSpec,
    items: Sequence[msgspec.Raw],
    kinds: Mapping[str, str] | None = None,
    since: datetime | None = None,
    tables: Mapping[str, FieldMap] | None = None,
) -> PageRows:
    """Rows for cache.db, and what was found in those that are none.

    `kinds` names the classes: a cover is found by 井盖 though its name does not say so. Rows
    that came before `since` are not kept. `tables`: of the sources whose words are not ours.
    """
    tables = tables_of(spec.name) if tables is None else tables
    known = _wire_names(spec.row)
    notes = RegisterNotes()
    rows: list[Row] = []
    for item in items:
        body = bytes(item)
        fields: Any = None
        try:
            if not is_ordinary(body):
                body = clean_message(body)
            fields = typed(_generic, body)
            source, strange = "", ()
            if tables and isinstance(fields, dict) and fields.get("source") in tables:
                source = str(fields["source"])
                fields, strange = canonical(fields, tables[source])
                body = msgspec.json.encode(fields)
            row = _row(spec, fields, body, notes, kinds or {}, since)
        except DecodeError as error:
            notes.refuse(_id_of(spec, fields), _in_chinese(error.reason))
            continue
        if row is not None:
            rows.append(row)
        for name in fields.keys() - known:
            _note_unmapped(notes, f"{source} · {name}" if source else name, fields[name])
        for code in strange:
            _note_unmapped(notes, f"{source} · {code}", code)
    return PageRows(rows, notes)


def _note_unmapped(notes: RegisterNotes, name: str, example: object) -> None:
    if name in notes.unmapped or len(notes.unmapped) < MOST_FIELDS:
        notes.unmapped[name] = notes.unmapped.get(name, 0) + 1
        notes.unmapped_examples.setdefault(name, example_of(example))


def _row(
    spec: RegisterSpec, fields: Any, body: bytes, notes: RegisterNotes, kinds: Mapping[str, str],
    since: datetime | None,
) -> Row | None:  # fmt: skip
    """Raises DecodeError."""
    try:
        row = msgspec.convert(fields, spec.row)
    except UNREADABLE as error:
        raise DecodeError(str(error)) from None
    if since is not None and row.created_at < since:  # pyright: ignore
        return None
    if spec.scrub is not None:
        row = spec.scrub(row)
        body = msgspec.json.encode(row)
    derived = spec.derive(row)
    if not derived.id:
        raise DecodeError("编号为空")
    lon, lat = getattr(row, "lon_deg", None), getattr(row, "lat_deg", None)
    if lon == 0 and lat == 0:
        lon = lat = None
    if lon is None or lat is None:
        if spec.placed:
            raise DecodeError("没有坐标")
        notes.unplaced += hasattr(row, "lon_deg")
    if spec.phones and _FULL_PHONE.search(body):
        body = msgspec.json.encode(_masked(fields))
    terms = ""
    if spec.name in SEARCHED:
        name = fold(derived.title)
        words = f"{name} {fold(derived.subtitle)} {derived.id.casefold()}"
        words += " " + fold(kinds.get(derived.kind, ""))
        terms = index_text(words, readings(name))
    return Row(
        derived.id, body, derived.title, derived.subtitle, derived.kind,
        getattr(row, "district_id", None) or "", getattr(row, "org_id", None) or "",
        derived.state, derived.source or getattr(row, "source", None) or "", lon, lat, terms,
    )  # fmt: skip


def _masked(fields: dict[str, Any]) -> dict[str, Any]:
    made = dict(fields)
    if isinstance(phone := made.get("phone"), str):
        made["phone"] = masked_phone(phone)
    owner = made.get("owner")
    if isinstance(owner, dict) and isinstance(phone := owner.get("phone"), str):
        made["owner"] = owner | {"phone": masked_phone(phone)}
    return made


def _wire_names(row: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(field.encode_name for field in msgspec.structs.fields(row))


def _id_of(spec: RegisterSpec, fields: Any) -> str:
    """The id of a row that cannot be used, if it has one; the first field that ends in _id."""
    if not isinstance(fields, dict):
        return ""
    name = next((f.encode_name for f in msgspec.structs.fields(spec.row) if f.required), "")
    value = fields.get(name)
    return value[:80] if isinstance(value, str) and value.isprintable() else ""


def _in_chinese(reason: str) -> str:
    """Reasons of which there are few, so that they can be counted."""
    if found := _MISSING.search(reason):
        return "没有坐标" if found[1] in ("lon", "lat") else f"缺少字段 {found[1]}"
    if found := _AT.search(reason):
        odd = "取值超出范围" if ">=" in reason or "<=" in reason else "类型或取值不对"
        if found[1] in ("lon", "lat") and "null" in reason:
            return "没有坐标"
        return f"字段 {found[1]} {odd}"
    if any(c >= "\u3400" for c in reason):
        return reason
    if reason.endswith("in an id"):
        return "编号含不可见字符或过长"
    return "内容不合格式"
