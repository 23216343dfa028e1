"""The figures of a proposal, and the one sentence that says what it is good or bad at."""

import math
from collections.abc import Mapping, Sequence

from desktop.domain.emergency.dispatch import Figures, Leg, Method, Rules, Site, Unserved
from desktop.domain.levels import WarningLevel

SAME_MIN = 0.05  # closer than this is the same on screen
NAMES = {
    Method.IN_TURN: "逐个派",
    Method.LEAST_TOTAL: "总时间最短",
    Method.LEAST_LATEST: "最晚到达最短",
}


def figures_of(
    legs: Sequence[Leg], unserved: Sequence[Unserved], sites: Sequence[Site], rules: Rules
) -> Figures:
    """Of all legs with a known time; a leg without a way counts as a leg and nowhere else.

    A red site without a time to its line is in time as soon as it gets anybody.
    """
    times = [leg.eta_min for leg in legs if math.isfinite(leg.eta_min)]
    first: dict[str, float] = {}
    for leg in legs:
        first[leg.site_id] = min(leg.eta_min, first.get(leg.site_id, math.inf))
    red = [site for site in sites if site.level is WarningLevel.RED]
    in_time = [
        site
        for site in red
        if math.isfinite(first.get(site.site_id, math.inf))
        and (site.line_in_min is None or first[site.site_id] <= site.line_in_min)
    ]
    return Figures(
        latest_min=max(times, default=None),
        mean_min=sum(times) / len(times) if times else None,
        within_target=sum(time <= rules.target_min for time in times),
        legs=len(legs),
        red_before_line=len(in_time),
        red_sites=len(red),
        unserved=sum(one.missing for one in unserved),
    )


def sentence(
    method: Method, every: Mapping[Method, Figures], rules: Rules, plain: bool = False
) -> str:
    """Beside the others; claims only what the figures of `every` bear out."""
    mine = every[method]
    if mine.mean_min is None or mine.latest_min is None:
        return "没有班组可派。" if not mine.legs else "所派的班组都没有可通行的路。"
    others = [figures for other, figures in every.items() if other is not method]
    parts = [_merit(method, mine, every), *_coverage(mine, others)]
    if mine.red_sites:
        parts.append(f"红色点位 {mine.red_before_line}/{mine.red_sites} 处能在到线前到达")
    late = mine.legs - mine.within_target
    if late:
        parts.append(f"{late} 组超过 {rules.target_min:g} 分钟")
    if plain:
        parts.append("没有道路图，时间按直线估算")
    return "；".join(parts) + "。"


def _merit(method: Method, mine: Figures, every: Mapping[Method, Figures]) -> str:
    if method is Method.IN_TURN:
        return _of_in_turn(mine, every)
    is_total = method is Method.LEAST_TOTAL
    own, other = ("mean_min", "latest_min") if is_total else ("latest_min", "mean_min")
    rival = every[Method.LEAST_LATEST if is_total else Method.LEAST_TOTAL]
    words = {"mean_min": "平均", "latest_min": "最晚一组"}
    best = all(_more(mine, figures, own) <= SAME_MIN for figures in every.values())
    said = f"{words[own]} {getattr(mine, own):.1f} 分钟" + ("，三种中最短" if best else "")
    if not best:
        said += "，因先保级别高的点位" if is_total else "，因先保派到的点位"
    worse = _more(mine, rival, other)
    if worse > SAME_MIN:
        rival_name = NAMES[Method.LEAST_LATEST if is_total else Method.LEAST_TOTAL]
        said += f"，但{words[other]}比「{rival_name}」多 {worse:.1f} 分钟"
    return said


def _of_in_turn(mine: Figures, every: Mapping[Method, Figures]) -> str:
    total, latest = every[Method.LEAST_TOTAL], every[Method.LEAST_LATEST]
    slower, later = _more(mine, total, "mean_min"), _more(mine, latest, "latest_min")
    said = f"按报警先后派，平均 {mine.mean_min:.1f} 分钟、最晚 {mine.latest_min:.1f} 分钟"
    gaps = [
        text
        for gap, text in (
            (slower, f"平均比「总时间最短」多 {slower:.1f} 分钟"),
            (later, f"最晚比「最晚到达最短」多 {later:.1f} 分钟"),
        )
        if gap > SAME_MIN
    ]
    return f"{said}，" + ("，".join(gaps) if gaps else "这次不比另两种慢")


def _more(mine: Figures, other: Figures, name: str) -> float:
    """Minutes by which mine is worse; 0 beside one that sends nobody."""
    a, b = getattr(mine, name), getattr(other, name)
    return a - b if a is not None and b is not None else 0.0


def _coverage(mine: Figures, others: Sequence[Figures]) -> list[str]:
    fewest = min((figures.unserved for figures in others), default=mine.unserved)
    if mine.unserved > fewest:
        return [f"缺 {mine.unserved} 组，比别的派法多缺 {mine.unserved - fewest} 组"]
    return [f"缺 {mine.unserved} 组，几种派法都派不满"] if mine.unserved else []
