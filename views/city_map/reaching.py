"""People on the map: words and calls from a card, and the nearest radios round a place."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.commands.near import nearest
from desktop.commands.reach import Reach
from desktop.context import RoomContext
from desktop.domain.assets import Asset
from desktop.domain.outreach import Channel, Outreach, Person, is_call_over
from desktop.domain.permissions import Action
from desktop.domain.positions import PlaceTrust, place_trust
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.city_map import words
from views.city_map.live_layers import platform_now
from views.city_map.marks import plain
from widgets import reach_words, rights
from widgets.near_units import NearActs, NearUnit, NearUnitsDialog
from widgets.text_order import TextOrderDialog
from widgets.times import age_text

NOTIFY, CALL, HANG_UP, TEXT, NEXT, NEAR = "notify:", "talk:", "end:", "text:", "next:", "near:"
_LINES = 2
Rows = list[tuple[str, str]]


class Reaching(QObject):
    """Rows and buttons of a card about people, and what its buttons do."""

    changed = Signal()  # the card has something new to say

    def __init__(self, room: RoomContext, window: QWidget) -> None:
        super().__init__(window)
        self._room, self._window = room, window
        self._reach = Reach(room)
        self._scope = TaskScope(self)
        self._refusals: dict[str, str] = {}
        self._under_way: set[str] = set()
        self.dialog: QWidget | None = None
        room.outreach.changed.connect(self.changed)

    # ---- what a card says ----------------------------------------------------------------

    def owner_rows(self, asset: Asset) -> Rows:
        return self._rows(self._reach.about(asset.asset_id), asset.asset_id)

    def unit_rows(self, unit_id: str) -> Rows:
        return self._rows(self._of(unit_id), unit_id)

    def owner_buttons(self, asset: Asset) -> Rows:
        """Of an item whose owner is known."""
        if asset.owner is None or not asset.owner.name:
            return []
        asset_id, found = asset.asset_id, []
        messages = [one for one in self._reach.about(asset_id) if not one.is_call]
        if not self._why_not(Action.MESSAGE_SEND):
            word = self.tr("再次通知") if messages else self.tr("通知责任人")
            found.append((f"{NOTIFY}{asset_id}", word))
            now = self._room.clock.now()
            if messages and reach_words.needs_next_step(messages[0], now, self._reach.limit_s):
                found.append((f"{NEXT}{asset_id}", self.tr("通知下一位值班")))
        return found + self._call_buttons(self._reach.about(asset_id), asset_id)

    def unit_buttons(self, unit_id: str) -> Rows:
        found = []
        if not self._why_not(Action.MESSAGE_SEND):
            found.append((f"{TEXT}{unit_id}", self.tr("发文字")))
        return found + self._call_buttons(self._of(unit_id), unit_id)

    def near_button(self, lon_deg: float | None, lat_deg: float | None) -> Rows:
        if lon_deg is None or lat_deg is None:
            return []
        return [(f"{NEAR}{lon_deg:.6f},{lat_deg:.6f}", self.tr("附近手台"))]

    def _call_buttons(self, sent: Sequence[Outreach], target: str) -> Rows:
        if self._why_not(Action.CALL_PLACE):
            return []
        on_air = next((one for one in sent if one.is_call and not is_call_over(one)), None)
        if on_air is not None:
            return [(f"{HANG_UP}{on_air.order_id}", self.tr("挂断"))]
        return [(f"{CALL}{target}", self.tr("语音呼叫"))]

    def _rows(self, sent: Sequence[Outreach], target: str) -> Rows:
        now, rows = self._room.clock.now(), []
        for one in sent[:_LINES]:
            mine = [person for person in one.people if person.person_id == target]
            for person in mine or one.people[:_LINES]:
                line = reach_words.state_line(one, person, now)
                rows.append((reach_words.channel_word(one), plain(f"{person.name} {line}")))
        reason = self._refusals.get(target) or self._why_not(Action.MESSAGE_SEND)
        if reason:
            rows.append((self.tr("说明"), plain(reason)))
        return rows

    def warning(self, target: str) -> str:
        """Nobody has taken what was sent; empty where all goes well."""
        now = self._room.clock.now()
        messages = [one for one in self._reach.about(target) if not one.is_call]
        if messages and reach_words.needs_next_step(messages[0], now, self._reach.limit_s):
            return plain(reach_words.overdue_line(messages[0], now))
        return ""

    def _of(self, unit_id: str) -> list[Outreach]:
        """What reached this unit, alone or in a group; newest first."""
        found = [
            one
            for one in self._room.outreach.items().values()
            if any(person.person_id == unit_id for person in one.people)
        ]
        return sorted(found, key=lambda one: one.order_id, reverse=True)

    def _why_not(self, action: Action) -> str:
        user = self._room.session.user
        return rights.why_not(user.roles if user else (), action)

    # ---- what its buttons do -------------------------------------------------------------

    def press(self, action: str) -> None:
        verb, colon, target = action.partition(":")
        match verb + colon:
            case "notify:":
                self._spawn(target, self._reach.notify_owner(target))
            case "next:":
                self._spawn(target, self._reach.notify_next(target))
            case "end:":
                self._spawn(target, self._reach.hang_up(target))
            case "talk:":
                self._spawn(target, self._call(target))
            case "text:":
                self._ask_text(target)
            case "near:":
                self._near(target)

    async def _call(self, target: str) -> str:
        if self._room.positions.get(target) is None and self._room.units.get(target) is None:
            return await self._reach.call_owner(target)
        return await self._reach.call([self._person(target)], target)

    def _spawn(self, target: str, work) -> None:  # type: ignore[no-untyped-def]
        if target in self._under_way:  # a second press of the same button is no second order
            work.close()
            return
        self._under_way.add(target)
        self._refusals.pop(target, None)
        self._scope.spawn(self._order(target, work), "reach a person")

    async def _order(self, target: str, work) -> None:  # type: ignore[no-untyped-def]
        try:
            await work
        except PlatformError as error:
            self._refusals[target] = error.operator_text
        finally:
            self._under_way.discard(target)
            self.changed.emit()

    def _person(self, unit_id: str) -> Person:
        unit = self._room.units.get(unit_id)
        return Person(unit_id, unit.name if unit is not None else unit_id)

    def _ask_text(self, unit_id: str) -> None:
        person = self._person(unit_id)

        async def send(text: str) -> None:
            await self._reach.send_text([person], text, unit_id)

        TextOrderDialog(person.name, send, self._window).open_over(self._window.window())

    # ---- the nearest ---------------------------------------------------------------------

    def _near(self, target: str) -> None:
        lon, _, lat = target.partition(",")
        try:
            place = float(lon), float(lat)
        except ValueError:
            return
        self.open_near(*place)

    def open_near(self, lon_deg: float, lat_deg: float, title: str = "") -> None:
        """`title`: the place as the operator knows it."""
        room, reach = self._room, self._reach
        shown = title or self.tr("图上 {0:.4f}, {1:.4f}").format(lon_deg, lat_deg)

        async def call(people: Sequence[Person]) -> str:
            return await reach.call(people, people[0].person_id if people else "")

        async def send(people: Sequence[Person], text: str) -> str:
            channel = Channel.GROUP if len(people) > 1 else Channel.RADIO
            about = people[0].person_id if people else ""
            return await reach.send_text(people, text, about, channel)

        acts = NearActs(
            lambda: list(self._near_rows(lon_deg, lat_deg)), call, send, reach.hang_up,
            room.outreach.get, lambda: room.session.user.roles if room.session.user else (),
        )  # fmt: skip
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog = NearUnitsDialog(shown, room.clock, acts, self._window)
        dialog.destroyed.connect(lambda _=None, gone=dialog: self._forget(gone))
        dialog.open_over(self._window.window())

    def _forget(self, gone: QWidget) -> None:
        if self.dialog is gone:
            self.dialog = None

    def _near_rows(self, lon_deg: float, lat_deg: float) -> Iterable[NearUnit]:
        kinds, states = words.unit_kinds(), words.unit_states()
        now = platform_now(self._room)
        for near in nearest(self._room.positions.items().values(), lon_deg, lat_deg, now):
            fix = near.position
            unit = self._room.units.get(fix.unit_id)
            org = self._room.orgs.get(unit.org_id) if unit is not None and unit.org_id else None
            trust = place_trust(fix.kind, near.age_s)
            yield NearUnit(
                Person(fix.unit_id, unit.name if unit is not None else fix.unit_id),
                kinds[fix.kind],
                org.name if org is not None else "",
                near.distance_m,
                states[fix.state],
                self.tr("{} 前").format(age_text(near.age_s)),
                trust is PlaceTrust.LIVE,
            )
