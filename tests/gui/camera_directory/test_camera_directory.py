"""The directory of cameras: folders, finds, short lists, keys, drags, and what it says."""

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.camera_tree import CAMERA_MIME, ids_of
from desktop.domain.cameras import Camera
from desktop.domain.link_messages import SessionState, User
from tests.gui.camera_directory.conftest import camera
from tests.gui.driving import until
from tests.gui.fake_room import alarm
from views.video_wall.directory import rows_view
from views.video_wall.directory.lines import LINE_ROLE, Line
from views.video_wall.directory.notes import Shelf
from views.video_wall.directory.tree_model import mime_data

ROOT = QModelIndex()


def titles(model, parent=ROOT) -> list[str]:
    return [model.index(k, 0, parent).data() for k in range(model.rowCount(parent))]


def line(index) -> Line:
    return index.data(LINE_ROLE)


def whole_tree(panel):
    return until(lambda: bool(panel.tree.table))


async def open_leaf(panel) -> QModelIndex:
    """永楼街道 of the first platform, its cameras in sight."""
    await whole_tree(panel)
    index = panel.tree_model.index(0, 0, ROOT)
    for _ in range(2):
        panel.tree_view.expand(index)
        index = panel.tree_model.index(0, 0, index)
    panel.tree_view.expand(index)
    first = panel.tree_model.index(0, 0, index)
    await until(lambda: line(first).state != "")
    return index


async def look_for(panel, words: str) -> list[Line]:
    panel.search.setText(words)
    await until(lambda: not panel._searching.isActive() and words in _asked(panel))
    return list(panel.list_model.lines)


def _asked(panel) -> str:
    """What the newest finished reading was for."""
    shown = panel.stack.currentWidget()
    done = shown is panel.list_view or "没有找到" in panel.empty.accessibleName()
    return panel.search.text() if done else ""


# ---- folders ------------------------------------------------------------------------------


def test_that_folders_count_their_cameras_and_are_read_only_when_opened(city, shown):
    city.put("cameras", [camera(n) for n in range(600)])

    async def body(panel) -> None:
        await whole_tree(panel)
        top = panel.tree_model.index(0, 0, ROOT)
        assert line(top).note == "200 · 在线 90.0 %"
        leaf = await open_leaf(panel)
        assert titles(panel.tree_model, top) == ["滨江区"]
        assert line(leaf).title == "永楼街道"
        assert line(leaf).note == "100 · 在线 80.0 %"
        first = line(panel.tree_model.index(0, 0, leaf))
        assert first.badge == "交通" and first.note == first.camera_id
        assert first.camera_id == "cam-00010" and first.state == "offline"
        assert "截至" in panel.foot.text() and "600" in panel.foot.text()

    shown(body)


def test_that_other_states_leave_open_folders_and_the_cursor_where_they_are(city, shown):
    city.put("cameras", [camera(n) for n in range(60)])

    async def body(panel) -> None:
        leaf = await open_leaf(panel)
        at = panel.tree_model.index(2, 0, leaf)
        panel.tree_view.setCurrentIndex(at)
        chosen = panel.tree_model.camera_id(at)
        city.put("cameras", [camera(n, online=True) for n in range(60)])
        await until(lambda: panel.tree.counts[()].online == 60)
        assert panel.tree_model.camera_id(panel.tree_view.currentIndex()) == chosen
        assert panel.tree_view.isExpanded(leaf)
        city.put("cameras", [camera(n) for n in range(90)])  # other rows: the model is reset
        await until(lambda: panel.tree.counts[()].total == 90)
        assert panel.tree_model.camera_id(panel.tree_view.currentIndex()) == chosen
        assert len(panel.tree_view.open_folders()) == 3
        panel.tree_view.setCurrentIndex(panel.tree_model.index(1, 0, ROOT))
        city.put("cameras", [camera(n) for n in range(93)])
        await until(lambda: panel.tree.counts[()].total == 93)
        assert len(panel.tree_view.open_folders()) == 3  # not only what leads to the cursor

    shown(body)


def test_that_a_folder_is_dragged_as_its_first_online_cameras(city, shown, monkeypatch):
    city.put("cameras", [camera(n) for n in range(600)])
    dragged: list[tuple[str, ...]] = []
    monkeypatch.setattr(rows_view, "drag_cameras", lambda _who, ids, _words: dragged.append(ids))

    async def body(panel) -> None:
        leaf = await open_leaf(panel)
        panel.tree_view.setCurrentIndex(leaf)
        panel.tree_view.startDrag(Qt.DropAction.CopyAction)
        assert len(dragged[0]) == panel.places() == 9
        assert all(int(one[4:]) % 10 for one in dragged[0])  # every tenth is offline
        ids = ids_of(bytes(mime_data(dragged[0]).data(CAMERA_MIME).data()))
        assert ids == dragged[0]

    shown(body)


