"""Formulas of indicators: a small arithmetic over names, parsed and walked, never executed.

`+ - * /`, brackets, numbers, names, and `min(a, b)`, `max(a, b)`, `band(x, name)` with a table of
steps. Values are arrays; a division by zero gives NaN, which is 无应办: neither 0 nor 100.
"""

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

LONGEST = 500
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
DEEPEST = 20


class ExpressionFault(ValueError):
    """What is wrong with a formula, in Chinese, as it stands behind file and line."""


_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: lambda a, b: np.divide(a, np.where(np.equal(b, 0), np.nan, b)),
}
_FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {"min": np.minimum, "max": np.maximum}
BAND = "band"


class Expression:
    """One formula. Equal texts are equal."""

    def __init__(self, text: str) -> None:
        """Raises ExpressionFault."""
        self.text = text
        if len(text) > LONGEST:
            raise ExpressionFault(f"公式超过 {LONGEST} 个字符")
        try:
            # Names of the platform may be words of Python (`return`): each gets a mark meanwhile.
            tree = ast.parse(_NAME.sub(r"\g<0>_", text.strip()), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise ExpressionFault(f"公式读不懂：{text}") from None
        self.names: set[str] = set()
        self.bands: set[str] = set()
        self._check(tree, 1)
        self._tree = tree

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def value(
        self, values: Mapping[str, Values | float], bands: Mapping[str, "Steps"] | None = None
    ) -> Values:
        """Of every unit and period at once; what is not known is NaN, and so is what needs it."""
        with np.errstate(all="ignore"):
            return np.asarray(self._walk(self._tree, values, bands or {}), dtype=np.float64)

    def _check(self, node: ast.expr, depth: int) -> None:
        if depth > DEEPEST:
            raise ExpressionFault(f"公式嵌套超过 {DEEPEST} 层")
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                if not abs(number) < 1e12:
                    raise ExpressionFault("公式中的数过大")
            case ast.Name(id=name):
                self.names.add(name[:-1])
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                self._check(operand, depth + 1)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                self._check(left, depth + 1)
                self._check(right, depth + 1)
            case ast.Call(func=ast.Name(id=name), args=[first, second], keywords=[]):
                self._check_call(name[:-1], first, second, depth)
            case _:
                raise ExpressionFault(
                    f"公式中只能用加减乘除、括号、数、名称和 min、max、band：{self.text}"
                )

    def _check_call(self, name: str, first: ast.expr, second: ast.expr, depth: int) -> None:
        self._check(first, depth + 1)
        if name in _FUNCTIONS:
            self._check(second, depth + 1)
        elif name == BAND and isinstance(second, ast.Name):
            self.bands.add(second.id[:-1])
        else:
            raise ExpressionFault(f"没有函数 {name}，可用：min、max、band")

    def _walk(self, node: ast.expr, values: Mapping[str, Any], bands: Mapping[str, "Steps"]) -> Any:
        match node:
            case ast.Constant(value=number):
                return float(number)  # pyright: ignore[reportArgumentType]
            case ast.Name(id=name):
                return values[name[:-1]]
            case ast.UnaryOp(operand=operand):
                return np.negative(self._walk(operand, values, bands))
            case ast.BinOp(left=left, op=operator, right=right):
                sides = (self._walk(one, values, bands) for one in (left, right))
                return _OPERATORS[type(operator)](*sides)
            case ast.Call(func=ast.Name(id=name), args=[first, second]):
                x = self._walk(first, values, bands)
                if name[:-1] == BAND and isinstance(second, ast.Name):
                    return bands[second.id[:-1]].points(x)
                return _FUNCTIONS[name[:-1]](x, self._walk(second, values, bands))
            case _:
                raise AssertionError("checked before")


class Steps:
    """Points by how large a number is: `ups` = ((50, 100), (100, 90), ...) means up to 50 gives
    100 points, up to 100 gives 90; above the last: `beyond`."""

    def __init__(self, ups: tuple[tuple[float, float], ...], beyond: float) -> None:
        """Raises ExpressionFault where the steps do not rise."""
        self._upper = np.array([up for up, _ in ups])
        self._points = np.array([*(points for _, points in ups), beyond])
        if len(ups) == 0 or np.any(np.diff(self._upper) <= 0):
            raise ExpressionFault("分段的上限必须逐段增大")

    @property
    def upper(self) -> tuple[float, ...]:
        return tuple(self._upper.tolist())

    @property
    def all(self) -> tuple[float, ...]:
        """Points of each step, and last of what is beyond."""
        return tuple(self._points.tolist())

    def points(self, x: Values | float) -> Values:
        x = np.asarray(x, dtype=np.float64)
        found = self._points[np.searchsorted(self._upper, x, side="left")]
        return np.where(np.isnan(x), np.nan, found)
