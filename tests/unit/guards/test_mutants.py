"""The mutants of `make mutants` still fit the tree: else they prove nothing any more."""

import ast

import pytest

from tests.mutants.mutation import ROOT, Mutant, mutants

MUTANTS = mutants()


def test_that_there_are_the_mistakes_that_lose_or_double_alarms():
    names = {mutant.name for mutant in MUTANTS}
    assert {"ack_before_commit", "generation_guard_dropped", "no_head"} <= names
    assert {"insert_or_replace_events", "insert_or_replace_alarms"} <= names


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_that_every_mutant_applies_to_the_tree(mutant: Mutant):
    assert mutant.apply(ROOT, check_only=True) == ""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_that_every_mutant_names_a_test_that_is_there(mutant: Mutant):
    assert mutant.caught_by
    for wanted in mutant.caught_by:
        path, _, name = wanted.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
