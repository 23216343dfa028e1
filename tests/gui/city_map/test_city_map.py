"""The real page in the real engine: selection both ways, hostile texts, and its own death."""

import asyncio
import contextlib
import math
import os
import signal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.freshness import Freshness
from tests.gui.city_map.conftest import (
    LAT,
    LON,
    Stage,
    a_camera,
    alarm_feed,
    an_alarm,
    small_base_map,
    until,
)
from views.city_map import map_view, watch

# What the engine says once, at its first start on a machine without a graphics card.
pytestmark = pytest.mark.qt_log_ignore(
    "^Failed to create (platform )?Vulkan instance",
    "^Unable to detect GPU vendor",
    "^GPUInfo not initialized",
)

FAR = {"lon_deg": LON + 0.006, "lat_deg": LAT + 0.003}
RECORD_TEXTS = """
    window.texts = [];
    const paint = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        window.texts.push(text);
        return paint.call(this, text, ...rest);
    };
    return true;
"""


def click_on(stage: Stage, x: float, y: float) -> None:
    target = stage.view.page_view.focusProxy()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


async def place_on_screen(stage: Stage, script: str) -> tuple[float, float]:
    """`script` gives an object with x and y in layer points."""
    point = await stage.ask(f"(p => CK.map.layerPointToContainerPoint([p.x, p.y]))({script})")
    return point["x"], point["y"]


