"""What can befall the file of desk.db, with real files, processes and signals."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.errors import ProfileError
from local_db import desk_file
from local_db.desk import Desk
from local_db.desk_file import open_desk

ROOT = Path(__file__).parents[3]
_TABLES = ("preferences", "window_places", "notices")


def _older(path: Path) -> None:
    """As before the first migration, with something of the operator's in it."""
    Desk(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        for name in ("alembic_version", *_TABLES):
            db.execute(f"DROP TABLE {name}")
        db.execute("CREATE TABLE kept (word TEXT)")
        db.execute("INSERT INTO kept VALUES ('mine')")
        db.commit()


def _words(path: Path) -> tuple[set[str], list[str]]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        kept = [word for (word,) in db.execute("SELECT word FROM kept")] if "kept" in tables else []
    return tables, kept


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _python(code: str, path: Path) -> int:
    """The exit code of a process that runs it; its output is thrown away."""
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, timeout=60
    ).returncode


def test_that_a_new_file_belongs_to_its_owner_and_nothing_lies_beside_it(tmp_path):
    db, damage = open_desk(tmp_path / "desk.db")
    db.close()
    assert (damage, _files(tmp_path)) == ("", {"desk.db"})
    assert (tmp_path / "desk.db").stat().st_mode & 0o777 == 0o600


def test_that_a_kill_while_it_is_made_leaves_no_half_file(tmp_path):
    """An empty one would be told as damage at the next start."""
    path = tmp_path / "desk.db"
    code = (
        "import os, sys, pathlib, local_db.desk_file as d\n"
        "d.os.link = lambda *_: os.kill(os.getpid(), 9)\n"
        "d.open_desk(pathlib.Path(sys.argv[1]))"
    )
    assert _python(code, path) == -signal.SIGKILL
    assert not path.exists()
    db, damage = open_desk(path)
    db.close()
    assert damage == ""


def test_that_windows_that_start_at_once_share_one_file(tmp_path):
    path, opened, faults = tmp_path / "desk.db", [], []
    together = threading.Barrier(4)

    def start(number: int) -> None:
        together.wait()
        try:
            desk = Desk(path)
            desk.put_preferences(f"u-{number}", {"n": number})
            opened.append(desk)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=start, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == [] and [desk.damage for desk in opened] == [""] * 4
    for number in range(4):
        assert opened[0].preferences(f"u-{number}") == {"n": number}
    for desk in opened:
        desk.close()


def test_that_a_file_system_without_second_names_will_do(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(desk_file.os, "link", refuse)
    open_desk(tmp_path / "desk.db")[0].close()
    assert _files(tmp_path) == {"desk.db"}


@pytest.mark.parametrize("step", ["create_table", "create_index"])
def test_that_a_kill_in_a_migration_keeps_what_is_there_and_the_next_start_goes_on(tmp_path, step):
    path = tmp_path / "desk.db"
    _older(path)
    code = (
        "import os, sys, pathlib\n"
        "from alembic import op\n"
        f"made = op.{step}\n"
        f"op.{step} = lambda *a, **k: (made(*a, **k), os.kill(os.getpid(), 9))\n"
        "import local_db.desk_file as d\n"
        "d.main(pathlib.Path(sys.argv[1]))"
    )
    assert _python(code, path) == -signal.SIGKILL
    assert _words(path)[1] == ["mine"]
    db, damage = open_desk(path)
    db.close()
    tables, kept = _words(path)
    assert (damage, kept) == ("", ["mine"]) and tables.issuperset(_TABLES)


@pytest.mark.parametrize("program", ["/bin/false", "/bin/true", "/no/such/program"])
def test_that_a_migration_that_fails_is_said_and_the_file_stays(tmp_path, monkeypatch, program):
    path = tmp_path / "desk.db"
    _older(path)
    monkeypatch.setattr(desk_file.sys, "executable", program)
    with pytest.raises(ProfileError, match="打不开"):
        open_desk(path)
    assert _words(path)[1] == ["mine"]


@pytest.mark.parametrize("bytes_", [b"", b"x" * 5000])
def test_that_an_empty_or_foreign_file_is_moved_aside_and_told(tmp_path, bytes_):
    path = tmp_path / "desk.db"
    path.write_bytes(bytes_)
    db, damage = open_desk(path)
    db.close()
    assert damage and len(list((tmp_path / "quarantine").iterdir())) == 1


def test_that_a_database_of_another_program_is_moved_aside(tmp_path):
    path = tmp_path / "desk.db"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (x)")
    open_desk(path)[0].close()
    (aside,) = (tmp_path / "quarantine").glob("desk-*.db")
    assert _words(aside)[0] == {"theirs"}


def test_that_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path):
    code = (
        "import pathlib, resource, signal, sys\n"
        "from desktop.errors import ProfileError\n"
        "from local_db.desk_file import open_desk\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "try:\n"
        "    open_desk(pathlib.Path(sys.argv[1]))\n"
        "except ProfileError as error:\n"
        "    sys.exit(7 if '打不开' in error.operator_text else 8)"
    )
    assert _python(code, tmp_path / "desk.db") == 7
    assert _files(tmp_path) == set()
    open_desk(tmp_path / "desk.db")[0].close()


def test_that_a_file_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    path = tmp_path / "desk.db"
    open_desk(path)[0].close()
    opened = os.open

    def refuse(name: object, flags: int, *more: int) -> int:
        if str(name) == str(path) and flags & os.O_RDWR:
            raise PermissionError(13, "Permission denied")
        return opened(name, flags, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(desk_file.os, "open", refuse)
    with pytest.raises(ProfileError, match="没有权限"):
        open_desk(path)
