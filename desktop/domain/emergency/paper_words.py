"""Words that stand on the situation report: an official paper is Chinese in every language."""

PROGRAM = "城瞰"
DRILL, DRILL_MARK = "演练", "【演练】"
DRILL_LINE = "【演练】本件为演练材料，未发生真实险情"
MAP_KEY = "圆 = 处置点，方 = 队伍，线 = 去路，× = 封闭或积水路段；北在上"
PICTURES = "现场画面"
UNREADABLE = "（画面无法读取）"


def page_words(number: int, total: str) -> str:
    """`total`: of all pages as it follows the number, or empty."""
    return f"第 {number}{total} 页"
