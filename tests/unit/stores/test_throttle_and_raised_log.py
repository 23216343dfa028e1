"""What was raised, and work that is not done for every change."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from desktop.stores.alarms import AlarmStore
from desktop.stores.raised_log import KEPT_AT_MOST, RaisedLog
from desktop.stores.throttle import Throttle
from tests.gui.fake_room import B, FakeClock, alarm, event


def test_that_the_first_call_works_at_once_and_the_last_is_not_lost():
    app = QCoreApplication.instance() or QCoreApplication([])
    owner, loop, calls = QObject(app), QEventLoop(), []
    throttle = Throttle(lambda: calls.append(1), 20, owner)
    for _ in range(5):
        throttle.call()
    assert len(calls) == 1
    QTimer.singleShot(200, loop.quit)
    throttle._timer.timeout.connect(loop.quit)
    loop.exec()
    assert len(calls) == 2
    owner.deleteLater()


def test_that_an_alarm_that_has_closed_still_counts_as_raised():
    store, clock = AlarmStore(), FakeClock()
    log = RaisedLog(store, clock)
    closing = event("closed", alarm("a", B, 120), 2)
    store.event_arrived.emit(closing)
    assert log.raised_within(timedelta(minutes=10)) == 1
    assert log.raised_within(timedelta(minutes=1)) == 0
    assert [count for _, count in log.counts(timedelta(minutes=10))] == [1]


def test_that_alarms_older_than_the_strip_are_forgotten():
    store, clock = AlarmStore(), FakeClock()
    store.put("a", alarm("a", B, 60))
    log = RaisedLog(store, clock)
    assert set(log.alarms()) == {"a"}
    clock.move(13 * 3600)
    assert log.alarms() == {}


def test_that_a_flood_does_not_fill_the_memory():
    store, clock = AlarmStore(), FakeClock()
    log = RaisedLog(store, clock)
    for number in range(KEPT_AT_MOST + 500):
        store.put(f"a{number}", alarm(f"a{number}", B, 1))
    store.flush()
    assert len(log.alarms()) == KEPT_AT_MOST
