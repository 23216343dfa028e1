"""What the probes of Qt, web engine and video mean for the operator."""

from typing import Any

from desktop.doctor.probes import run_probe
from desktop.domain.findings import Finding, failed, ok, skipped, warning

SCREEN_LIMIT_S, WEB_LIMIT_S, VIDEO_LIMIT_S = 8.0, 9.0, 8.0
_SMALLEST = (1100, 620)  # of the window
_INSTALL_VLC = "执行 apt-get install libvlc5 vlc-plugin-base"
_CODEC_WORDS = {"h264": "H.264", "hevc": "H.265", "mjpeg": "MJPEG"}


def screen() -> list[Finding]:
    found = run_probe("screen", "Qt", SCREEN_LIMIT_S)
    if isinstance(found, Finding):
        return [found]
    return [
        ok("Qt", f"{found['qt']}"),
        _fonts(found),
        _sound(found),
        _gl(found),
        *_screens(found),
    ]


def _fonts(found: dict[str, Any]) -> Finding:
    fix = "执行 apt-get install fonts-noto-cjk 后重新启动"
    if found["font"]:
        return ok("中文字体", "Noto Sans CJK SC")
    if found["chinese_fonts"]:
        reason = f"缺少 Noto Sans CJK SC，用其他 {found['chinese_fonts']} 种中文字体代替"
        return warning("中文字体", reason, fix)
    return failed("中文字体", "没有中文字体，界面文字显示为方框", fix)


def _sound(found: dict[str, Any]) -> Finding:
    if found["sounds"] is None:
        fix = "结束并重新启动系统的声音服务；无声期间以红框和闪烁提示告警"
        return failed("声音", "声音服务没有应答", fix)
    if found["sounds"]:
        return ok("声音", "、".join(found["sounds"][:3]))
    fix = "接上音箱或耳机，检查系统声音设置；无声期间以红框和闪烁提示告警"
    return warning("声音", "没有声音输出设备，告警不会响", fix)


def _gl(found: dict[str, Any]) -> Finding:
    part = "图形"
    if not found["display"]:
        return skipped(part, "没有显示器，未检查")
    if not found["gl"]:
        fix = '执行 apt-get install libgl1-mesa-dri，或在 settings.toml 中设 gpu = "off"'
        return warning(part, "不能建立 OpenGL，改用软件绘制", fix)
    how = "软件绘制" if found["software"] else "显卡绘制"
    return ok(part, f"{how}，{found['gl']}")


def _screens(found: dict[str, Any]) -> list[Finding]:
    if not found["screens"]:
        return [skipped("屏幕", "没有显示器，未检查", "在图形桌面中执行 doctor")]
    rows = []
    for one in found["screens"]:
        words = f"{one['width']}×{one['height']}，缩放 {one['dpr']:g}"
        small = one["width"] < _SMALLEST[0] or one["height"] < _SMALLEST[1]
        fix = f"把分辨率调到 {_SMALLEST[0]}×{_SMALLEST[1]} 以上，或减小系统缩放"
        name = f"屏幕 {one['name']}"
        rows.append(warning(name, f"{words}，放不下窗口", fix) if small else ok(name, words))
    return rows


def web(has_display: bool) -> list[Finding]:
    """Loads a page of one colour and looks whether it is on the screen."""
    part = "地图引擎"
    if not has_display:
        return [skipped(part, "没有显示器，未检查", "在图形桌面中执行 doctor")]
    found = run_probe("web", part, WEB_LIMIT_S)
    if isinstance(found, Finding):
        return [found]
    if found["drawn"]:
        return [ok(part, "网页能画出来")]
    fix = '在 settings.toml 中设 gpu = "off" 后再试；仍不行请查日志 station.log'
    return [failed(part, f"网页画不出来（{found['why'] or '没有画面'}）", fix)]


def video() -> list[Finding]:
    found = run_probe("video", "视频", VIDEO_LIMIT_S)
    if isinstance(found, Finding):
        return [found]
    vlc = found["vlc"]
    return [_vlc(vlc), _rtsp(vlc), _codecs(found["codecs"]), _hardware(found["hardware"])]


def _vlc(vlc: dict[str, Any]) -> Finding:
    if not vlc["version"]:
        return failed("libVLC", "没有安装，视频不能播放", _INSTALL_VLC)
    if vlc["reason"]:
        return failed("libVLC", vlc["reason"], _INSTALL_VLC)
    return ok("libVLC", f"{vlc['version']}，{'、'.join(vlc['protocols'])}")


def _rtsp(vlc: dict[str, Any]) -> Finding:
    words = {"direct": "libVLC 直接播放", "bridge": "经本机转接播放（libVLC 不含 live555）"}
    if vlc["rtsp"] in words:
        return ok("RTSP", words[vlc["rtsp"]])
    fix = "安装 PyAV（pip install av）及 vlc-plugin-base，或请平台改用 HTTP-TS"
    return warning("RTSP", "不能播放 RTSP 视频", fix)


def _hardware(found: dict[str, list[str]]) -> Finding:
    """None is no fault: the figures of docs/performance.md were taken without any."""
    devices, modules = "、".join(found["devices"]), "、".join(found["modules"])
    if not devices:
        return ok("硬件解码", "没有硬件解码设备，全部由处理器解码")
    if not modules:
        return ok("硬件解码", f"有 {devices}，但 libVLC 没有可用的模块，全部由处理器解码")
    return ok("硬件解码", f"有 {devices}，libVLC 可用 {modules}")


def _codecs(codecs: list[str]) -> Finding:
    missing = [words for name, words in _CODEC_WORDS.items() if name not in codecs]
    if missing:
        fix = "重新安装 PyAV：pip install --force-reinstall av"
        return warning("解码", f"不能解码 {'、'.join(missing)}", fix)
    return ok("解码", "、".join(_CODEC_WORDS.values()))
