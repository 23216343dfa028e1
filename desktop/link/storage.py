"""What became of the desk's own files, and what the operator is told of it.

One notice per matter: what was lost, what has been done, what is left to do.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.link_messages import ServiceCondition, StorageNotice
from desktop.link.disk import Disk, Room
from desktop.link.health import Health
from desktop.link.ingest import STORAGE_ERRORS, Ingest
from desktop.reasons import DISK_FULL, storage_reason
from local_db.schema import Opened

log = logging.getLogger(__name__)

LOOK_S = 5.0
TRY_S = 1.0
_ASIDE = "原文件已移入 quarantine。"
_CHECK_ORDERS = "请核对刚才的操作是否生效，并报告管理员检查磁盘。"


class Storage:
    """Fills the storage light and its notices of `health`."""

    def __init__(
        self, profile: Path, health: Health, clock: Clock, changed: Callable[[], None]
    ) -> None:
        """`changed`: there is something new to tell."""
        self.disk = Disk(profile)
        self._health, self._clock, self._changed = health, clock, changed
        self._word = ""
        health.storage.turn(ServiceCondition.UP)

    # ---- what was found when the files were opened ----------------------------------------

    def journal_opened(self, opened: Opened) -> None:
        if opened.damage:
            log.error("journal.db was damaged: %s", opened.damage)
            self._rebuilt("journal", *_journal_words(opened))
        elif opened.lost:
            log.error("journal.db lost its last %d writes", opened.lost)
            text = (
                f"末尾 {opened.lost} 次写入不见了，多半因断电。缺的告警正由平台补收。"
                f"{_CHECK_ORDERS}"
            )
            self._rebuilt("journal", "告警记录缺了末尾", text)

    def cache_opened(self, opened: Opened) -> None:
        if opened.damage:
            log.error("cache.db was damaged: %s", opened.damage)
            text = (
                f"{opened.damage}，{_ASIDE}名册正重新下载，其间地图和列表可能不全；"
                "告警不受影响，不用操作。"
            )
            self._rebuilt("cache", "名册缓存已重建", text)

    def audit_opened(self, opened: Opened) -> None:
        if opened.damage:
            log.error("audit.db was damaged: %s", opened.damage)
            text = (
                f"{opened.damage}，{_ASIDE}已另起一条审计链，照常记录。"
                "请报告管理员保全原文件，不要删除。"
            )
            self._rebuilt("audit", "审计记录已另起", text)
        elif opened.lost:
            log.error("audit.db lost its last %d rows", opened.lost)
            text = (
                f"末尾 {opened.lost} 条不见了，因断电或被人删去。缺口已写入审计链，照常记录。"
                "请报告管理员核对平台侧的操作记录。"
            )
            self._rebuilt("audit", "审计记录缺了末尾", text)

    def _rebuilt(self, key: str, title: str, text: str) -> None:
        self._word = self._word or "已重建"
        self._put(key, title, text)

    # ---- writing --------------------------------------------------------------------------

    def failed(self, reason: str) -> None:
        """A write was refused; an empty `reason`: it works again."""
        was_down = self._health.storage.state.condition is ServiceCondition.DOWN
        if not reason:
            if was_down:
                self._put("write", "存盘已恢复", "其间收到的告警已全部补存，不用操作。")
            return self._shine()
        made_room = reason == DISK_FULL and self.disk.give_up_ballast()
        text = f"本机数据写不进磁盘（{reason}），正在重试；告警照常显示，但尚未存盘"
        if self._health.storage.turn(ServiceCondition.DOWN, text):
            self._health.storage_word = "未落盘"
            log.error("storage: %s%s", reason, "; the ballast was given up" if made_room else "")
            self._put("write", *_write_words(reason), urgent=True)

    async def run(self, ingest: Ingest) -> None:
        """Never returns: tries the disk while it refuses, and looks at its room."""
        left_s = 0.0
        while True:
            if self._health.storage.state.condition is ServiceCondition.DOWN:
                await self._try(ingest)
            if left_s <= 0:
                left_s = LOOK_S
                await self._look()
            await self._clock.sleep(TRY_S)
            left_s -= TRY_S

    async def _try(self, ingest: Ingest) -> None:
        now = self._clock.now().isoformat()
        with contextlib.suppress(*STORAGE_ERRORS):
            await ingest.run(lambda journal: journal.set_meta("disk_tried_at", now))
            if not ingest.backlog_count:
                self.failed("")

    async def _look(self) -> None:
        before = self.disk.room
        try:
            room = await asyncio.to_thread(self.disk.look)
        except OSError as error:
            return log.warning("the disk does not answer: %s", error)
        if room is before:
            return
        log.warning("disk: %d MB free", self.disk.free_bytes >> 20)
        if room is Room.AMPLE:
            self._drop("disk")
        else:
            self._put("disk", *_room_words(room, self.disk.free_bytes >> 20))
        if self._health.storage.state.condition is not ServiceCondition.DOWN:
            self._shine()

    # ---- backups --------------------------------------------------------------------------

    async def backed_up(self, work: Awaitable[object]) -> None:
        """A backup that fails is told; the next one that works takes that back."""
        try:
            await work
        except (*STORAGE_ERRORS, OSError) as error:
            log.error("backup: %s", error)
            why = storage_reason(error) if isinstance(error, STORAGE_ERRORS) else "磁盘写不进"
            text = f"{why}，稍后自动再试；告警和操作不受影响。一直不成功请报告管理员检查磁盘。"
            self._put("backup", "告警记录没有备份", text)
        else:
            self._drop("backup")

    # ---- telling --------------------------------------------------------------------------

    def _shine(self) -> None:
        """The light while writing works: what is worth knowing, or nothing."""
        short = self.disk.room is not Room.AMPLE
        titles = [n.title for n in self._health.storage_notices if n.key not in ("write", "backup")]
        self._health.storage_word = "空间不足" if short else self._word
        if self._health.storage.turn(ServiceCondition.UP, "；".join(titles)):
            self._changed()

    def _put(self, key: str, title: str, text: str, urgent: bool = False) -> None:
        notice = StorageNotice(key, title, text, self._clock.now(), urgent)
        others = tuple(one for one in self._health.storage_notices if one.key != key)
        self._health.storage_notices = (*others, notice)
        if not urgent:
            self._shine()
        self._changed()

    def _drop(self, key: str) -> None:
        left = tuple(one for one in self._health.storage_notices if one.key != key)
        if left != self._health.storage_notices:
            self._health.storage_notices = left
            self._changed()


def _journal_words(opened: Opened) -> tuple[str, str]:
    if opened.restored_from is not None:
        at = opened.restored_from.astimezone()
        text = (
            f"{opened.damage}，{_ASIDE}已用 {at:%m-%d %H:%M} 的备份恢复，其后的告警正由平台补收。"
            f"{_CHECK_ORDERS}"
        )
        return "告警记录已恢复", text
    text = f"{opened.damage}，{_ASIDE}未关闭的告警正由平台补齐，本机的历史过程丢失。{_CHECK_ORDERS}"
    return "告警记录已重建", text


def _write_words(reason: str) -> tuple[str, str]:
    if reason == DISK_FULL:
        text = (
            "新告警照常显示、响铃，但没有存盘；其间不能下达操作。"
            "请立即清理磁盘，腾出空间后自动补存。"
        )
        return "磁盘已满", text
    text = (
        f"{reason}，每秒重试。新告警照常显示、响铃，但没有存盘；其间不能下达操作。"
        "一直不恢复请报告管理员检查磁盘。"
    )
    return "本机写不进磁盘", text


def _room_words(room: Room, free_mb: int) -> tuple[str, str]:
    if room is Room.NONE_FOR_CACHES:
        text = "已停止缓存地图，平台断开时地图可能不全；告警和操作不受影响。请尽快清理磁盘。"
        return f"磁盘只剩 {free_mb} MB", text
    text = "告警和操作不受影响。请清理磁盘：少于 300 MB 时停止缓存地图。"
    return f"磁盘只剩 {free_mb} MB", text
