"""The situation report (态势专报): its facts, as they go to the process that paints the paper.

Texts are plain Chinese: the report is an official paper, whatever the language of the screen.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from desktop.domain.emergency.arrivals import Arrival
from desktop.domain.emergency.clocks import T0, T4, ClockFace, ClockState
from desktop.domain.emergency.drill_score import Score
from desktop.domain.emergency.incidents import Incident, IncidentState, TimelineEntry
from desktop.domain.emergency.plans import ChecklistItem
from desktop.domain.emergency.receipt_matrix import Row, Standing, Totals
from desktop.domain.emergency.timeline import Check
from desktop.domain.outreach import Channel, ReceiptState

CITY_ZONE = ZoneInfo("Asia/Shanghai")
MOST_LINES = 1_000
"""Of the timeline on paper, the newest; the export has all of it."""

STANDING_WORDS = {
    Standing.DECLINED: "拒绝", Standing.SILENT: "未回", Standing.UNDELIVERED: "未送达",
    Standing.RECALL_UNREAD: "撤回未读", Standing.HELD: "未发", Standing.WAITING: "等待",
    Standing.ACCEPTED: "接受", Standing.ON_SCENE: "到场", Standing.DONE: "完成",
    Standing.REPLACED: "已改派", Standing.RECALLED: "已撤回",
}  # fmt: skip
CHANNEL_WORDS = {
    Channel.HANDSET: "手台", Channel.SMS: "短信", Channel.VOICE: "语音", Channel.RADIO: "电台",
    Channel.GROUP: "组呼",
}  # fmt: skip
STATE_WORDS = {
    IncidentState.DRAFT: "待复核", IncidentState.ACTIVE: "执行中",
    IncidentState.STANDING_DOWN: "解除中", IncidentState.CLOSED: "已解除",
    IncidentState.WITHDRAWN: "已撤回", IncidentState.EXPIRED: "超时作废",
}  # fmt: skip
_CLOCK_WORDS = {
    ClockState.REACHED: "按时", ClockState.LATE: "超时", ClockState.RUNNING: "计时中",
    ClockState.OVERDUE: "已超目标", ClockState.OPEN: "—",
}  # fmt: skip


class Section(Struct, frozen=True, kw_only=True):
    """A heading with lines or a table. `shares`: widths of the columns among each other."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class MapMark(Struct, frozen=True):
    """A site or a crew on the map of the paper."""

    name: str
    lon_deg: float
    lat_deg: float
    is_site: bool
    to: tuple[float, float] | None = None
    """Where a crew goes."""
    way: tuple[tuple[float, float], ...] = ()
    """By which streets, from where it is; empty: not known."""


class Paper(Struct, frozen=True, kw_only=True):
    """Everything that stands on the paper, but map ground and pictures."""

    title: str
    about: str
    number: str
    issued: str
    issued_by: str
    drill: bool
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    marks: tuple[MapMark, ...] = ()
    captions: tuple[str, ...] = ()
    """One for each picture, in their order."""
    foot: str = ""


class Situation(Struct, frozen=True, kw_only=True):
    """What the report is made of, all of one moment."""

    incident: Incident
    rows: tuple[tuple[Standing, Row], ...]
    crews: Totals
    people: Totals
    faces: tuple[ClockFace, ...]
    arrivals: dict[str, Arrival]
    entries: tuple[TimelineEntry, ...]
    check: Check | None
    """None: the timeline could not be fetched."""
    checklist: tuple[ChecklistItem, ...]
    score: Score | None
    at: datetime
    by: str


