"""Indicators, bands and schemes from the text of their files, each fault with file and line."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from desktop.domain.assessment.expressions import ExpressionFault, Steps
from desktop.domain.assessment.indicators import Catalogue, Indicator
from desktop.domain.assessment.schemes import Scheme
from desktop.domain.assessment.successions import Succession, faults_of
from desktop.domain.assessment.working_time import Calendar
from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """`steps`: [up to, points] in rising order; `beyond`: points above the last."""

    steps: Annotated[tuple[tuple[float, float], ...], Meta(min_length=1)]
    beyond: float = 0.0


class AssessmentFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file; any of the parts may be missing. `counts`: name -> the word on screen."""

    counts: dict[str, str] = {}
    bands: dict[str, Band] = {}
    indicators: tuple[Indicator, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    calendar: Calendar | None = None
    successions: tuple[Succession, ...] = ()


class Assessment(Struct, frozen=True):
    """All files together. What is wrong is left out and stands in `faults`."""

    catalogue: Catalogue
    count_words: dict[str, str]
    schemes: tuple[Scheme, ...]
    calendar: Calendar | None
    faults: tuple[FileFault, ...]
    successions: tuple[Succession, ...] = ()


def read_assessment(files: Iterable[tuple[str, str]]) -> Assessment:
    """(name, text) of each file, in order."""
    faults: list[FileFault] = []
    read: list[tuple[str, Marked, AssessmentFile]] = []
    for file, text in files:
        found = _read(file, text)
        if isinstance(found, FileFault):
            faults.append(found)
        else:
            read.append((file, *found))
    words = {name: word for _, _, one in read for name, word in one.counts.items()}
    catalogue = Catalogue(
        (indicator for _, _, one in read for indicator in one.indicators),
        words,
        _bands(read, faults),
    )
    faults += _indicator_faults(catalogue, read)
    calendar = next((one.calendar for _, _, one in reversed(read) if one.calendar), None)
    schemes, successions = _schemes(read, faults), _successions(read, faults)
    return Assessment(catalogue, words, schemes, calendar, tuple(faults), successions)


_Read = Sequence[tuple[str, Marked, AssessmentFile]]


def _read(file: str, text: str) -> tuple[Marked, AssessmentFile] | FileFault:
    marked = read_yaml(file, text)
    if isinstance(marked, FileFault):
        return marked
    try:
        found = msgspec.convert(marked.value, AssessmentFile, strict=False)
    except msgspec.ValidationError as error:
        return fault_of(file, marked, error)
    if found.calendar is not None and (fault := found.calendar.fault()):
        return FileFault(file, marked.line_of("calendar"), fault)
    return marked, found


def _bands(read: _Read, faults: list[FileFault]) -> dict[str, Steps]:
    found: dict[str, Steps] = {}
    for file, marked, one in read:
        for name, band in one.bands.items():
            try:
                found[name] = Steps(band.steps, band.beyond)
            except ExpressionFault as fault:
                line = marked.line_of(f"bands.{name}")
                faults.append(FileFault(file, line, f"分段表 {name}：{fault}"))
    return found


def _indicator_faults(catalogue: Catalogue, read: _Read) -> list[FileFault]:
    places: dict[str, tuple[str, Marked, int]] = {}
    for file, marked, one in read:
        for number, indicator in enumerate(one.indicators):
            places[indicator.id] = (file, marked, number)
    found: list[FileFault] = []
    for fault in catalogue.faults:
        file, marked, number = places[fault.id]
        line = marked.line_of(f"indicators[{number}].{fault.field}")
        found.append(FileFault(file, line, f"指标 {fault.id}：{fault.reason}"))
    return found


def _schemes(read: _Read, faults: list[FileFault]) -> tuple[Scheme, ...]:
    found: list[Any] = []
    for file, marked, one in read:
        for number, scheme in enumerate(one.schemes):
            if fault := scheme.fault():
                line = marked.line_of(f"schemes[{number}].parts")
                faults.append(FileFault(file, line, f"办法 {scheme.id}：{fault}"))
            else:
                found.append(scheme)
    return tuple(found)


def _successions(read: _Read, faults: list[FileFault]) -> tuple[Succession, ...]:
    """All files together: what is written in one may contradict another."""
    known = [
        (file, marked, number, one)
        for file, marked, found in read
        for number, one in enumerate(found.successions)
    ]
    wrong = faults_of([one for *_, one in known])
    for position, reason in wrong.items():
        file, marked, number, _ = known[position]
        faults.append(FileFault(file, marked.line_of(f"successions[{number}].unit"), reason))
    return tuple(one for n, (*_, one) in enumerate(known) if n not in wrong)
