"""Which pixels of a picture are shown, in the words of libVLC."""

from desktop.video.wire import Look


def crop(look: Look, width: int, height: int) -> str | None:
    """`left+top+right+bottom`, what is cut off at each edge; None where nothing is.

    Not `WxH+X+Y`: VLC 3 takes W and H of it for the right and lower edge (seen with 3.0.24).
    """
    left, top = look.left * width, look.top * height
    wide, high = look.width * width, look.height * height
    if look.aspect > 0:  # both edges of a side lose the same
        kept_wide, kept_high = min(wide, high * look.aspect), min(high, wide / look.aspect)
        left, top = left + (wide - kept_wide) / 2, top + (high - kept_high) / 2
        wide, high = kept_wide, kept_high
    wide, high = min(round(wide), width), min(round(high), height)
    if wide < 2 or high < 2 or (wide, high) == (width, height):
        return None
    x = min(max(round(left), 0), width - wide)
    y = min(max(round(top), 0), height - high)
    return f"{x}+{y}+{width - x - wide}+{height - y - high}"
