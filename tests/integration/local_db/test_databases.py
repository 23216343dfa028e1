"""Real SQLite files: made, migrated, damaged, refused."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.errors import ProfileError
from local_db import case_tables, schema, tables
from local_db.cache import (
    Layer,
    RegisterVersion,
    read_cameras,
    read_layer,
    read_layers,
    read_points,
    read_versions,
)
from local_db.cache_writer import CacheWriter
from local_db.journal import Journal, Position
from local_db.kinds import CASES

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def _version(name: str, count: int = 1) -> RegisterVersion:
    return RegisterVersion(name, '"e"', "v", count, NOW, "http://127.0.0.1/api/v1")


@pytest.mark.parametrize(
    ("kind", "metadata"),
    [
        (schema.JOURNAL, tables.journal),
        (schema.CACHE, tables.cache),
        (schema.CASES, case_tables.TABLES),
    ],
)
def test_that_the_migrations_lead_to_the_tables_that_the_code_uses(tmp_path, kind, metadata):
    config = Config()
    config.set_main_option("script_location", str(ROOT / "local_db/migrations" / kind.name))
    assert ScriptDirectory.from_config(config).get_current_head() == kind.head
    engine = schema.open_database(tmp_path / f"{kind.name}.db", kind).engine
    with engine.connect() as connection:
        declared = {"include_name": tables.is_declared}
        context = MigrationContext.configure(connection, opts=declared)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_that_a_database_is_made_from_any_folder_for_its_owner_only(tmp_path):
    code = "import sys, pathlib, local_db.journal as j; j.Journal(pathlib.Path(sys.argv[1]))"
    path = tmp_path / "配置 100%" / "journal.db"
    path.parent.mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd="/", env=environment, check=True, timeout=30
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_that_the_journal_is_durable_and_concurrent(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    with journal.engine.begin() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    journal.close()
    assert (synchronous, mode) == (2, "wal")


def _overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


@pytest.mark.parametrize("damage", ["header", "page", "half", "empty", "foreign"])
def test_that_a_damaged_journal_is_moved_aside_and_made_anew(tmp_path, damage):
    path = tmp_path / "journal.db"
    journal = Journal(path)
    journal.set_position(Position("e", 7))
    journal.close()
    match damage:
        case "header":
            _overwrite(path, 0, b"\0" * 100)
        case "page":
            _overwrite(path, 4096, os.urandom(4096))
        case "half":
            os.truncate(path, path.stat().st_size // 2)
        case "empty":
            os.truncate(path, 0)
        case "foreign":
            path.unlink()
            with closing(sqlite3.connect(path)) as other:
                other.execute("CREATE TABLE notes (text)")
                other.commit()
    rebuilt = Journal(path)
    assert rebuilt.damage and rebuilt.position() == Position()
    rebuilt.close()
    assert len(list((tmp_path / "quarantine").glob("journal-*.db"))) == 1


def test_that_only_three_damaged_files_are_kept(tmp_path):
    path = tmp_path / "journal.db"
    for _ in range(5):
        path.write_bytes(b"no database")
        Journal(path).close()
    assert len(list((tmp_path / "quarantine").glob("journal-*.db"))) == 3


def test_that_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "journal.db"
    Journal(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = 'j9999'")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(ProfileError, match="更新版本"):
        Journal(path)
    assert path.read_bytes() == before and not (tmp_path / "quarantine").exists()


def test_that_what_was_refused_is_counted_and_bounded(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    journal.put_quarantine([("t", NOW, "bad", b"x" * 100_000)] * 3)
    journal.put_quarantine([("t", NOW, f"bad {number}", b"") for number in range(1100)])
    with journal.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT count(*), max(length(payload)) FROM quarantine"
        ).one()
    journal.put_quarantine([("u", NOW, "bad", b"x" * 100_000)] * 2)
    with journal.engine.begin() as connection:
        one = connection.exec_driver_sql(
            "SELECT count, length(payload) FROM quarantine WHERE topic = 'u'"
        ).one()
    journal.close()
    assert rows[0] == 1000
    assert tuple(one) == (2, 64 * 1024)


def test_that_a_missing_or_damaged_cache_reads_as_empty(tmp_path):
    path = tmp_path / "cache.db"
    assert (read_cameras(path), read_layers(path), read_layer(path, "x")) == ([], {}, None)
    path.write_bytes(b"no database at all" * 300)
    assert read_cameras(path) == []
    CacheWriter(path).close()
    assert read_points(path) == []


def test_that_layers_that_the_platform_dropped_are_gone(tmp_path):
    path = tmp_path / "cache.db"
    writer = CacheWriter(path)
    layers = [Layer(name, name, "kind", '"1"', b"{}") for name in ("basemap", "pipes")]
    writer.put_layers(layers, ["basemap", "pipes"], _version("layers", 2))
    writer.put_layers([], ["basemap"], _version("layers"))
    writer.close()
    assert read_layers(path) == {"basemap": '"1"'}
    assert read_versions(path)["layers"].row_count == 1


def test_that_a_city_of_cameras_is_read_whole_and_in_the_order_it_was_sent(tmp_path):
    path = tmp_path / "cache.db"
    camera = {
        "name": "滨江大道路口",
        "org_id": "traffic",
        "district_id": "990102",
        "kind": "fixed",
        "lon": 116.604,
        "lat": 28.903,
        "main": {"width": 1920, "height": 1080, "fps": 25, "codec": "h264"},
    }
    rows = [
        (f"cam-{n}", json.dumps({"camera_id": f"cam-{n}"} | camera).encode()) for n in range(5_000)
    ]
    writer = CacheWriter(path)
    writer.replace_register(rows, _version("cameras", len(rows)))
    writer.close()
    cameras = read_cameras(path)
    assert [camera.camera_id for camera in cameras] == [key for key, _ in rows]


def test_that_an_older_cache_keeps_what_the_desk_knew_until_it_is_fetched_again(tmp_path):
    path = tmp_path / "cache.db"
    with closing(sqlite3.connect(path)) as db:
        for name in ("cameras", "points", "alarm_classes"):
            db.execute(f"CREATE TABLE {name} (id TEXT PRIMARY KEY, body BLOB NOT NULL)")
        db.execute(
            "CREATE TABLE layers (layer_id TEXT PRIMARY KEY, name TEXT NOT NULL, "
            "kind TEXT NOT NULL, etag TEXT NOT NULL, body BLOB NOT NULL)"
        )
        db.execute(
            "CREATE TABLE registers (name TEXT PRIMARY KEY, etag TEXT NOT NULL, version TEXT "
            "NOT NULL, count INTEGER NOT NULL, fetched_at TEXT NOT NULL, "
            "platform_url TEXT NOT NULL)"
        )
        db.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL)")
        db.execute("INSERT INTO alembic_version VALUES ('c0001')")
        body = json.dumps({"point_id": "p1", "class_id": "water_level", "name": "立交桥下"})
        db.execute("INSERT INTO points VALUES ('p1', ?)", (body.encode(),))
        row = ("points", '"e"', "v", 1, NOW.isoformat(), "http://x")
        db.execute("INSERT INTO registers VALUES (?, ?, ?, ?, ?, ?)", row)
        db.execute(f"PRAGMA application_id={schema.CACHE.application_id}")
        db.commit()
    CacheWriter(path).close()
    assert [point.name for point in read_points(path)] == ["立交桥下"]
    version = read_versions(path)["points"]
    assert version.row_count == 1 and version.form == 0  # fetched whole at the next sign-in


def test_that_a_file_that_a_full_disk_did_not_let_begin_is_no_damage_later(tmp_path):
    path = tmp_path / "cases.db"
    code = (
        "import pathlib, resource, signal, sys\n"
        "from desktop.errors import ProfileError\n"
        "from local_db.kinds import CASES\n"
        "from local_db.schema import open_database\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "try:\n"
        "    open_database(pathlib.Path(sys.argv[1]), CASES)\n"
        "except ProfileError:\n"
        "    sys.exit(7)"
    )
    for room_bytes in (0, 8192):
        command = [sys.executable, "-c", code, str(path), str(room_bytes)]
        assert subprocess.run(command, cwd=ROOT, timeout=60).returncode == 7
        assert list(tmp_path.iterdir()) == []
    opened = schema.open_database(path, CASES)
    opened.engine.dispose()
    assert opened.damage == "" and not (tmp_path / "quarantine").exists()
