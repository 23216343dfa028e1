"""The situation report: painted beside the window, filed by right, never over another."""

import time
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from desktop.domain.audit import Outcome
from desktop.domain.emergency.report import MapMark, paper
from desktop.shell.document_files import DocumentFiles, write_document
from desktop.shell.snapshot_files import FOLDER
from desktop.stores.snapshots import Document, Snapshot
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import BUSY_NIGHT, board_room, night, put
from tests.gui.fake_room import NOW
from tests.incident_parts import timeline
from views.emergency.board import ExecutionBoard
from views.emergency.board.report_order import paint_apart


def board_of(qtbot, room, **changes) -> ExecutionBoard:
    one = night(**changes)
    board = ExecutionBoard(room)
    qtbot.addWidget(board)
    put(room, one, BUSY_NIGHT)
    board.show_incident(one.incident_id)
    return board


def still(room, number: int = 1) -> Snapshot:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    return Snapshot(image, f"cam-{number}", f"路口 {number}", room.clock.now(), room.clock.now())


def test_that_the_report_is_painted_while_the_loop_goes_on(qtbot, room, run, tmp_path):
    async def work():
        DocumentFiles(tmp_path, room, room.snapshots)
        board = board_of(qtbot, room)
        room.snapshots.take(still(room))
        answers: list[str] = []
        room.snapshots.filing_answered.connect(answers.append)
        beats: list[float] = []
        beat = QTimer(board, interval=5)
        beat.timeout.connect(lambda: beats.append(time.perf_counter()))
        beat.start()
        board.timeline.paper.click()
        await until(lambda: bool(answers), limit_s=19)
        (path,) = (tmp_path / FOLDER).glob("*.pdf")
        data = path.read_bytes()
        assert data.startswith(b"%PDF") and b"NotoSansCJK" in data and b"FontFile" in data
        (row,) = room.audit.waiting
        assert row.target == "YJ-20260718-003" and path.name in row.reason
        gaps = [b - a for a, b in pairwise(beats)]
        assert len(beats) > 20 and max(gaps) < 0.25  # 12 ms on a quiet machine

    run(work())


def test_that_the_report_tells_what_the_board_tells(qtbot, room):
    board = board_of(qtbot, room, drill=True)
    board.state._take_timeline(timeline(5))
    one = board.state.incident
    assert one is not None
    made = paper(board.report._situation(one), [MapMark("点", 116.6, 28.9, True)], [])
    titles = " ".join(section.title for section in made.sections)
    assert titles == "总体情况 七个时钟 启动依据 队伍 通知 待处理 检查单 记录 演练评分 时间线"
    assert "8 队受令，接受 4、到场 2、完成 1" in made.sections[0].lines[0]
    assert any("拒绝，车辆故障" in line for line in made.sections[5].lines)
    assert timeline(5)[-1].hash in made.foot and made.drill


def test_that_a_report_of_hundreds_of_lines_has_many_pages(qtbot, room):
    board = board_of(qtbot, room)
    board.state._take_timeline(timeline(220))
    one = board.state.incident
    assert one is not None
    data = paint_apart(board.report._situation(one), (), (), b"no layer", (still(room),))
    assert data.count(b"/Type /Page\n") >= 6


def test_that_two_reports_of_one_second_are_two_files(tmp_path):
    document = Document(b"%PDF-1", "态势专报-演练/../x", ".pdf", "YJ", NOW)
    first, _ = write_document(tmp_path, document)
    second, _ = write_document(tmp_path, document)
    assert first != second and first.read_bytes() == second.read_bytes() == b"%PDF-1"
    assert first.parent == second.parent == tmp_path
    assert not list(tmp_path.glob("*.new"))


def test_that_who_has_no_right_gets_no_file_and_the_refusal_is_kept(qapp, run, tmp_path):
    async def work():
        room = board_room("admin")
        DocumentFiles(tmp_path, room, room.snapshots)
        answers: list[str] = []
        room.snapshots.filing_answered.connect(answers.append)
        room.snapshots.file(Document(b"x", "a", ".csv", "YJ", NOW))
        assert len(answers) == 1 and not (tmp_path / FOLDER).exists()
        assert room.audit.waiting[0].outcome == Outcome.NO_RIGHT

    run(work())


def test_that_its_key_does_what_the_button_does(qtbot, room, run, tmp_path):
    async def work():
        DocumentFiles(tmp_path, room, room.snapshots)
        board = board_of(qtbot, room)
        answers: list[str] = []
        room.snapshots.filing_answered.connect(answers.append)
        board.make_report()
        board.make_report()
        await until(lambda: bool(answers), limit_s=19)
        assert len(list((tmp_path / FOLDER).glob("*.pdf"))) == 1

    run(work())
