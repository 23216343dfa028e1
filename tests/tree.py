"""Where the project lies, and copies of it to plant breaches in."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("desktop", "views", "widgets", "local_db")
_NOT_OURS = {
    *(".git", ".venv", ".setup", "out", "build", "dist", "__pycache__"),
    *(".pytest_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"),
}


def source_files(*packages: str) -> Iterator[Path]:
    """Python files of the program, not of the tests."""
    for package in packages or PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def project_files() -> Iterator[Path]:
    """What git holds or would hold; outside a checkout everything but build products."""
    names = _names_of_git()
    if names:
        paths = (ROOT / name for name in names)
    else:
        paths = (p for p in ROOT.rglob("*") if not _NOT_OURS & set(p.relative_to(ROOT).parts))
    yield from (path for path in paths if path.is_file())


def _names_of_git() -> list[str]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        listing = subprocess.run(command, capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return []
    return [name for name in listing.stdout.decode().split("\0") if name]


def copy_sources(to: Path) -> Path:
    """The program's Python files and pyproject.toml, to be broken at will."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            to / package,
            ignore=lambda folder, names: [
                n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def plant(root: Path, files: dict[str, str]) -> None:
    """Writes files; folders between become packages."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.relative_to(root).parents:
            if str(folder) != "." and not (root / folder / "__init__.py").exists():
                (root / folder / "__init__.py").write_text("", "utf-8")
        path.write_text(text, "utf-8")
