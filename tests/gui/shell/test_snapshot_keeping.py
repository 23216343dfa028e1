"""Still pictures by right, with their line in the audit trail."""

from PySide6.QtGui import QImage

from desktop.domain.audit import Outcome
from desktop.shell.snapshot_files import FOLDER, SnapshotFiles
from desktop.stores.snapshots import Snapshot
from tests.gui.driving import until
from tests.gui.fake_room import NOW, fake_room, open_room


def _take(room, tmp_path) -> list[str]:
    SnapshotFiles(tmp_path, room, room.snapshots)
    answers: list[str] = []
    room.snapshots.answered.connect(answers.append)
    image = QImage(32, 18, QImage.Format.Format_RGB32)
    image.fill(0)
    room.snapshots.take(Snapshot(image, "cam-1", "路口", NOW, NOW))
    return answers


def test_that_a_still_is_written_and_its_digest_stands_in_the_trail(run, tmp_path):
    async def work():
        room = fake_room()
        open_room(room, "operator")
        answers = _take(room, tmp_path)
        await until(lambda: bool(answers))
        (path,) = (tmp_path / FOLDER).glob("*.png")
        (row,) = room.audit.waiting
        assert row.target == "cam-1" and path.name in row.reason and "SHA-256" in row.reason
        assert str(path) in answers[0]

    run(work())


def test_that_who_has_no_right_gets_no_file_and_the_refusal_is_kept(run, tmp_path):
    async def work():
        room = fake_room()
        open_room(room, "leader")
        answers = _take(room, tmp_path)
        assert len(answers) == 1 and not (tmp_path / FOLDER).exists()
        (row,) = room.audit.waiting
        assert row.outcome == Outcome.NO_RIGHT

    run(work())