# ---- finds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "hint"),
    [("人民路 101", "名称"), ("rml101hqj", "拼音"), ("cam-00101", "编号"),
     ("治安 宏亭 101", "标签 治安·地点 宏亭街道·名称")],
)  # fmt: skip
def test_that_a_find_says_why_and_where(city, shown, words: str, hint: str):
    city.put("cameras", [camera(n) for n in range(200)])

    async def body(panel) -> None:
        lines = await look_for(panel, words)
        assert [one.title for one in lines] == ["人民路 101 号枪机"]
        assert lines[0].hint == hint
        assert lines[0].note == "cam-00101 宏亭街道"
        assert (
            panel.heading.title.text() == "找到 1 路" and "在线在前" in panel.heading.order.text()
        )

    shown(body)


def test_that_the_whole_find_goes_to_the_wall_as_far_as_there_is_room(city, shown, qtbot):
    city.put("cameras", [camera(n) for n in range(200)])

    async def body(panel) -> None:
        await look_for(panel, "宏亭街道")
        assert panel.heading.group.text() == "上墙 9 路"
        told: list[list[str]] = []
        panel.cameras_chosen.connect(told.append)
        panel.heading.group.click()
        assert len(told[0]) == 9
        panel._room.wall.fill(told[0][:7])
        assert panel.heading.group.text() == "上墙 2 路"

    shown(body)


