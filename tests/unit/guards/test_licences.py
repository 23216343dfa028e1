"""Every distribution that requirements.lock pins has its licence in resources/licences."""

import re

import pytest

from tests.tree import ROOT

INDEX = ROOT / "resources/licences/README.md"
REFUSED = re.compile(r"(?<!L)GPL|PyQt", re.I)  # would bind the whole program; LGPL does not


def pins(lock: str) -> set[tuple[str, str]]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.M)
    return {(name.lower().replace("_", "-"), version) for name, version in found}


def rows(index: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(name, version) -> (licence, ships or tool)."""
    cells = re.findall(r"^\| (\S+) \| (\S+) \| (.+?) \| (ships|tool) \|$", index, re.M)
    return {(name, version): (licence, use) for name, version, licence, use in cells}


def unlicensed(lock: str, index: str) -> set[tuple[str, str]]:
    return pins(lock) ^ set(rows(index))


def binding(index: str) -> list[str]:
    return [
        name
        for (name, _), (licence, use) in rows(index).items()
        if use == "ships" and all(REFUSED.search(part) for part in licence.split(" OR "))
    ]


def test_that_every_pinned_distribution_has_its_licence_recorded():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(pins(lock)) > 50
    assert unlicensed(lock, INDEX.read_text("utf-8")) == set(), "run: make licences"


def test_that_nothing_that_ships_would_bind_the_program():
    assert binding(INDEX.read_text("utf-8")) == []


def test_that_a_distribution_without_a_licence_is_seen():
    index = "| a | 1 | MIT | ships |\n"
    assert unlicensed("a==1 \\\n    --hash=x\nb==2 \\\n", index) == {("b", "2")}
    assert unlicensed("a==2 \\\n", index) == {("a", "1"), ("a", "2")}


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("GPL-3.0-only", True),
        ("LGPL-3.0-only", False),
        ("GPL-2.0-only OR MIT", False),
        ("AGPL-3.0", True),
    ],
)
def test_that_only_a_binding_licence_is_refused(licence, binds):
    assert bool(binding(f"| a | 1 | {licence} | ships |\n")) is binds


def test_that_every_asset_folder_of_others_has_its_text():
    texts = {path.stem.lower() for path in INDEX.parent.iterdir()}
    assert any("mdi" in text for text in texts)
    assert any("leaflet" in text for text in texts)
