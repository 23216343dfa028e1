"""The views of the station, in the order of its navigation. A new view is one line here."""

import dataclasses

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.context import ViewSpec
from desktop.shell.places import Mode


def views(*, safe: bool) -> tuple[ViewSpec, ...]:
    """Imported late: the map's engine wants the environment to be prepared, and safe mode
    must not load what may have crashed. Emergencies stay: their maps are painted, and a response
    that runs has to be led whatever happens to this window."""
    from views import alarm_desk, emergency, health, registers, settings

    desk = dataclasses.replace(
        alarm_desk.VIEW,
        view_id=Mode.ALARMS.value,
        icon="bell-outline.svg",  # its upper right corner is free for the count
    )
    if safe:
        return (desk, emergency.VIEW, registers.VIEW, health.VIEW, settings.VIEW)
    from views import city_map, cockpit, scoreboard, video_wall
    from views.video_wall import wall

    title = QT_TRANSLATE_NOOP("views", "视频")
    return (
        desk,
        dataclasses.replace(city_map.VIEW, view_id=Mode.MAP.value),
        ViewSpec(Mode.VIDEO.value, str(title), "cctv.svg", video_wall.build_nearest),
        wall.VIEW,
        emergency.VIEW,
        scoreboard.VIEW,
        cockpit.VIEW,
        registers.VIEW,
        health.VIEW,
        settings.VIEW,
    )
