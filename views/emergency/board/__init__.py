"""Step 6, 执行: what follows the one act, from the first receipt to the stand-down."""

from views.emergency.board.board import ExecutionBoard

__all__ = ["ExecutionBoard"]
