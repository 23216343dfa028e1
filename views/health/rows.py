"""Rows of the tables: feeds, registers, processes, silent sensors, findings, audit."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.audit import AuditRow
from desktop.domain.findings import Finding, Verdict
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import FeedState
from desktop.domain.online import Silent
from desktop.domain.registers import STALE_AFTER, RegisterState
from desktop.stores.process_state import ProcessRow
from desktop.stores.registers import RegisterAge
from views.health import words
from widgets.fact_table import Cell, FactColumn
from widgets.times import age_text, hh_mm_ss, local, short_age_text

translate = QCoreApplication.translate
Row = tuple[Cell, ...]

MOST_SILENT = 500
_TONES = {Freshness.LIVE: "text", Freshness.NEVER: "border"}
_VERDICT_TONES = {Verdict.OK: "text2", Verdict.SKIPPED: "border"}


def feed_columns() -> tuple[FactColumn, ...]:
    titles = (
        translate("health", "数据龄"),
        translate("health", "收到"),
        translate("health", "入库"),
        translate("health", "迟到"),
        translate("health", "重复"),
        translate("health", "拒收"),
        translate("health", "回补"),
        translate("health", "未识别"),
    )
    state = FactColumn(translate("health", "状态"), 68)
    widths = (64, 84, 84, 56, 56, 56, 60, 64)  # received and stored grow all day
    numbers = [
        FactColumn(title, px, is_number=True) for title, px in zip(titles, widths, strict=True)
    ]
    return (FactColumn(translate("health", "数据源")), state, *numbers)


def feed_rows(feeds: Mapping[str, FeedState]) -> list[Row]:
    return [_feed(name, feed) for name, feed in feeds.items()]


def _feed(name: str, feed: FeedState) -> Row:
    tone = _TONES.get(feed.freshness, "stale")
    age = "—" if feed.age_s is None else short_age_text(feed.age_s)
    late = translate("health", "送到时已过时的消息：平台或网络慢，请平台管理员查")
    rejected = translate("health", "格式不对，未显示，已隔离存档：请平台管理员按接口约定改正")
    cleaned = translate("health", "其中 {0} 条的文字含不可见字符或过长，已清洗后显示；原文存档")
    strange = translate("health", "与接口约定不同，本版本不识别的字段和取值：{0}")
    fields = strange.format("、".join(feed.unmapped))
    return (
        Cell(words.feed_name(name), tip=name),
        Cell(words.freshness_word(feed.freshness), tone),
        Cell(age, tone),
        Cell(words.counted(feed.received)),
        Cell(words.counted(feed.stored), tip=cleaned.format(feed.cleaned) if feed.cleaned else ""),
        Cell(words.counted(feed.late), "stale" if feed.late else "text2", late),
        Cell(words.counted(feed.duplicates), "text2"),
        Cell(words.counted(feed.rejected), "stale" if feed.rejected else "text2", rejected),
        _backfilled(feed),
        Cell(words.counted(len(feed.unmapped)), "text2", fields if feed.unmapped else ""),
    )


def _backfilled(feed: FeedState) -> Cell:
    """How many REST brought; while numbers are missing, how many those are."""
    if not feed.missing:
        return Cell(words.counted(feed.backfilled), "text2")
    tip = translate("health", "序号缺 {0} 条，正由平台接口补收；至今已回补 {1} 条")
    text = translate("health", "缺 {0}").format(words.counted(feed.missing))
    return Cell(text, "stale", tip.format(feed.missing, feed.backfilled))


def register_columns() -> tuple[FactColumn, ...]:
    return (
        FactColumn(translate("health", "名册"), 96),
        FactColumn(translate("health", "行数"), 88, is_number=True),
        FactColumn(translate("health", "核对于"), 88, is_number=True),
        FactColumn(translate("health", "数据龄"), 72, is_number=True),
        FactColumn(translate("health", "问题与处理")),
    )


def register_rows(
    ages: Mapping[str, RegisterAge], states: Mapping[str, RegisterState], now: datetime
) -> list[Row]:
    rows = []
    for name, age in ages.items():
        age_s = (now - age.as_of).total_seconds()
        stale = age_s > STALE_AFTER.total_seconds()
        trouble, tip, bad = _register_trouble(states.get(name))
        if stale and not trouble:
            trouble = translate("health", "很久没有核对：检查平台接口")
        rows.append(
            (
                Cell(words.register_name(name), tip=name),
                Cell(f"{age.row_count:,}", "text" if age.row_count else "stale"),
                Cell(hh_mm_ss(age.as_of), "text2"),
                Cell(age_text(age_s), "stale" if stale else "text"),
                Cell(trouble, "stale" if bad or stale else "text2", tip),
            )
        )
    return rows


def _register_trouble(state: RegisterState | None) -> tuple[str, str, bool]:
    """In one line, and whole; whether rows are missing because of it."""
    if state is None:
        return "", "", False
    notes = state.notes
    parts = list(notes.findings)
    if notes.refused:
        parts.append(translate("health", "拒收 {0} 行").format(f"{notes.refused:,}"))
        parts += [f"{reason} × {count:,}" for reason, count in notes.refusals.items()]
    if notes.unplaced:
        unplaced = translate("health", "无坐标 {0} 行，地图上没有：请平台管理员补")
        parts.append(unplaced.format(f"{notes.unplaced:,}"))
    tip = "\n".join(parts)
    if notes.unmapped:
        names = "、".join(
            f"{name}（{example}）" if (example := notes.unmapped_examples.get(name)) else name
            for name in notes.unmapped
        )
        tip += "\n" + translate("health", "未识别字段：{0}").format(names)
    return "；".join(parts), tip.strip(), bool(notes.refused or notes.findings)


def process_columns() -> tuple[FactColumn, ...]:
    return (
        FactColumn(translate("health", "进程")),
        FactColumn(translate("health", "编号"), 72, is_number=True),
        FactColumn(translate("health", "重启"), 52, is_number=True),
        FactColumn(translate("health", "内存 MB"), 72, is_number=True),
        FactColumn(translate("health", "处理器 %"), 76, is_number=True),
    )


def process_rows(rows: Iterable[ProcessRow]) -> list[Row]:
    return [_process(row) for row in rows]


def _process(row: ProcessRow) -> Row:
    restarts = None if row.starts is None else row.starts - 1
    tip = translate("health", "重启过：原因见日志 supervisor.log；反复发生请告知管理员")
    return (
        Cell(words.process_name(row.name), tip=row.name),
        Cell(str(row.pid), "text2"),
        Cell(
            "—" if restarts is None else str(restarts),
            "stale" if restarts else "text2",
            tip if restarts else "",
        ),
        Cell(f"{row.memory_mb:,.0f}"),
        Cell(f"{row.cpu_percent:.0f}"),
    )


def silent_columns() -> tuple[FactColumn, ...]:
    return (
        FactColumn(translate("health", "传感器")),
        FactColumn(translate("health", "类别"), 120),
        FactColumn(translate("health", "末次上报"), 112, is_number=True),
        FactColumn(translate("health", "沉默"), 80, is_number=True),
    )


def silent_rows(silent: Iterable[Silent], classes: Mapping[str, str], now: datetime) -> list[Row]:
    """`classes`: name by class_id."""
    rows = []
    for point, since in list(silent)[:MOST_SILENT]:
        never = translate("health", "未上报")
        age = age_text((now - since).total_seconds()) if since else "—"
        rows.append(
            (
                Cell(point.name, tip=f"{point.name}\n{point.point_id}"),
                Cell(classes.get(point.class_id, point.class_id), "text2"),
                Cell(hh_mm_ss(since) if since else never, "text2"),
                Cell(age, "stale"),
            )
        )
    return rows


def finding_columns() -> tuple[FactColumn, ...]:
    return (
        FactColumn(translate("health", "结果"), 56),
        FactColumn(translate("health", "项目"), 208),
        FactColumn(translate("health", "说明与处理")),
    )


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.OK: translate("health", "正常"),
        Verdict.SKIPPED: translate("health", "未查"),
        Verdict.WARNING: translate("health", "注意"),
        Verdict.FAILED: translate("health", "故障"),
    }[verdict]


def finding_rows(findings: Iterable[Finding]) -> list[Row]:
    """What is broken first."""
    order = (Verdict.FAILED, Verdict.WARNING, Verdict.SKIPPED, Verdict.OK)
    ordered = sorted(findings, key=lambda finding: order.index(finding.verdict))
    return [
        (
            Cell(verdict_word(one.verdict), _VERDICT_TONES.get(one.verdict, "stale")),
            Cell(one.part),
            Cell(
                f"{one.reason}\n→ {one.fix}" if one.fix else one.reason,
                "text2" if one.verdict is Verdict.OK else "text",
            ),
        )
        for one in ordered
    ]


def audit_columns() -> tuple[FactColumn, ...]:
    return (
        FactColumn(translate("health", "序"), 56, is_number=True),
        FactColumn(translate("health", "时间"), 124),
        FactColumn(translate("health", "人"), 116),
        FactColumn(translate("health", "动作"), 112),
        FactColumn(translate("health", "对象"), 104),
        FactColumn(translate("health", "结果"), 64),
        FactColumn(translate("health", "说明")),
    )


def audit_rows(rows: Iterable[AuditRow]) -> list[Row]:
    return [
        (
            Cell(str(row.seq), "text2"),
            Cell(_time(row.at)),
            Cell(row.user or "—", tip=f"{row.user} {row.role} {row.seat}"),
            Cell(words.audited_action(row.action), tip=row.action),
            Cell(row.target or "—"),
            Cell(
                words.outcome_word(row.outcome),
                "stale" if row.outcome in ("refused", "no_right", "expired", "failed") else "text2",
            ),
            Cell(row.reason, "text2"),
        )
        for row in rows
    ]


def _time(at: str) -> str:
    try:
        return f"{local(datetime.fromisoformat(at)):%m-%d %H:%M:%S}"
    except ValueError:
        return at
