"""What the documents point to is there."""

import re

import pytest

from tests.tree import ROOT

DOCUMENTS = ("README.md", "docs/architecture.md", "docs/glossary.md", "docs/coverage.md")
PATH = re.compile(
    r"`((?:desktop|views|widgets|local_db|resources|tests|docs|\.ci)/[\w./*-]+)`"  # in words
    r"|\]\((?!https?:)([\w./-]+)\)"  # links and pictures
)


def dead_paths(document: str, text: str) -> list[str]:
    """Paths from the root in backticks, and links relative to the document."""
    folder = (ROOT / document).parent
    dead = []
    for word, link in PATH.findall(text):
        target = ROOT / word if word else folder / link
        pattern = target.relative_to(ROOT).as_posix().rstrip("/") if word else ""
        if not (any(ROOT.glob(pattern)) if "*" in pattern else target.exists()):
            dead.append(word or link)
    return dead


@pytest.mark.parametrize("document", DOCUMENTS)
def test_that_every_path_in_a_document_is_there(document):
    assert dead_paths(document, (ROOT / document).read_text("utf-8")) == []


def test_that_a_dead_path_is_seen():
    text = "see `tests/unit/*.py`, `desktop/dragons.py` and ![x](docs/none.png), [y](LICENSE)"
    assert dead_paths("README.md", text) == ["desktop/dragons.py", "docs/none.png"]
