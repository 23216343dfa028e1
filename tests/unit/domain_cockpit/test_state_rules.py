"""The sentence on the state of the city."""

from datetime import UTC, datetime

from desktop.domain.cockpit.metrics import Direction, Metric, Registry
from desktop.domain.cockpit.series import Against, MetricSample, MetricSeries
from desktop.domain.cockpit.state_rules import (
    CityState,
    StateOfCity,
    StateRules,
    read_state_rules,
    state_of_city,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REGISTRY = Registry(
    [
        Metric(metric_id="a.red", name="红", source="x", direction=Direction.DOWN),
        Metric(metric_id="a.rate", name="率", source="x", direction=Direction.UP, target=95.0,
               decimals=1),
        Metric(metric_id="a.calls", name="诉求", source="x", direction=Direction.DOWN),
    ]
)  # fmt: skip
RULES = """calm: 平稳
unknown: 不知道
rules:
  - {id: red, field: 告警, state: abnormal, metric: a.red, above: 0, needed: true, text: '{value} 件告警', drill: {view: alarms}}
  - {id: rate, field: 案件, state: watch, metric: a.rate, misses_target: true, least_n: 10, text: '率 {value} 低于 {limit}'}
  - {id: calls, field: 民生, state: watch, metric: a.calls, grown_by: 0.5, against: day, weight: 3, text: '{value} 件，昨日 {before}，{share}'}
"""  # noqa: E501


def rules() -> StateRules:
    found = read_state_rules("r.yaml", RULES, REGISTRY)
    assert isinstance(found, StateRules)
    assert found.faults == ()
    return found


def series(name: str, value: float | None, n: float = 100, before: float = 10.0) -> MetricSeries:
    present = MetricSample(metric_id=name, at=NOW, value=value, n=n, as_of=NOW, source_id="x")
    return MetricSeries(metric_id=name, present=present, start=NOW, step_s=3600,
                        earlier={Against.DAY: before})  # fmt: skip


def state(stale: tuple[str, ...] = (), **values: MetricSeries) -> StateOfCity:
    known = {one.metric_id: one for one in values.values()}
    return state_of_city(
        rules().file, REGISTRY, known, lambda metric, _: metric.metric_id not in stale
    )


CALM = {"red": series("a.red", 0), "rate": series("a.rate", 96), "calls": series("a.calls", 12)}


def test_that_a_calm_city_is_called_normal() -> None:
    assert state(**CALM) == StateOfCity(state=CityState.NORMAL, sentence="平稳")


def test_that_the_gravest_reason_makes_the_sentence_and_links_to_its_list() -> None:
    found = state(red=series("a.red", 2), rate=series("a.rate", 91), calls=series("a.calls", 30))
    assert found.state is CityState.ABNORMAL
    assert found.sentence == "2 件告警，民生、案件需关注"
    assert [one.rule_id for one in found.reasons] == ["red", "calls", "rate"]
    assert [one.text for one in found.reasons[1:]] == ["30 件，昨日 10，+200%", "率 91.0 低于 95"]
    assert found.reasons[0].drill is not None
    assert found.reasons[0].drill.view == "alarms"


def test_that_a_single_reason_leaves_the_rest_calm() -> None:
    found = state(**CALM | {"rate": series("a.rate", 90)})
    assert (found.state, found.sentence) == (CityState.WATCH, "率 90.0 低于 95，其余领域平稳")


def test_that_the_rest_is_not_called_calm_while_it_is_not_known() -> None:
    found = state(("a.red",), **CALM | {"rate": series("a.rate", 90)})
    assert (found.state, found.sentence) == (CityState.WATCH, "率 90.0 低于 95，其余数据没有更新")
    assert found.missing == ("a.red",)


def test_that_a_small_sample_gives_no_reason() -> None:
    assert state(**CALM | {"rate": series("a.rate", 50, n=9)}).state is CityState.NORMAL


def test_that_what_is_stale_neither_alarms_nor_calms() -> None:
    found = state(("a.red",), **CALM | {"red": series("a.red", 5)})
    assert (found.state, found.sentence) == (CityState.UNKNOWN, "不知道")
    assert found.missing == ("a.red",)
    late = state(("a.calls",), **CALM | {"calls": series("a.calls", 500)})
    assert late.state is CityState.NORMAL


def test_that_a_city_of_which_nothing_is_known_is_not_called_normal() -> None:
    assert state().state is CityState.UNKNOWN


def test_that_a_rule_that_cannot_hold_is_left_out_with_its_line() -> None:
    wrong = RULES.replace("metric: a.red", "metric: a.gone").replace("{limit}", "{nothing}")
    found = read_state_rules("r.yaml", wrong, REGISTRY)
    assert isinstance(found, StateRules)
    assert [str(one) for one in found.faults] == [
        "r.yaml 第 4 行：没有名为 a.gone 的指标",
        "r.yaml 第 5 行：text 里只能写 {value} {limit} {n} {before} {share}",
    ]
    assert [one.id for one in found.file.rules] == ["calls"]


def test_that_growth_must_be_more_than_the_rule_says() -> None:
    later = state(**CALM | {"calls": series("a.calls", 15)})
    assert later.state is CityState.NORMAL
