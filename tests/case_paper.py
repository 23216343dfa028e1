"""Cases by hand for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.cases import Case, CaseKind, CaseLimit, Source, Stage, State, Step

START = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in the city


def case(number: int, **change: Any) -> Case:
    """Handled in 3 of 4 hours, closed. `at`: when reported; `late`: handled in 6 hours;
    `open`: not handled yet."""
    at: datetime = change.pop("at", START + timedelta(minutes=number))
    late, is_open = change.pop("late", False), change.pop("open", False)
    hours = 6 if late else 3

    def stage(step: Step, after_min: float, by: str, due_min: float | None = None) -> Stage:
        return Stage(
            stage=step,
            at=at + timedelta(minutes=after_min),
            by=by,
            by_name=f"name of {by}",
            due_at=None if due_min is None else at + timedelta(minutes=due_min),
        )

    stages = [
        stage(Step.REPORT, 0, "p-collector"),
        stage(Step.ACCEPT, 5, "p-acceptor"),
        stage(Step.REGISTER, 12, "p-chief", 30),
        stage(Step.DISPATCH, 18, "p-dispatcher", 45),
    ]
    due_at = at + timedelta(hours=4)
    if is_open:
        stages.append(Stage(stage=Step.DISPOSE, due_at=due_at))
    else:
        stages.append(stage(Step.DISPOSE, 60 * hours, "p-worker", 240))
        stages.append(stage(Step.CHECK, 60 * hours + 20, "p-collector", 60 * hours + 60))
        stages.append(stage(Step.ARCHIVE, 60 * hours + 40, "p-chief", 60 * 5))
    given: dict[str, Any] = {
        "case_id": f"c{number:06}",
        "class_code": "0110",
        "class_name": "暴露生活垃圾",
        "kind": CaseKind.EVENT,
        "source": Source.PATROL,
        "district_id": "d1",
        "street_id": "d1-s1",
        "org_id": "o1",
        "lon_deg": 116.6,
        "lat_deg": 28.9,
        "state": State.HANDLING if is_open else State.CLOSED,
        "stages": tuple(stages),
        "limit": CaseLimit(4, "urgent_hour", "4 紧急工作时"),
        "due_at": due_at,
        "updated_at": at + timedelta(hours=7),
    }
    return Case(**(given | change))
