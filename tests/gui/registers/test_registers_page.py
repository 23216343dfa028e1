"""名册: a long table in pages, its filters, its card, and what it says of itself."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.domain.link_messages import SessionState, User
from desktop.errors import PlatformError
from tests.gui.driving import until
from tests.gui.registers.conftest import cover, duty
from widgets.plain_label import PlainLabel


def _text(model: QAbstractItemModel, row: int, column: int = 1) -> str:
    return model.index(row, column).data() or ""


def _rows(page, count: int):
    return until(lambda: page.model.rowCount() == count)


def _words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(PlainLabel))


def test_that_a_long_register_is_read_only_where_somebody_looks(city, shown):
    city.put("assets", [cover(n) for n in range(12_000)])

    async def body(page) -> None:
        page.choose("assets")
        await _rows(page, 12_000)
        await until(lambda: _text(page.model, 0) == "人民路 0 号雨水井")
        page.table.scrollToBottom()
        await until(lambda: _text(page.model, 11_999) == "人民路 11999 号雨水井")
        assert page.model.row(6_000) is None  # nobody looked there
        assert _text(page.model, 11_999, 2) == "井盖"
        assert "部件 12,000" in _words(page.foot)

    shown(body)


def test_that_the_foot_counts_no_rows_of_another_tab(city, shown):
    city.put("assets", [cover(n) for n in range(300)])

    async def body(page) -> None:
        page.choose("assets")
        await _rows(page, 300)
        page.choose("duty")  # it has none; the table still holds the 300 until it is read
        await until(lambda: page.model.rowCount() == 0)
        page.choose("assets")
        page._tell_foot()
        assert "部件 300" in _words(page.foot)

    shown(body)


def test_that_words_and_filters_narrow_the_table_and_can_be_taken_back(city, shown):
    city.put("assets", [cover(n) for n in range(300)])

    async def body(page) -> None:
        page.choose("assets")
        await _rows(page, 300)
        page.search.setText("rml29hysj")
        await _rows(page, 1)
        page.search.setText("没有这样的路")
        await _rows(page, 0)
        assert "没有符合条件" in page.empty.accessibleName()
        page.search.clear()
        await _rows(page, 300)
        menus = page.filters.findChildren(QPushButton)
        menu = next(one.menu() for one in menus if one.text() == "全部状态")
        next(one for one in menu.actions() if one.text().startswith("故障")).trigger()
        await _rows(page, 30)
        assert "部件 30 / 300" in _words(page.foot)
        next(one for one in menus if one.text() == "清除筛选").click()
        await _rows(page, 300)

    shown(body)


def test_that_a_row_is_told_in_full_and_its_number_only_when_asked(city, shown, room):
    city.put("assets", [cover(1, material="铸铁")])
    links: list[str] = []

    async def body(page) -> None:
        page.link_asked.connect(links.append)
        page.choose("assets")
        await _rows(page, 1)
        await until(lambda: page.model.row(0) is not None)
        page.table.selectRow(0)
        await until(lambda: "赵福磊" in _words(page.card))
        assert "138****5678" in _words(page.card) and "铸铁" in _words(page.card)
        QTest.mouseClick(page.card.reveal, Qt.MouseButton.LeftButton)
        await until(lambda: "13812345678" in _words(page.card))
        page.table.clearSelection()
        page.choose("cameras")
        assert "13812345678" not in _words(page.card)
        assert room.questions.asked == ["JG-000001"]

    shown(body)


def test_that_map_and_video_are_asked_of_the_shell(city, shown):
    city.put("cameras", [{"camera_id": "cam-7", "name": "路口", "lon": 116.5, "lat": 28.8}])
    links: list[str] = []

    async def body(page) -> None:
        page.link_asked.connect(links.append)
        await _rows(page, 1)
        await until(lambda: page.model.row(0) is not None)
        page.table.selectRow(0)
        buttons = {b.text(): b for b in page.card.findChildren(QPushButton)}
        await until(buttons["看视频"].isVisible)
        buttons["在地图上看"].click()
        buttons["看视频"].click()

    shown(body)
    assert links == ["chengkan://map?lon=116.5&lat=28.8&zoom=17", "chengkan://camera/cam-7"]


def test_that_who_may_not_see_numbers_is_told_why_and_a_refusal_is_shown(city, shown, room):
    city.put("assets", [cover(1)])

    async def body(page) -> None:
        page.choose("assets")
        await _rows(page, 1)
        await until(lambda: page.model.row(0) is not None)
        page.table.selectRow(0)
        await until(lambda: page.card.reveal.isVisible())
        room.questions.error = PlatformError("平台没有应答")
        page.card.reveal.click()
        await until(lambda: "平台没有应答" in _words(page.card))
        room.session.put_session(SessionState(user=User("u", "王志远", ("leader",))))
        page.table.clearSelection()
        page.table.setCurrentIndex(page.model.index(-1, -1))
        page.table.selectRow(0)
        await until(lambda: "领导无权查看电话号码" in _words(page.card))
        assert not page.card.reveal.isEnabled()

    shown(body)


def test_that_age_refused_rows_unknown_fields_and_findings_are_in_sight(city, shown):
    city.put("assets", [cover(1, material="铸铁"), cover(2, lon=None)], age_s=2520)
    city.put("duty", [duty()], findings=("值班空缺：中心 值班员 起无人", "另一项"))

    async def body(page) -> None:
        page.choose("assets")
        await _rows(page, 1)
        words = _words(page.foot)
        assert "已 42 min 未更新" in words
        assert page.foot.refused.text() == "拒收 1 行" and page.foot.unmapped.isVisible()
        page.foot.refused.click()
        await until(lambda: "没有坐标" in _words(page.foot))
        page.choose("duty")
        await until(page.finding.isVisible)
        assert "（共 2 项）" in page.finding.text()

    shown(body)


def test_that_a_register_that_is_not_there_yet_and_one_that_comes_are_told(city, shown):
    async def body(page) -> None:
        page.choose("orgs")
        await until(lambda: "尚未取得" in page.empty.accessibleName())
        city.put("orgs", [{"org_id": "a", "name": "中心", "level": 1}])
        await _rows(page, 1)
        await until(lambda: _text(page.model, 0) == "中心")

    shown(body)


def test_that_the_chosen_row_stays_when_the_register_comes_anew(city, shown, room):
    city.put("units", [{"unit_id": f"V-{n}", "kind": "vehicle", "name": "泵车"} for n in range(9)])

    async def body(page) -> None:
        page.choose("units")
        await _rows(page, 9)
        page.table.selectRow(4)
        await until(lambda: "V-4" in _words(page.card))
        rows = [{"unit_id": f"V-{n}", "kind": "vehicle", "name": "水车"} for n in range(10)]
        city.put("units", rows)
        await _rows(page, 10)
        await until(lambda: "水车" in _words(page.card))
        assert page.table.currentIndex().row() == 4
        page.search.setText("V-7")
        await _rows(page, 1)
        assert "V-4" not in _words(page.card)

    shown(body)
