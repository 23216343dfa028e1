"""build.spec names only what is there."""

import ast
import importlib.util
import re

from tests.tree import ROOT, source_files

TREE = ast.parse((ROOT / "build.spec").read_text("utf-8"))


def strings() -> set[str]:
    return {n.value for n in ast.walk(TREE) if isinstance(n, ast.Constant)} - {True, False}


def missing_modules(names: set[str]) -> list[str]:
    return [name for name in sorted(names) if importlib.util.find_spec(name) is None]


def started_modules() -> set[str]:
    """What the program starts as `python -m MODULE`."""
    texts = [path.read_text("utf-8") for path in source_files("desktop")]
    return {name for text in texts for name in re.findall(r'"-m",\s+"(desktop[.\w]*)"', text)}


def test_that_every_process_of_the_program_is_bundled():
    named = {str(word) for word in strings() if str(word).startswith("desktop.")}
    assert missing_modules(named) == []
    assert {"desktop.link", "desktop.shell"} <= started_modules()
    assert started_modules() <= {name.removesuffix(".__main__") for name in named}


def test_that_a_module_that_is_gone_is_seen():
    assert missing_modules({"desktop.domain.dragons"}) == ["desktop.domain.dragons"]


def test_that_the_folders_it_takes_are_there():
    for folder in ("resources", "local_db/migrations"):
        assert (ROOT / folder).is_dir()
    assert (ROOT / "resources/freeze_hook.py").is_file()
