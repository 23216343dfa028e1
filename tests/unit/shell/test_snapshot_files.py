"""Still pictures as files: what they say, and that none is ever lost to another."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QImage

from desktop.shell import snapshot_files
from desktop.shell.snapshot_files import FolderFull, write_snapshot
from desktop.stores.snapshots import Snapshot

AT = datetime(2026, 7, 17, 19, 12, 5, 40_000, tzinfo=UTC)  # 03:12:05.040 in the city


def still(at: datetime = AT, camera_id: str = "cam-1") -> Snapshot:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    return Snapshot(image, camera_id, "望湖路 <b>", at, at - timedelta(seconds=1))


def test_that_a_picture_lies_beside_its_facts_with_its_digest(tmp_path):
    path, digest = write_snapshot(tmp_path / "snapshots", still(), "张敏")
    assert path.name == "20260718-031205-040-cam-1.png"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    facts = json.loads(path.with_suffix(".json").read_text())
    assert facts["sha256"] == digest and facts["by"] == "张敏"
    assert facts["shown_at"] == (AT - timedelta(seconds=1)).isoformat()
    read = QImage(str(path))
    assert read.text("camera_id") == "cam-1" and read.pixel(5, 5) & 0xFFFFFF == 0x336699


def test_that_two_of_one_second_both_stay_and_none_is_replaced(tmp_path):
    first, _ = write_snapshot(tmp_path, still(), "")
    second, _ = write_snapshot(tmp_path, still(AT + timedelta(milliseconds=300)), "")
    before = first.read_bytes()
    with pytest.raises(FileExistsError):
        write_snapshot(tmp_path, still(), "李卫东")
    assert first != second and first.read_bytes() == before
    assert not list(tmp_path.glob("*.new"))


def test_that_an_id_from_outside_cannot_leave_the_folder(tmp_path):
    path, _ = write_snapshot(tmp_path / "s", still(camera_id="../../etc/x\n" + "y" * 200), "")
    assert path.parent == tmp_path / "s" and len(path.name) < 80


def test_that_a_full_folder_takes_no_more_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshot_files, "MOST_FILES", 1)
    write_snapshot(tmp_path, still(), "")
    with pytest.raises(FolderFull):
        write_snapshot(tmp_path, still(AT + timedelta(minutes=1)), "")
    assert len(list(tmp_path.glob("*.png"))) == 1