def test_that_nothing_found_says_what_to_try(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        assert await look_for(panel, "没有这里") == []
        assert panel.empty.accessibleName() == "没有找到“没有这里”"
        panel.search.clear()
        await until(lambda: panel.stack.currentWidget() is panel.tree_view)

    shown(body)


def test_that_the_keys_lead_from_the_field_into_the_list_and_back(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        panel.activateWindow()
        await look_for(panel, "人民路 1")
        chosen: list[list[str]] = []
        panel.cameras_chosen.connect(chosen.append)
        first = panel.list_model.lines[0].camera_id
        QTest.keyClick(panel.search, Qt.Key.Key_Down)
        QTest.keyClick(panel.list_view, Qt.Key.Key_Space)
        assert panel._room.preferences.get("camera_favourites") == [first]
        assert panel.list_model.lines[0].starred
        QTest.keyClick(panel.list_view, Qt.Key.Key_F)
        assert panel._room.preferences.get("camera_favourites") == []
        QTest.keyClick(panel.list_view, Qt.Key.Key_Return)
        assert chosen == [[first]]
        left: list[bool] = []
        panel.list_view.left_above.connect(lambda: left.append(True))
        QTest.keyClick(panel.list_view, Qt.Key.Key_Up)
        assert left
        QTest.keyClick(panel.search, Qt.Key.Key_Return)  # the best find, without a step
        assert chosen == [[first], [first]]

    shown(body)


# ---- short lists --------------------------------------------------------------------------


def test_that_favourites_are_of_the_user_and_keep_what_left_the_register(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        panel.choose_shelf(Shelf.FAVOURITES)
        await until(lambda: panel.empty.accessibleName() == "还没有收藏")
        panel.mark(["cam-00003", "cam-09999"])
        await until(lambda: len(panel.list_model.lines) == 2)
        assert [one.state for one in panel.list_model.lines] == ["online", "gone"]
        panel._room.preferences.load({"camera_favourites": ["cam-00004"]})
        await until(lambda: [x.camera_id for x in panel.list_model.lines] == ["cam-00004"])

    shown(body)


def test_that_the_last_watched_leads(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        panel.choose_shelf(Shelf.RECENT)
        for one in ("cam-00001", "cam-00002", "cam-00001"):
            panel.opened(one)
        await until(
            lambda: [x.camera_id for x in panel.list_model.lines] == ["cam-00001", "cam-00002"]
        )
        assert panel.heading.title.text() == "最近看过 2 路"

    shown(body)


def test_that_near_follows_what_is_selected(city, shown, room):
    city.put("cameras", [camera(n) for n in range(20)])
    far = Camera(camera_id="cam-00001", name="人民路 1 号枪机", lon_deg=116.6201, lat_deg=28.9)
    room.cameras.replace([(far.camera_id, far)], "1", None)
    near = alarm("a1", lon_deg=116.6005, lat_deg=28.899, camera_ids=("cam-00013",), title="积水")
    room.alarms.replace_open([near])
    room.alarms.flush()

    async def body(panel) -> None:
        panel.choose_shelf(Shelf.NEAR)
        await until(lambda: panel.empty.accessibleName() == "没有选中的位置")
        room.selection.select_alarm("a1")
        await until(lambda: len(panel.list_model.lines) == 20)
        hints = [one.hint for one in panel.list_model.lines]
        assert hints[0].startswith("关联 ")  # named by the alarm, though it is far
        assert hints[1] == "117 m 东北" or hints[1].endswith("北"), hints[1]
        assert panel.heading.title.text() == "积水 附近"
        room.selection.select_camera("cam-00001")
        await until(lambda: panel.heading.title.text() == "人民路 1 号枪机 附近")
        assert panel.list_model.lines[0].hint == "0 m"

    shown(body)


# ---- states -------------------------------------------------------------------------------


def test_that_a_register_that_is_not_there_says_what_to_wait_for(city, shown):
    async def body(panel) -> None:
        await until(lambda: panel.empty.accessibleName() == "摄像机名册尚未取得")
        city.put("cameras", [camera(n) for n in range(20)])
        await until(lambda: panel.stack.currentWidget() is panel.tree_view)

    shown(body)


def test_that_an_old_register_says_that_states_may_be_wrong(city, shown):
    city.put("cameras", [camera(n) for n in range(20)], age_s=3 * 3600)

    async def body(panel) -> None:
        await whole_tree(panel)
        await until(lambda: "3 h 未更新" in panel.foot.text())
        assert panel.foot.property("tone") == "stale"

    shown(body)


def test_that_who_may_not_watch_reads_why_and_opens_nothing(city, shown, room):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        await whole_tree(panel)
        chosen: list[list[str]] = []
        panel.cameras_chosen.connect(chosen.append)
        room.session.put_session(SessionState(user=User("u-2", "访客", ("guest",))))
        await until(lambda: "不能观看实时视频" in panel.empty.accessibleName())
        panel.choose(["cam-00001"])
        assert chosen == []
        room.session.put_session(SessionState())
        await until(lambda: "登录" in panel.empty.accessibleName())

    shown(body)


def test_that_ten_thousand_of_one_name_are_told_apart(city, shown):
    city.put("cameras", [camera(n, name="球机") for n in range(10_000)])

    async def body(panel) -> None:
        lines = await look_for(panel, "球机 宏亭")
        assert len({one.note for one in lines}) == len(lines) == 500
        assert "列出 500" in panel.heading.title.text()

    shown(body)


def test_that_a_name_with_markup_stays_a_name(city, shown):
    city.put("cameras", [camera(1, name="<b>假</b>\n第二行", tags=["<i>"])])

    async def body(panel) -> None:
        lines = await look_for(panel, "<i>")
        assert lines[0].title.startswith("<b>假</b>")
        tip = panel.list_model.index(0).data(Qt.ItemDataRole.ToolTipRole)
        assert "&lt;b&gt;" in tip

    shown(body)


def test_that_the_menu_locates_a_camera_and_opens_its_register(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    async def body(panel) -> None:
        await look_for(panel, "cam-00007")
        panel.list_view.setCurrentIndex(panel.list_model.index(0))
        asked: list[str] = []
        panel.link_asked.connect(asked.append)
        acts = {act.text(): act for act in panel.menu_for(panel.list_view).actions()}
        acts["查看登记"].trigger()
        acts["在地图上定位"].trigger()
        await until(lambda: len(asked) == 2)
        assert asked == [
            "chengkan://camera/cam-00007",
            "chengkan://map?lon=116.621&lat=28.9&zoom=17",
        ]
        assert panel._room.selection.camera_id == "cam-00007"
        acts["收藏"].trigger()
        again = [act.text() for act in panel.menu_for(panel.list_view).actions()]
        assert "取消收藏" in again

    shown(body)


def test_that_the_arrows_and_letters_of_the_panel_are_not_keys_of_the_wall(city, shown):
    city.put("cameras", [camera(n) for n in range(20)])

    def is_ours(widget, key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(widget, event)
        return event.isAccepted()

    async def body(panel) -> None:
        await whole_tree(panel)
        assert is_ours(panel.search, Qt.Key.Key_Down) and is_ours(panel.search, Qt.Key.Key_Return)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_F):
            assert is_ours(panel.tree_view, key) and is_ours(panel.list_view, key)
        assert not is_ours(panel.tree_view, Qt.Key.Key_F11)

    shown(body)
