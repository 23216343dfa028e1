"""The words of the sound: why nothing is heard, and how long it is silent."""

from PySide6.QtCore import QCoreApplication

from desktop.stores.sound_state import SoundCondition, SoundState


def trouble_words(sound: SoundState) -> str:
    """Empty when the sound works. What, and what to do."""
    translate = QCoreApplication.translate
    return {
        SoundCondition.NO_DEVICE: translate(
            "sound", "本台无声：没有找到音频输出设备。请接好扬声器或耳机；告警只能看屏幕"
        ),
        SoundCondition.FAILED: translate(
            "sound", "本台无声：音频设备拒绝播放。请检查设备后在设置中试听"
        ),
        SoundCondition.NO_ANSWER: translate(
            "sound", "本台无声：声音服务没有应答，正在重启。告警只能看屏幕"
        ),
    }.get(sound.condition, "")


def state_words(sound: SoundState) -> str:
    """One line for the settings page and the light."""
    translate = QCoreApplication.translate
    if words := trouble_words(sound):
        return words
    if sound.condition is SoundCondition.STARTING:
        return translate("sound", "正在查找音频输出设备")
    return translate("sound", "输出到 {0}").format(sound.device)


def silence_words(sound: SoundState) -> str:
    """Empty when not silenced."""
    if not sound.silence_left_s:
        return ""
    text = QCoreApplication.translate("sound", "静音 还剩 {0} 秒（不等于确认）")
    return text.format(sound.silence_left_s)
