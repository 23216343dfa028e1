"""Results of the fault tests: JSON under out/faults/, and the table in docs/reliability.md.

`make faults` writes the table between the two marks; the prose around it is written by hand.
"""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "out" / "faults"
DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN = "<!-- results: written by make faults -->"
END = "<!-- end of results -->"
SOAK_BEGIN = "<!-- soak: written by make soak -->"
SOAK_END = "<!-- end of soak -->"
SECOND = "passed the second time"
STATES = ("failed", SECOND, "skipped", "passed")  # the worst first: of several tests of one fault
_HEAD = """\
| No. | 故障 fault | 应见 must be seen | 实测 measured | 结果 state | 日期 date | 版本 commit |
| --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass
class Result:
    """One test of a fault. `measured`: name -> figure, units in the name (seconds, mb)."""

    test: str
    number: str
    title: str
    promise: str
    state: str
    took_s: float
    date: str
    commit: str
    measured: dict[str, Any] = field(default_factory=dict)


def today() -> str:
    return datetime.now(UTC).astimezone().strftime("%Y-%m-%d")


def commit() -> str:
    """Short name of the tested commit, with + for a tree that was changed since."""

    def git(*words: str) -> str:
        try:
            done = subprocess.run(
                ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return done.stdout.strip()

    name = git("rev-parse", "--short", "HEAD")
    if not name:
        return "-"
    return name + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def keep(results: Iterable[Result], folder: Path = FOLDER) -> None:
    """One file per test, so that single runs refresh their own only."""
    folder.mkdir(parents=True, exist_ok=True)
    for result in results:
        name = "".join(c if c.isalnum() or c in "-_" else "_" for c in result.test)[-120:]
        text = json.dumps(asdict(result), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", "utf-8")


def kept(folder: Path = FOLDER) -> list[Result]:
    """Of the present commit."""
    now, found = commit().rstrip("+"), []
    for path in sorted(folder.glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        if str(facts.get("commit", "")).rstrip("+") == now:  # soak.json is of another kind
            found.append(Result(**facts))
    return found


def table(results: Iterable[Result]) -> str:
    """Markdown; tests of one number and title share a row and its state is the worst of theirs."""
    rows: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        rows.setdefault((result.number, result.title), []).append(result)
    text = _HEAD
    for number, title in sorted(rows, key=lambda row: _by_number(row[0])):
        tests = rows[number, title]
        promises = list(dict.fromkeys(r.promise for r in tests if r.promise))
        state = min((r.state for r in tests), key=STATES.index)
        cells = [number, title, "；".join(promises), _figures(tests),
                 f"**{state}**" if state == "failed" else state,
                 tests[-1].date, tests[-1].commit]  # fmt: skip
        text += "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"
    return text


def write_table(results: Iterable[Result], document: Path = DOCUMENT) -> None:
    """Replaces what stands between the marks."""
    _replace(document, BEGIN, END, table(results))


def write_soak(figures: dict[str, Any], document: Path = DOCUMENT) -> None:
    """The memory of each process over the last `make soak`, and what the soak did."""
    struck = sum(figures["strikes"].values())
    full = "full" if figures["kept_is_full"] else "not full before the second half"
    text = (
        f"{figures['date']}, {figures['commit']}: {figures['minutes']:g} min and "
        f"{figures['quiet_minutes']:g} min of quiet, seed {figures['seed']}, {struck} strikes, "
        f"{figures['events']} events, {figures['orders']} orders; normal after "
        f"{figures['back_s']:g} s; what is kept by design was {full}.\n\n"
        "| process | MB an hour of the day, second half | after warm-up MB | after the stop MB "
        "| grown MB | course MB |\n| --- | --- | --- | --- | --- | --- |\n"
    )
    for name, memory in figures["memory"].items():
        cells = [memory[key] for key in ("slope_mb_per_hour_of_the_day", "after_warm_up_mb",
                                         "after_the_stop_mb", "grown_mb")]  # fmt: skip
        course = " ".join(f"{mb:g}" for mb in memory["course_mb"])
        shown = ["-" if cell is None else f"{cell:g}" for cell in cells]
        text += "| " + " | ".join([name, *shown, course]) + " |\n"
    text += "\n" + (f"**Wrong: {'; '.join(wrong)}**" if (wrong := figures["wrong"]) else "Held.")
    _replace(document, SOAK_BEGIN, SOAK_END, text + "\n")


def _replace(document: Path, begin_mark: str, end_mark: str, new: str) -> None:
    text = document.read_text("utf-8")
    before, begin, rest = text.partition(begin_mark)
    _, end, after = rest.partition(end_mark)
    if not (begin and end):
        raise ValueError(f"{document}: the marks of the table are missing")
    document.write_text(f"{before}{begin_mark}\n{new}{end_mark}{after}", "utf-8")


def _by_number(number: str) -> tuple[int, str]:
    digits = "".join(c for c in number if c.isdigit())
    return (int(digits) if digits else 10_000, number)


def _figures(tests: list[Result]) -> str:
    figures: dict[str, list[Any]] = {}
    for result in tests:
        for name, value in result.measured.items():
            figures.setdefault(name, []).append(value)
    return ", ".join(f"{name} {_value(values)}" for name, values in figures.items())


def _value(values: list[Any]) -> str:
    """Of several tests: from the least to the most."""
    texts = [f"{v:g}" if isinstance(v, int | float) else str(v) for v in values]
    if len(set(texts)) == 1:
        return texts[0]
    if all(isinstance(v, int | float) for v in values):
        return f"{min(values):g} to {max(values):g}"
    return " / ".join(dict.fromkeys(texts))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