def paper(of: Situation, marks: Sequence[MapMark], captions: Sequence[str]) -> Paper:
    """The whole report. Sections without content are left out."""
    one = of.incident
    parts = (
        Section(title="总体情况", lines=(summary(of),)),
        _clocks(of.faces),
        Section(title="启动依据", lines=_paragraph(one.reasons)),
        _crews(of.rows, of.arrivals),
        _people(of.rows, of.people),
        Section(title="待处理", lines=troubles(of.rows)),
        _checklist(of),
        Section(title="记录", lines=tuple(f"{_time(n.at)} {n.by}：{n.text}" for n in one.notes)),
        _score(of.score),
        _timeline(of),
    )
    return Paper(
        title="态势专报",
        about=one.title,
        number=one.incident_id,
        issued=f"{of.at.astimezone(CITY_ZONE):%Y-%m-%d %H:%M:%S}",
        issued_by=of.by,
        drill=one.drill,
        facts=_facts(of),
        sections=tuple(part for part in parts if part.lines or part.rows),
        marks=tuple(marks),
        captions=tuple(captions),
        foot=_foot(of),
    )


def summary(of: Situation) -> str:
    """One sentence, the same figures as on the board."""
    one, crews = of.incident, of.crews
    kind = "演练" if one.drill else "响应"
    words = [
        f"{one.plan_name} {_roman(one)} 级{kind}，{STATE_WORDS[one.state]}",
        f"{crews.sent} 队受令，接受 {crews.accepted}、到场 {crews.on_scene}、完成 {crews.done}",
    ]
    if crews.declined or crews.silent:
        words.append(f"拒绝 {crews.declined}、未回 {crews.silent}")
    first = next((face for face in of.faces if face.name == T4), None)
    if first is not None and first.since_min is not None and first.target_min is not None:
        reached = first.at is not None
        verb = "首到现场" if reached else "首到未达，已过"
        words.append(f"{verb} {first.since_min:.1f} min（目标 {first.target_min:g} min）")
    return "；".join(words) + "。"


def troubles(rows: Sequence[tuple[Standing, Row]]) -> tuple[str, ...]:
    """Who has not answered as they should, one line each."""
    found = list[str]()
    for standing, row in rows:
        if not standing.is_trouble:
            continue
        last = row.furthest
        note = f"，{last.note}" if last is not None and last.note else ""
        where = f"（{row.place}）" if row.place else ""
        found.append(f"{row.name}{where}：{STANDING_WORDS[standing]}{note}")
    return tuple(found)


def _facts(of: Situation) -> tuple[tuple[str, str], ...]:
    one = of.incident
    second = f"{one.second.name} {one.second.seat_id}" if one.second else "—"
    t0 = one.clocks.get(T0)
    return (
        ("预案", one.plan_name),
        ("级别", f"{_roman(one)} 级 {one.level.word}"),
        ("状态", STATE_WORDS[one.state]),
        ("告警", f"{t0.astimezone(CITY_ZONE):%m-%d %H:%M:%S}" if t0 else "—"),
        ("发起", f"{one.begun.name} {one.begun.seat_id} {_time(one.begun.at)}"),
        ("复核", second),
        ("关联告警", f"{len(one.alarm_ids)} 条"),
        ("派队方案", one.method or "—"),
    )


def _clocks(faces: Sequence[ClockFace]) -> Section:
    rows = tuple(
        (
            f"{face.name} {face.word}",
            _time(face.at),
            f"{face.since_min:.1f} min" if face.at and face.since_min is not None else "—",
            f"{face.target_min:g} min" if face.target_min is not None else "—",
            _CLOCK_WORDS[face.state] if face.target_min is not None else "—",
        )
        for face in faces
    )
    return Section(title="七个时钟", columns=("时钟", "时间", "T0 后", "目标", "状态"),
                   shares=(3, 2, 2, 2, 2), rows=rows)  # fmt: skip


