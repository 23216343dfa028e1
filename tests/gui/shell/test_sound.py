"""What the player is ordered to play, and what the desk says of its sound."""

import pytest
from PySide6.QtCore import QObject, Signal

from desktop.domain.annunciation import Cue
from desktop.domain.link_messages import ServiceCondition, ServiceState, SessionState
from desktop.shell.red_frame import RedFrame
from desktop.shell.sound import NO_ANSWER_AFTER_S, Sound
from desktop.shell.sound_words import silence_words, trouble_words
from desktop.stores.sound_state import SoundCondition
from tests.gui.fake_room import R, Y, acked, alarm, live_health


class FakePlayer(QObject):
    told = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[Cue, int]] = []

    def start(self) -> None: ...

    def close(self) -> None: ...

    def kill(self) -> None:
        self.killed = True

    def play(self, cue: Cue, percent: int) -> None:
        self.played.append((cue, percent))


@pytest.fixture
def player(qapp):
    return FakePlayer()


@pytest.fixture
def sound(room, player):
    made = Sound(room, player)
    made.begin()
    room.alarms.flush()
    player.told.emit({"outputs": 1, "device": "扬声器"})
    room.alarms.put("old", alarm("old", Y, 600))
    room.alarms.flush()
    made._take()
    made.tick()
    player.played.clear()
    return made


def put(room, *alarms):
    for one in alarms:
        room.alarms.put(one.alarm_id, one)
    room.alarms.flush()


def pass_s(room, sound, seconds: int, taking: bool = True):
    for _ in range(seconds):
        room.clock.move(1)
        if taking:
            sound._take()
        sound._heard_s = room.clock.monotonic_s()
        sound.tick()


def test_that_a_red_sounds_until_it_is_acknowledged_never_below_the_floor(room, sound, player):
    room.preferences.set("volume_percent", 5)
    put(room, alarm("a", R, 0))
    pass_s(room, sound, 11)
    assert player.played == [(Cue.RED, 40)] * 3
    assert room.sound.red_waiting
    put(room, alarm("a", R, 0, revision=2, seq=2, ack=acked("张敏")))
    player.played.clear()
    pass_s(room, sound, 20)
    assert player.played == [] and not room.sound.red_waiting


def test_that_a_desk_that_nobody_is_signed_in_at_sounds_and_blinks_for_nothing(room, sound, player):
    put(room, alarm("a", R, 0))
    pass_s(room, sound, 2)
    assert room.sound.red_waiting
    room.session.put_session(SessionState(user=None))
    player.played.clear()
    pass_s(room, sound, 20)
    assert player.played == [] and not room.sound.red_waiting


def test_that_silence_is_seen_counting_down_and_is_no_acknowledgement(room, sound, player):
    put(room, alarm("a", R, 0))
    pass_s(room, sound, 1)
    room.sound.silence()
    assert room.sound.silence_left_s == 60 and "60 秒" in silence_words(room.sound)
    player.played.clear()
    pass_s(room, sound, 30)
    assert (player.played, room.sound.silence_left_s) == ([], 30)
    assert room.sound.red_waiting
    put(room, alarm("b", R, 0))
    pass_s(room, sound, 1)
    assert player.played == [(Cue.RED, 70)] and room.sound.silence_left_s == 0


def test_that_a_machine_without_a_device_says_so_and_recovers(room, sound, player):
    player.told.emit({"outputs": 0, "device": ""})
    sound.tick()
    assert room.sound.is_mute and "本台无声" in trouble_words(room.sound)
    player.told.emit({"failed": "red"})
    sound.tick()
    assert room.sound.condition is SoundCondition.NO_DEVICE
    player.told.emit({"outputs": 1, "device": "耳机"})
    sound.tick()
    assert not room.sound.is_mute and room.sound.device == "耳机"


def test_that_a_device_that_refuses_is_mute_until_something_was_played(room, sound, player):
    player.told.emit({"failed": "red"})
    player.told.emit({"outputs": 1, "device": "扬声器"})
    sound.tick()
    assert room.sound.condition is SoundCondition.FAILED
    player.told.emit({"played": "red"})
    sound.tick()
    assert not room.sound.is_mute


def test_that_a_player_that_hangs_is_a_mute_desk_and_is_ended(room, sound, player):
    room.clock.move(NO_ANSWER_AFTER_S + 1)
    sound.tick()
    assert room.sound.condition is SoundCondition.NO_ANSWER
    assert player.killed


def test_that_losing_the_platform_ticks_once(room, sound, player):
    room.health.put(live_health())
    down = ServiceState(ServiceCondition.DOWN, None, "断开")
    room.health.put(live_health(mqtt=down))
    room.health.put(live_health(mqtt=down))
    pass_s(room, sound, 30)
    assert [cue for cue, _ in player.played] == [Cue.LOSS]


def test_that_a_flood_is_told_once(room, sound):
    told = []
    sound.flooded.connect(told.append)
    put(room, *(alarm(f"f{n}", Y, 0) for n in range(30)))
    pass_s(room, sound, 1)
    put(room, *(alarm(f"g{n}", Y, 0) for n in range(30)))
    pass_s(room, sound, 1)
    assert told == [30]


def test_that_the_frame_is_red_while_a_red_waits(room, qtbot):
    frame = RedFrame(room.sound)
    qtbot.addWidget(frame)
    frame.resize(400, 300)
    frame.show()
    assert frame.grab().toImage().pixelColor(1, 150).name() == "#14181d"
    room.sound.report(SoundCondition.READY, "", 0, True)
    assert frame.grab().toImage().pixelColor(1, 150).name() == "#ff5a52"
    frame._blink()
    assert frame.grab().toImage().pixelColor(1, 150).name() == "#14181d"
    frame._blink()
    room.sound.report(SoundCondition.READY, "", 0, False)
    assert not frame.lit
