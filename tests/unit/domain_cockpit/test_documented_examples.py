"""Every example of docs/cockpits.md is a cockpit without a fault."""

import re
from pathlib import Path

import pytest

from desktop.cockpit_rules import read_metrics
from desktop.domain.cockpit.cockpit_file import Cockpit, Panel, PanelKind, read_cockpit
from desktop.shell import drilling
from desktop.shell.places import VIEW_IDS

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "cockpits.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.split()[1])
def test_that_an_example_is_read_without_a_fault(text):
    found = read_cockpit("example.yaml", text, read_metrics(), VIEW_IDS)
    assert isinstance(found, Cockpit), found
    assert found.faults == ()


def test_that_there_is_an_example_of_every_kind():
    found = read_cockpit("example.yaml", EXAMPLES[-1], read_metrics(), VIEW_IDS)
    assert isinstance(found, Cockpit)
    kinds = {one.panel.kind for one in found.panels if isinstance(one.panel, Panel)}
    assert kinds == set(PanelKind)


def test_that_the_keys_of_every_view_are_those_that_it_honours():
    for view_id, keys in drilling.KEYS.items():
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{view_id}` |"))
        assert keys <= set(re.findall(r"`(\w+)`", row))