def test_that_a_click_on_an_alarms_shape_selects_it(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a1"), an_alarm("a2", **FAR)])
        await stage.open()
        await stage.until_page("CK.alarms.count() === 2", "both alarms arrived")
        click_on(
            stage,
            *await place_on_screen(stage, "CK.alarms.drawnMarks().find(m => m.id === 'a2')"),
        )
        await until(lambda: room.selection.alarm_id == "a2", "the alarm is selected")
        await stage.until_page("CK.alarms.selectedAlarm()?.id === 'a2'", "the page shows it")
        # Who clicked it sees it: the map has not moved.
        assert abs((await stage.ask("CK.map.getCenter().lng")) - LON) < 0.001

    play(scene)


def test_that_a_selection_elsewhere_brings_the_alarm_into_the_middle(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a1"), an_alarm("a2", **FAR)])
        await stage.open()
        room.selection.select_alarm("a2")
        near = f"CK.map.getCenter().distanceTo([{FAR['lat_deg']}, {FAR['lon_deg']}]) < 5"
        await stage.until_page(near, "the map is centred on the alarm")

    play(scene)


def test_that_a_click_on_a_camera_selects_it_and_the_tiles_are_numbered(play, room):
    async def scene(stage: Stage) -> None:
        camera = a_camera("c7", LON + 0.002, LAT)
        room.cameras.replace([("c7", camera)], "1", None)
        room.tiles.report(TileStatus(tile=3, camera_id="c7", state=TileState.LIVE))
        await stage.open()
        await stage.until_page("CK.cameras.squares().length === 1", "the tile's square is drawn")
        assert await stage.ask("CK.cameras.squares()[0].tile.tile") == 3
        click_on(stage, *await place_on_screen(stage, "CK.cameras.squares()[0]"))
        await until(lambda: room.selection.camera_id == "c7", "the camera is selected")

    play(scene)


def test_that_markup_in_a_title_is_drawn_as_text_and_fetches_nothing(play, room):
    async def scene(stage: Stage) -> None:
        hostile = "<img src=x onerror=window.hacked=1>"
        await stage.open()
        images = await stage.ask("document.images.length")
        await stage.ask(RECORD_TEXTS)
        room.alarms.replace_open([an_alarm("a1", title=hostile, detail=hostile)])
        room.selection.select_alarm("a1")
        await stage.until_page(f"window.texts.includes({hostile!r})", "the title is drawn")
        assert await stage.ask("document.images.length") == images
        assert await stage.ask("window.hacked === undefined")
        assert room.map_state.blocked_requests == 0

    play(scene)


def test_that_the_policy_refuses_inline_scripts_and_foreign_requests_and_counts_them(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        await stage.ask(
            "const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
            "document.body.append(s); fetch('https://tiles.example/1.png').catch(() => 0);"
            "return true;"
        )
        await until(lambda: room.map_state.blocked_requests >= 2, "both refusals are counted")
        assert await stage.ask("window.hacked === undefined")

    play(scene)


def test_that_the_guard_blocks_what_no_policy_forbids(play, room):
    reached: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append("a request came through")
        writer.close()

    async def scene(stage: Stage) -> None:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            await stage.open()
            bare = QWebEnginePage(stage.page.profile(), stage.view)  # a page without our policy
            loaded = asyncio.get_running_loop().create_future()
            bare.loadFinished.connect(loaded.set_result)  # after its pictures came or failed
            bare.setHtml(f'<img src="http://127.0.0.1:{port}/a.png">')
            await asyncio.wait_for(loaded, 10)
            bare.deleteLater()
        assert reached == []
        assert room.map_state.blocked_requests == 1

    play(scene)


@pytest.mark.parametrize("way_out", ["page.js", "data:text/html,x", "https://tiles.example/"])
def test_that_the_page_goes_nowhere_else(play, room, way_out):
    async def scene(stage: Stage) -> None:
        await stage.open()
        asked = asyncio.get_running_loop().create_future()
        stage.page.navigationRequested.connect(lambda request: asked.set_result(request))
        await stage.ask(f"location.href = {way_out!r}; return true;")
        with contextlib.suppress(TimeoutError):  # the engine refuses some by itself
            await asyncio.wait_for(asked, 1)
        await asyncio.sleep(0.2)  # a page that goes, goes now
        assert await stage.ask("window.CK !== undefined")
        assert await stage.ask("window.open('map.html') === null")

    play(scene)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_that_a_dead_or_hung_page_comes_back_where_it_looked(play, room, monkeypatch, blow):
    monkeypatch.setattr(watch, "SILENT_AFTER_S", 0.8)
    monkeypatch.setattr(watch, "PING_MS", 200)

    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a2", **FAR)])
        await stage.open()
        room.selection.select_alarm("a2")
        await stage.until_page("CK.alarms.selectedAlarm()?.id === 'a2'", "it is selected")
        await stage.ask(f"CK.map.setView([{LAT - 0.004}, {LON - 0.005}], 17); return true;")
        await until(lambda: stage.view._last_view[2] == 17, "the operator moved the map")
        os.kill(stage.page.renderProcessPid(), blow)
        await until(lambda: not room.map_state.ready, "the loss is noticed", within_s=4)
        assert stage.view.notice.text() == "地图正在恢复"
        await until(lambda: room.map_state.ready, "the map is back")
        near = f"CK.map.getCenter().distanceTo([{LAT - 0.004}, {LON - 0.005}]) < 5"
        await stage.until_page(near, "the view is the last one")
        await stage.until_page("CK.alarms.selectedAlarm()?.id === 'a2'", "the selection is back")
        assert stage.view.notice.text() == ""

    play(scene)


def test_that_three_deaths_in_a_minute_end_the_tries_until_the_operator_asks(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        for _ in range(watch.TRIES):
            await until(lambda: room.map_state.ready, "the map is there")
            os.kill(stage.page.renderProcessPid(), signal.SIGKILL)
            await until(lambda: not room.map_state.ready, "the loss is noticed")
        assert "不再自动打开" in stage.view.notice.text()
        stage.view.notice.button.click()
        await until(lambda: room.map_state.ready, "the map is back")

    play(scene)


def test_that_a_page_that_cannot_be_made_is_told_and_tried_again_when_asked(
    play, room, monkeypatch
):
    """Not «the map is opening» for ever."""
    made, faults = map_view.page_documents, [OSError(), KeyError("accent")]

    def broken(*args: object) -> object:
        if faults:
            raise faults.pop()
        return made(*args)

    monkeypatch.setattr(map_view, "page_documents", broken)

    async def scene(stage: Stage) -> None:
        await stage.open(wait_ready=False)
        for _ in range(2):
            await until(lambda: "没有生成" in stage.view.notice.text(), "the strip says it")
            stage.view.notice.button.click()
            assert stage.view.notice.text() == "地图正在打开"
        await until(lambda: room.map_state.ready, "the map is there")
        assert stage.view.notice.text() == ""

    play(scene)


def test_that_an_engine_that_starts_no_page_any_more_offers_the_window_anew(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        asked: list[bool] = []
        room.map_state.restart_asked.connect(lambda: asked.append(True))
        lose = stage.view.watch._lose
        lose()  # the page that was there, then two that never came to their end
        for _ in range(watch.VAIN_TRIES):
            stage.view.watch.expect_load()
            lose()
        assert "随窗口一起恢复" in stage.view.notice.text()
        stage.view.notice.button.click()
        assert asked == [True]

    play(scene)


def test_that_a_base_map_that_came_while_the_page_was_loading_is_drawn(play, room, layers):
    async def scene(stage: Stage) -> None:
        await stage.open()
        told: list[bool] = []
        stage.view.channel.baseMapChanged.connect(lambda: told.append(True))
        stage.view._ready = False  # as after the page's first words
        stage.view.channel.pageReady(False)
        assert told == [True]
        await until(lambda: room.map_state.ready, "the page has drawn it")

    play(scene)


def test_that_a_missing_base_map_is_said_and_its_arrival_ends_it(play, room, layers):
    async def scene(stage: Stage) -> None:
        layers.body = None
        await stage.open(wait_ready=False)
        await until(lambda: "底图尚未取得" in stage.view.notice.text(), "the strip says it")
        assert not room.map_state.ready
        layers.body = small_base_map()
        room.layers.replace([("basemap", "etag-1")], "1", None)
        await until(lambda: room.map_state.ready, "the base map is shown")
        assert stage.view.notice.text() == ""

    play(scene)


def test_that_alarms_that_are_not_live_are_marked_with_their_age(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        room.health.put(alarm_feed(Freshness.LOST, age_s=185.0))
        assert stage.view.notice.text() == "实时告警中断 · 图上告警是 3 min 前的"
        room.health.put(alarm_feed(Freshness.LIVE))
        assert stage.view.notice.text() == ""

    play(scene)


def test_that_alarms_are_marked_while_the_link_hangs_though_its_last_word_was_good(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        assert stage.view.notice.text() == ""
        stage.view._feed._heard_s -= 5  # the link's word of each second stays away
        stage.view._feed.check()
        assert stage.view.notice.text().startswith("实时告警中断 · 图上告警是")
        room.health.put(alarm_feed(Freshness.LIVE))
        assert stage.view.notice.text() == ""

    play(scene)


def test_that_a_selected_alarm_without_a_position_is_said(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a1", lon_deg=None, lat_deg=None)])
        await stage.open()
        room.selection.select_alarm("a1")
        assert "没有位置" in stage.view.notice.text()

    play(scene)


def test_that_marks_step_aside_and_a_flood_becomes_counts(play, room):
    drawn = "CK.alarms.drawnMarks().map(m => [m.x, m.y, m.count])"

    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm(f"a{i}") for i in range(3)])
        await stage.open()
        await stage.until_page("CK.alarms.count() === 3", "all arrived")
        places = [(x, y) for x, y, _ in await stage.ask(drawn)]
        assert len(places) == 3
        for i, a in enumerate(places):
            assert all(math.dist(a, b) >= 28 for b in places[i + 1 :])
        room.alarms.replace_open([an_alarm(f"a{i}") for i in range(250)])
        await stage.until_page("CK.alarms.count() === 250", "the flood arrived")
        assert [count for _, _, count in await stage.ask(drawn)] == [250]

    play(scene)


def test_that_only_new_events_change_what_the_page_draws(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm(f"a{i}", lat_deg=LAT + i / 1000) for i in range(5)])
        await stage.open()
        await stage.until_page("CK.alarms.count() === 5", "all arrived")
        room.alarms.drop("a3")
        await stage.until_page("CK.alarms.count() === 4 && !CK.alarms.find('a3')", "one left")

    play(scene)


def test_that_an_alarm_chosen_while_the_map_is_hidden_stands_in_the_middle_later(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a1"), an_alarm("a2", **FAR)])
        await stage.open()
        size = stage.view.size()
        stage.view.hide()
        room.selection.select_alarm("a2")
        stage.view.resize(size.width() // 2, size.height() + 60)
        stage.view.show()
        near = f"CK.map.getCenter().distanceTo([{FAR['lat_deg']}, {FAR['lon_deg']}]) < 5"
        width = f"CK.map.getSize().x === {size.width() // 2}"
        await stage.until_page(f"{width} && {near}", "the map is centred at its new size")
        await stage.ask("(CK.map.fire('dragstart'), CK.map.panBy([80, 0], {animate: false}), 1)")
        stage.view.resize(size.width() // 2 + 40, size.height())
        wide = f"CK.map.getSize().x === {size.width() // 2 + 40}"
        await stage.until_page(f"{wide} && !({near})", "a hand's move is kept")

    play(scene)


def test_that_a_base_map_that_came_before_the_pages_documents_stays(play, room):
    """After a crash of the window the link answers faster than the page is composed."""

    async def scene(stage: Stage) -> None:
        await stage.open(wait_ready=False)
        await stage.view.base.fetch()
        await until(lambda: room.map_state.ready, "the map is ready with its base map")

    play(scene)
