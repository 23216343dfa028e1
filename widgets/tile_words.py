"""What a tile's header says of its picture, in a word or a figure."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.domain.cameras import TileState, TileStatus
from widgets.times import age_text, short_age_text

translate = QCoreApplication.translate

STATES = {
    TileState.IDLE: QT_TRANSLATE_NOOP("TileWords", "空闲"),
    TileState.OPENING: QT_TRANSLATE_NOOP("TileWords", "连接中"),
    TileState.LIVE: QT_TRANSLATE_NOOP("TileWords", "实时"),
    TileState.STALLED: QT_TRANSLATE_NOOP("TileWords", "停滞"),
    TileState.RETRY: QT_TRANSLATE_NOOP("TileWords", "重连"),
    TileState.REFUSED: QT_TRANSLATE_NOOP("TileWords", "被拒绝"),
    TileState.FAILED: QT_TRANSLATE_NOOP("TileWords", "无法播放"),
}


def state_word(state: TileState) -> str:
    return translate("TileWords", str(STATES[state]))


def is_past(status: TileStatus) -> bool:
    """What stands in the tile is the last picture of a stream that does not move."""
    past = (TileState.STALLED, TileState.OPENING, TileState.RETRY)
    return status.age_ms is not None and status.state in past


def header_text(status: TileStatus) -> str:
    """`实时 0.2 s`, `停滞 47 s`, `重连 4 s`: the age of the picture or the time to the next try."""
    word = state_word(status.state)
    if status.recorded and status.state is TileState.LIVE:
        return translate("TileWords", "录像")
    if status.state is TileState.LIVE and status.age_ms is not None:
        return f"{word} {short_age_text(status.age_ms / 1000)}"
    if status.age_ms is not None and is_past(status):
        return f"{state_word(TileState.STALLED)} {age_text(max(1.0, status.age_ms / 1000))}"
    if status.state is TileState.RETRY and status.retry_in_s is not None:
        return f"{word} {_seconds(status.retry_in_s)}"
    return word


def short_header_text(status: TileStatus) -> str:
    """Where the name needs the room: of what is live the age alone, its dot says that it is."""
    if status.state is TileState.LIVE and not status.recorded and status.age_ms is not None:
        return short_age_text(status.age_ms / 1000)
    return header_text(status)


def next_try_text(status: TileStatus) -> str:
    """`第 3 次重连 4 s 后`; empty where no other try is planned."""
    if status.retry_in_s is not None:
        words = translate("TileWords", "第 {number} 次重试 {wait} 后")
        return words.format(number=status.attempt, wait=_seconds(status.retry_in_s))
    if status.state is TileState.OPENING and status.attempt:
        return translate("TileWords", "第 {number} 次重连").format(number=status.attempt)
    if status.state is TileState.STALLED:
        return translate("TileWords", "即将重连")
    return ""


def _seconds(wait_s: float) -> str:
    return f"{max(1, round(wait_s))} s"
