"""`make mutants`: each patch on a copy of the tree, the no-loss tests on it. Green is the failure.

Exit code 0 only when the unpatched copy is green and every mutant is red.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutants.mutation import NO_LOSS, Mutant, Verdict, copy_tree, mutants, run_tests


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--only", default="", help="mutants whose name contains this")
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory(prefix="chengkan-mutants-") as folder:
        verdicts = [] if only else [_original(Path(folder))]
        verdicts += [_judge(mutant, Path(folder)) for mutant in mutants() if only in mutant.name]
    print_table(verdicts)
    return 0 if verdicts and all(verdict.is_right for verdict in verdicts) else 1


def _original(folder: Path) -> Verdict:
    tree = copy_tree(folder / "original")
    result = run_tests(tree, NO_LOSS)
    text = "green" if result.is_green else f"RED by {result.failed}: {result.said}"
    return Verdict("(unpatched)", result.is_green, text, result.seconds)


def _judge(mutant: Mutant, folder: Path) -> Verdict:
    tree = copy_tree(folder / mutant.name)
    if refused := mutant.apply(tree):
        return Verdict(mutant.name, False, f"THE PATCH NO LONGER APPLIES: {refused}", 0.0)
    result = run_tests(tree, mutant.caught_by)
    if result.is_green:  # not by those that were made for it: by any other?
        result = run_tests(tree, NO_LOSS)
    if result.is_green:
        return Verdict(mutant.name, False, "GREEN: nobody noticed", result.seconds)
    if not result.failed:
        return Verdict(mutant.name, False, f"BROKEN, not red: {result.said}", result.seconds)
    name = result.failed.partition("::")[2]
    return Verdict(mutant.name, True, f"red by {name}", result.seconds)


def print_table(verdicts: list[Verdict]) -> None:
    width = max((len(verdict.name) for verdict in verdicts), default=0)
    print(f"\n{'mutant':<{width}}  right  seconds  what the tests said")
    for name, is_right, text, seconds in verdicts:
        print(f"{name:<{width}}  {'yes' if is_right else 'NO ':<5}  {seconds:7.1f}  {text}")
    wrong = sum(not verdict.is_right for verdict in verdicts)
    print(f"\n{len(verdicts)} runs, {wrong or 'none'} wrong")


if __name__ == "__main__":
    sys.exit(main())
