"""The state of the city in one sentence, by rules that people can read and change."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.domain.cockpit.cockpit_file import Drill
from desktop.domain.cockpit.metrics import Metric, Registry
from desktop.domain.cockpit.series import Against, MetricSeries, change
from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml


class CityState(StrEnum):
    NORMAL = "normal"
    WATCH = "watch"
    ABNORMAL = "abnormal"
    UNKNOWN = "unknown"  # what the rules ask for is stale or missing

    @property
    def word(self) -> str:
        words = {"normal": "正常", "watch": "关注", "abnormal": "异常", "unknown": "不明"}
        return words[self.value]

    @property
    def rank(self) -> int:
        """The smaller, the graver."""
        return ("abnormal", "watch", "unknown", "normal").index(self.value)


class StateRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Speaks when its metric is above or below a value, misses its target, or has grown by
    more than `grown_by` (0.5: half) against the time named by `against`.

    `text` may hold {value}, {limit}, {n}, {before}, {share}. `needed`: without a fresh value the
    state cannot be called normal. Of the reasons the graver state comes first, then `weight`.
    """

    id: str
    field: Annotated[str, Meta(min_length=1, max_length=8)]
    state: CityState
    metric: str
    text: Annotated[str, Meta(min_length=1, max_length=40)]
    above: float | None = None
    below: float | None = None
    misses_target: bool = False
    grown_by: float | None = None
    against: Against = Against.WEEK
    least: float = 0.0
    least_n: float = 0.0
    weight: float = 1.0
    needed: bool = False
    drill: Drill | None = None


class StateFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`calm`: the sentence when no rule speaks; `unknown`: when too little is known. `rest` and
    `unknown_rest` end the sentence of the one rule that speaks: nothing else does, or cannot."""

    calm: str
    unknown: str
    rules: tuple[StateRule, ...]
    rest: str = "其余领域平稳"
    unknown_rest: str = "其余数据没有更新"


class StateRules(Struct, frozen=True):
    file: StateFile
    faults: tuple[FileFault, ...] = ()


class Reason(Struct, frozen=True, kw_only=True):
    rule_id: str
    field: str
    state: CityState
    text: str
    metric_id: str
    value: float
    weight: float = 1.0
    drill: Drill | None = None


class StateOfCity(Struct, frozen=True, kw_only=True):
    """`reasons`: at most three; `more`: how many further rules speak; `missing`: metrics that
    are needed and not fresh."""

    state: CityState
    sentence: str
    reasons: tuple[Reason, ...] = ()
    more: int = 0
    missing: tuple[str, ...] = ()


def read_state_rules(file: str, text: str, registry: Registry) -> StateRules | FileFault:
    """A rule that names what does not exist is left out and stands in `faults`."""
    marked = read_yaml(file, text)
    if isinstance(marked, FileFault):
        return marked
    try:
        read = msgspec.convert(marked.value, StateFile)
    except msgspec.ValidationError as error:
        return fault_of(file, marked, error)
    good, faults, known = list[StateRule](), list[FileFault](), set[str]()
    for number, rule in enumerate(read.rules):
        if (wrong := _fault(rule, registry)) or rule.id in known:
            field, reason = wrong or ("id", f"规则 {rule.id} 写了两次")
            faults.append(FileFault(file, _line(marked, number, field), reason))
        else:
            known.add(rule.id)
            good.append(rule)
    return StateRules(msgspec.structs.replace(read, rules=tuple(good)), tuple(faults))


def _line(marked: Marked, number: int, field: str) -> int:
    return marked.line_of(f"rules[{number}].{field}")


def _fault(rule: StateRule, registry: Registry) -> tuple[str, str] | None:
    metric = registry.get(rule.metric)
    if metric is None:
        return "metric", f"没有名为 {rule.metric} 的指标"
    if rule.state not in (CityState.WATCH, CityState.ABNORMAL):
        return "state", "state 只能是 watch 或 abnormal"
    ways = (rule.above is not None, rule.below is not None, rule.misses_target,
            rule.grown_by is not None)  # fmt: skip
    if sum(ways) != 1:
        return "metric", "above、below、misses_target、grown_by 须写且只写一个"
    if rule.misses_target and metric.target is None:
        return "misses_target", f"指标 {rule.metric} 没有目标值"
    try:
        _words(rule, metric, 1.0, 1.0, 1.0)
    except (KeyError, IndexError, ValueError):
        return "text", "text 里只能写 {value} {limit} {n} {before} {share}"
    return None


def state_of_city(
    rules: StateFile,
    registry: Registry,
    series: Mapping[str, MetricSeries],
    is_fresh: Callable[[Metric, MetricSeries], bool],
    most: int = 3,
) -> StateOfCity:
    """`series` of the city by metric id. What is stale neither alarms nor calms."""
    spoken: list[Reason] = []
    missing: list[str] = []
    for rule in rules.rules:
        metric, known = registry.get(rule.metric), series.get(rule.metric)
        if metric is None or known is None or not is_fresh(metric, known):
            missing += [rule.metric] if rule.needed else []
        elif (reason := _judged(rule, metric, known)) is not None:
            spoken.append(reason)
    spoken.sort(key=lambda one: (one.state.rank, -one.weight))
    spoken = _one_per_metric(spoken)
    state, sentence = _sentence(rules, spoken, missing)
    return StateOfCity(
        state=state, sentence=sentence, reasons=tuple(spoken[:most]),
        more=max(len(spoken) - most, 0), missing=tuple(dict.fromkeys(missing)),
    )  # fmt: skip


def _sentence(rules: StateFile, spoken: list[Reason], missing: list[str]) -> tuple[CityState, str]:
    if spoken:
        first = spoken[0]
        others = [one.field for one in spoken[1:] if one.field != first.field]
        fields = "、".join(dict.fromkeys(others))
        tail = f"{fields}需关注" if fields else rules.unknown_rest if missing else rules.rest
        return first.state, f"{first.text}，{tail}"
    if missing:
        return CityState.UNKNOWN, rules.unknown
    return CityState.NORMAL, rules.calm


def _one_per_metric(spoken: list[Reason]) -> list[Reason]:
    kept: dict[str, Reason] = {}
    for one in spoken:
        kept.setdefault(one.metric_id, one)
    return list(kept.values())


def _judged(rule: StateRule, metric: Metric, series: MetricSeries) -> Reason | None:
    value, n = series.present.value, series.present.n
    if value is None or value < rule.least or (rule.least_n and (n or 0) < rule.least_n):
        return None
    before: float | None = None
    if rule.grown_by is not None:
        compared = change(metric, series, rule.against)
        if compared is None or compared.share is None or compared.share <= rule.grown_by:
            return None
        before = compared.before
    elif not _is_over(rule, metric, value):
        return None
    return Reason(
        rule_id=rule.id, field=rule.field, state=rule.state, metric_id=rule.metric, value=value,
        text=_words(rule, metric, value, n, before), weight=rule.weight, drill=rule.drill,
    )  # fmt: skip


def _is_over(rule: StateRule, metric: Metric, value: float) -> bool:
    if rule.above is not None:
        return value > rule.above
    if rule.below is not None:
        return value < rule.below
    return metric.meets(value) is False


def _words(
    rule: StateRule, metric: Metric, value: float, n: float | None, before: float | None
) -> str:
    limit = rule.above if rule.above is not None else rule.below
    limit = metric.target if limit is None else limit
    share = (value - before) / abs(before) if before else 0.0
    return rule.text.format(
        value=metric.text(value),
        limit="" if limit is None else f"{limit:g}",
        n="" if n is None else f"{n:,.0f}",
        before="" if before is None else metric.text(before),
        share=f"{share:+.0%}",
    )
