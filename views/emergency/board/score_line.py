"""演练评分: the points of a drill so far, and what costs most."""

from PySide6.QtWidgets import QWidget

from views.emergency.board.state import BoardState
from widgets.plain_label import ElidedLabel
from widgets.seen_timer import SeenTimer

_EVERY_MS = 1000


class ScoreLine(ElidedLabel):
    """Empty outside of a drill."""

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__(bold=True, parent=parent)
        self._state = state
        state.rows_changed.connect(self.refresh)
        SeenTimer(self, _EVERY_MS, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        score = self._state.score()
        self.setVisible(score is not None)
        if score is None:
            return
        lost = [
            self.tr("{0} 失 {1}").format(part.word, round(100 - part.points))
            for part in score.parts
            if part.points < 100
        ]
        words = self.tr("演练评分 {0:.0f}（{1}）").format(score.points, score.word)
        self.setText("　".join([words, *lost]))
