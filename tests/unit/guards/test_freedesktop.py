"""The desktop's entries: each command line in them is one that the program understands."""

import configparser
import shlex
from pathlib import Path

import pytest

from desktop import cli
from desktop.domain.links import SCHEME

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "freedesktop"
ENTRIES = sorted(FOLDER.glob("*.desktop"))


def read(path: Path) -> configparser.ConfigParser:
    made = configparser.ConfigParser(interpolation=None, strict=True)
    made.optionxform = str  # type: ignore[assignment,method-assign]
    made.read(path, "utf-8")
    return made


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_that_every_command_of_an_entry_is_understood(path: Path) -> None:
    entry = read(path)
    commands = [section["Exec"] for section in entry.values() if "Exec" in section]
    assert commands
    for command in commands:
        program, *arguments = shlex.split(command.replace("%u", "chengkan://view/map"))
        assert program == "chengkan"
        assert cli._parser().parse_args(arguments, cli._defaults())


def test_that_every_action_is_there_and_every_name_is_chinese_too() -> None:
    entry = read(FOLDER / "chengkan.desktop")
    actions = entry["Desktop Entry"]["Actions"].rstrip(";").split(";")
    assert {f"Desktop Action {name}" for name in actions} <= set(entry.sections())
    assert all("Name[zh_CN]" in entry[section] for section in entry.sections())


def test_that_links_of_the_scheme_are_handed_to_open() -> None:
    entry = read(FOLDER / "chengkan-link.desktop")["Desktop Entry"]
    assert entry["MimeType"] == f"x-scheme-handler/{SCHEME};"
    assert entry["Exec"] == "chengkan open %u"
