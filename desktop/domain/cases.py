"""A case (案件) of GET /cases: what was found, who did which step when, and how it ended.

Months and years of a case are the city's (CITY_ZONE). Its life-cycle: report, verify (public and
device reports only), accept, register, dispatch, dispose, check, archive.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.geo import Latitude, Longitude

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31)]


class CaseKind(StrEnum):
    COMPONENT = "component"  # 部件
    EVENT = "event"  # 事件


class Source(StrEnum):
    PATROL = "patrol"  # 监督员上报
    HOTLINE = "hotline"  # 12345 热线
    APP = "app"  # 市民随手拍
    VIDEO = "video"  # 视频识别
    SENSOR = "sensor"  # 物联感知
    SUPERIOR = "superior"  # 上级交办


SOURCE_WORDS = {
    Source.PATROL: "监督员上报",
    Source.HOTLINE: "12345 热线",
    Source.APP: "市民随手拍",
    Source.VIDEO: "视频识别",
    Source.SENSOR: "物联感知",
    Source.SUPERIOR: "上级交办",
}
PUBLIC_SOURCES = frozenset({Source.HOTLINE, Source.APP})


class Step(StrEnum):
    """In the order of a case's life; a step that does not apply is missing."""

    REPORT = "report"
    VERIFY = "verify"  # 核实, before a public or device report is registered
    ACCEPT = "accept"
    REGISTER = "register"
    DISPATCH = "dispatch"
    SIGN = "sign"  # the department signs for a hotline order
    DISPOSE = "dispose"
    CHECK = "check"  # 核查, before a case is closed
    ARCHIVE = "archive"
    CALL_BACK = "call_back"


STEP_WORDS = {
    Step.REPORT: "上报",
    Step.VERIFY: "核实",
    Step.ACCEPT: "受理",
    Step.REGISTER: "立案",
    Step.DISPATCH: "派遣",
    Step.SIGN: "签收",
    Step.DISPOSE: "处置",
    Step.CHECK: "核查",
    Step.ARCHIVE: "结案",
    Step.CALL_BACK: "回访",
}


class State(StrEnum):
    REPORTED = "reported"  # not registered yet
    VOID = "void"  # 不予受理、作废
    FILED = "filed"  # registered, not dispatched
    HANDLING = "handling"
    SUSPENDED = "suspended"  # 挂账
    CHECKING = "checking"
    CLOSED = "closed"


STATE_WORDS = {
    State.REPORTED: "已上报",
    State.VOID: "作废",
    State.FILED: "已立案",
    State.HANDLING: "处置中",
    State.SUSPENDED: "挂账",
    State.CHECKING: "核查中",
    State.CLOSED: "已结案",
}


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step. `at`: when it was done, None while it is awaited; `due_at`: None without limit.

    `by`: the person's id; `org_id`: the department's, "" for a step of the city's centre;
    `sent_at`: when the task went out (verify, check); `sent_due_at`: until when it had to.
    """

    stage: Step
    at: AwareTime | None = None
    by: str = ""
    by_name: str = ""
    org_id: str = ""
    due_at: AwareTime | None = None
    sent_at: AwareTime | None = None
    sent_due_at: AwareTime | None = None

    def is_in_time(self, now: datetime) -> bool:
        """Done until its limit, or the limit is not over yet."""
        return self.due_at is None or (self.at or now) <= self.due_at


class CaseLimit(msgspec.Struct, frozen=True):
    """unit: urgent_hour runs day and night, work_hour and work_day only in working time."""

    value: float
    unit: str
    text: str


class Appeal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """申诉 after the close; `state`: open, upheld (leaves the overdue statistics), rejected."""

    at: AwareTime
    org_id: str
    reason: str
    state: str = "open"
    reviewed_at: AwareTime | None = None
    reviewed_by: str = ""
    answer: str = ""


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture of GET /attachments/{attachment_id}; `stage`: the step at which it was taken."""

    attachment_id: str
    stage: Step
    at: AwareTime | None = None
    name: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of GET /cases.

    `org_id`: the unit that is answerable; `class_code`: major's and minor's digits, unique with
    `kind`. `returns`: how often it was sent back to dispatch (回退); `redispatched`: it went to
    another department in the end. `rework`: failed checks. `is_valid`: the report was true;
    `is_missed`: the patrol should have reported it (漏报). `repeats`: the case it repeats.
    `joint_org_ids`: departments that help, `joint_due_at` and `joint_at` theirs. `attachments`:
    in the file of one case only, GET /cases/{id}.
    """

    case_id: str
    class_code: str
    class_name: str = ""
    kind: CaseKind
    source: Source
    district_id: str
    street_id: str
    grid_id: str = ""
    org_id: str = ""
    lon_deg: Longitude = msgspec.field(name="lon")
    lat_deg: Latitude = msgspec.field(name="lat")
    place: str = ""
    text: str = ""
    state: State
    stages: Annotated[tuple[Stage, ...], msgspec.Meta(min_length=1)]
    limit: CaseLimit
    due_at: AwareTime | None = None
    suspended_until: AwareTime | None = None
    rework: Count = 0
    returns: Count = 0
    extensions: Annotated[int, msgspec.Meta(ge=0, le=2)] = 0
    redispatched: bool = False
    is_valid: bool = True
    is_missed: bool = False
    repeats: str = ""
    satisfied: bool | None = None
    joint_org_ids: tuple[str, ...] = ()
    joint_due_at: AwareTime | None = None
    joint_at: AwareTime | None = None
    appeal: Appeal | None = None
    attachments: tuple[Attachment, ...] = ()
    revision: Annotated[int, msgspec.Meta(ge=1, le=2**53)] = 1
    updated_at: AwareTime

    def stage(self, step: Step) -> Stage | None:
        return next((one for one in self.stages if one.stage is step), None)

    def at(self, step: Step) -> datetime | None:
        """When a step was done."""
        found = self.stage(step)
        return found.at if found else None

    @property
    def reported_at(self) -> datetime:
        return self.at(Step.REPORT) or self.updated_at

    @property
    def was_overdue(self) -> bool:
        """曾超时: the mark stays also after an appeal that was upheld."""
        found = self.stage(Step.DISPOSE)
        return found is not None and not found.is_in_time(self.updated_at)


class CasePage(msgspec.Struct, frozen=True):
    """Oldest change first; `next_cursor` None at the end: go on with updated_since."""

    items: tuple[Case, ...]
    next_cursor: str | None = None