def _crews(rows: Sequence[tuple[Standing, Row]], arrivals: Mapping[str, Arrival]) -> Section:
    made = list[tuple[str, ...]]()
    for standing, row in rows:
        if not row.is_crew:
            continue
        way = arrivals.get(row.order_id)
        there = _time(row.at(ReceiptState.ON_SCENE))
        if (
            there == "—"
            and row.declined is None
            and way is not None
            and way.expected_at is not None
        ):
            there = f"预计 {_time(way.expected_at)[:5]}"
        made.append(
            (row.name, f"{row.task}　{row.place}", _time(row.sent_at),
             _time(row.at(ReceiptState.ACCEPTED)), there, STANDING_WORDS[standing])
        )  # fmt: skip
    return Section(title="队伍", columns=("队伍", "任务与地点", "发出", "接受", "到场", "状态"),
                   shares=(4, 7, 2, 2, 2.6, 2), rows=tuple(made))  # fmt: skip


def _people(rows: Sequence[tuple[Standing, Row]], totals: Totals) -> Section:
    """By channel: names of hundreds of people help nobody."""
    if not totals.sent:
        return Section(title="通知")
    made = list[tuple[str, ...]]()
    for channel in Channel:
        mine = [(s, r) for s, r in rows if r.channel is channel]
        if mine:
            made.append((CHANNEL_WORDS[channel], str(len(mine)), *_counts(mine)))
    return Section(title="通知", columns=("渠道", "人数", "送达", "已读", "接受", "拒绝"),
                   shares=(3, 2, 2, 2, 2, 2), rows=tuple(made))  # fmt: skip


def _counts(rows: Sequence[tuple[Standing, Row]]) -> tuple[str, ...]:
    wanted = (ReceiptState.DELIVERED, ReceiptState.READ, ReceiptState.ACCEPTED)
    counts = [sum(row.reached(state) for _, row in rows) for state in wanted]
    return (*map(str, counts), str(sum(row.declined is not None for _, row in rows)))


def _checklist(of: Situation) -> Section:
    ticks = {tick.item_id: tick for tick in of.incident.ticks}
    lines = tuple(
        f"[✓] {item.text}　{tick.by} {_time(tick.at)}"
        if (tick := ticks.get(item.item_id))
        else f"[　] {item.text}"
        for item in of.checklist
    )
    return Section(title="检查单", lines=lines)


def _score(score: Score | None) -> Section:
    if score is None:
        return Section(title="演练评分")
    rows = tuple(
        (
            part.word,
            f"{part.value_min:.1f} min" if part.value_min is not None else (part.note or "未达"),
            f"{part.target_min:g} min" if part.target_min is not None else "—",
            f"{part.points:.0f}",
        )
        for part in score.parts
    )
    total = ("合计", score.word, "", f"{score.points:.1f}")
    return Section(title="演练评分", columns=("项目", "实际", "目标", "得分"),
                   shares=(3, 4, 2, 2), rows=(*rows, total))  # fmt: skip


def _timeline(of: Situation) -> Section:
    shown = of.entries[-MOST_LINES:]
    rows = tuple(
        (str(e.number), f"{e.at.astimezone(CITY_ZONE):%m-%d %H:%M:%S}", e.text, e.by, e.hash[:12])
        for e in shown
    )
    return Section(title="时间线", columns=("序", "时间", "内容", "何人", "哈希"),
                   shares=(1, 3, 7.6, 3.6, 2.8), rows=rows)  # fmt: skip


def _foot(of: Situation) -> str:
    """The head of the chain whole: with it every copy can be verified."""
    check = of.check
    if check is None:
        return "时间线未取得"
    if not check.holds:
        return f"时间线第 {check.broken} 条不符：{check.reason}"
    return f"时间线 {check.length} 条已校验，链首 SHA-256 {check.head}" if check.length else ""


def _paragraph(lines: Sequence[str]) -> tuple[str, ...]:
    """A storm has dozens of reasons: as one paragraph they leave room for what was done."""
    return (f"{'；'.join(lines)}。",) if lines else ()


def _roman(one: Incident) -> str:
    return one.level.warning.roman


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(CITY_ZONE):%H:%M:%S}" if at is not None else "—"
