"""The card of a bridge with real stores."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from tests.gui.driving import until
from tests.gui.fake_room import NOW
from tests.samples import camera
from views.city_map.bridge import BridgeCards

LINES = (Threshold(WarningLevel.BLUE, 180.0), Threshold(WarningLevel.RED, 420.0))


def sensor(number: int, metric: str = "strain_ue", word: str = "应变") -> Point:
    return Point(
        point_id=f"QL-{number}", class_id="bridge", name=f"大桥 · {word} {number:02d}",
        metric=metric, unit="με", thresholds=LINES, asset_id="B1",
        camera_ids=("c-street", "c-bridge"),
    )  # fmt: skip


def told(number: int, value: float, age_s: float = 0.0, metric: str = "strain_ue") -> Reading:
    at = NOW - timedelta(seconds=age_s)
    return Reading(at=at, metrics={metric: value}, point_id=f"QL-{number}", class_id="bridge")


async def no_series(point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]:
    return tuple(
        Reading(at=NOW - timedelta(minutes=n), metrics={metric: 100.0 + n}, point_id=point_id)
        for n in range(60, 0, -1)
    )


def opened(desk, run, qtbot, *readings: Reading):
    points = [sensor(1), sensor(2), sensor(3), sensor(4, "tilt_deg", "倾角")]
    desk.points.replace([(p.point_id, p) for p in points], "v1", NOW)
    cameras = [camera("c-street"), camera("c-bridge", tags=("bridge",))]
    desk.cameras.replace([(c.camera_id, c) for c in cameras], "v1", NOW)
    desk.questions.series = no_series
    desk.readings.merge(readings)
    window = QWidget()
    qtbot.addWidget(window)
    cards = BridgeCards(desk, window)

    async def show() -> None:
        cards.open("QL-2")
        await until(lambda: len(desk.readings.course("QL-1")) >= 60)

    run(show())
    assert cards.dialog is not None
    return window, cards


def test_that_each_sensor_says_value_state_and_age(desk, run, qtbot):
    readings = (told(1, 120.0, 20), told(2, 431.0, 5), told(3, 90.0, 400))
    _window, cards = opened(desk, run, qtbot, *readings)
    rows = cards.dialog.rows
    assert rows["QL-1"].value.text() == "120 με" and rows["QL-1"].state.text() == "正常"
    assert rows["QL-1"].age.text() == "20 s"
    assert rows["QL-2"].state.text() == "超限 Ⅰ 特别严重"
    assert rows["QL-3"].state.text() == "停滞" and rows["QL-3"].age.text() == "6 min"
    assert rows["QL-4"].state.text() == "未收到" and rows["QL-4"].value.text() == "— με"
    assert rows["QL-1"].lines.text() == "般 180  特 420"
    cards.dialog.close()


def test_that_the_cameras_of_the_bridge_come_first_and_are_shown(desk, run, qtbot):
    _window, cards = opened(desk, run, qtbot, told(1, 1.0))
    buttons = [b for b in cards.dialog.findChildren(QPushButton) if "摄像机" in b.text()]
    assert [b.text() for b in buttons] == ["摄像机 c-bridge", "摄像机 c-street"]
    asked: list[str] = []
    desk.selection.camera_asked.connect(asked.append)
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert asked == ["c-bridge"]
    cards.dialog.close()


def test_that_a_point_on_no_bridge_opens_nothing(desk, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    cards = BridgeCards(desk, window)
    cards.open("nothing")
    assert cards.dialog is None
