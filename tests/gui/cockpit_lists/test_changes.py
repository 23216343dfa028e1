"""Better and worse only where a week really differs from the one before."""

from views.cockpit.panels import changes


def days(before: float, now: float, noise: float = 0.4) -> tuple[float, ...]:
    """Hours of 20 days; the last 7 differ."""
    hours = 20 * 24
    return tuple(
        (now if n > hours - 7 * 24 else before) + noise * ((n * 7919 // 24) % 5 - 2)
        for n in range(hours + 5)
    )


def told(world):
    world.tell("c.rate", 97.9, values=days(96.8, 97.9, 0.05))
    world.tell("c.calls", 120, values=days(100, 120, 1))
    world.tell("c.mood", 90, values=days(90, 90, 1))


def test_that_what_has_moved_is_told_with_both_weeks(world):
    told(world)
    state = world.panel("changes", "c.rate", "c.calls", "c.mood").state
    better, worse = state.better[0], state.worse[0]
    assert (better.name, better.before, better.now, better.unit) == ("按期率", "96.8", "97.9", "%")
    assert (worse.name, worse.unit) == ("诉求", "件")
    assert state.calm == 1 and state.short == 0


def test_that_chance_is_called_no_change(world):
    world.tell("c.mood", 90, values=days(90, 90.1, 3))
    panel = world.panel("changes", "c.mood")
    assert (panel.state.better, panel.state.worse, panel.state.calm) == ((), (), 1)
    assert panel.accessibleName().count("无显著变化") == 2


def test_that_too_few_days_are_told_instead_of_a_result(world):
    world.tell("c.mood", 90, values=days(90, 80)[-5 * 24 :])
    panel = world.panel("changes", "c.mood")
    assert panel.state.why == "历史只有 5 天，满 14 天起比较"
    assert not panel.state.better and not panel.state.worse


def test_that_nothing_told_is_no_data(world):
    assert world.panel("changes", "c.mood").state.why == "没有数据"


def test_that_a_series_is_judged_once_while_only_the_present_is_new(world, monkeypatch):
    judged: list[str] = []
    judge = changes.shift

    def seen(metric, *rest):
        judged.append(metric.metric_id)
        return judge(metric, *rest)

    monkeypatch.setattr(changes, "shift", seen)
    told(world)
    panel = world.panel("changes", "c.rate", "c.calls")
    before = panel.state
    for _ in range(3):
        world.clock.move(60)
        world.tell("c.rate", 98.1)
        panel.refresh()
    assert sorted(judged) == ["c.calls", "c.rate"] and panel.state is before
    world.tell("c.rate", 98.1, values=days(96.8, 90, 0.05))
    panel.refresh()
    assert len(judged) == 3 and [row.name for row in panel.state.worse] == ["诉求", "按期率"]


def test_that_both_halves_read_without_colour(world, greys):
    told(world)
    panel = world.panel("changes", "c.rate", "c.calls", "c.mood")
    image = panel.grab().toImage()
    assert image.convertToFormat(greys(panel).format()) == greys(panel)
