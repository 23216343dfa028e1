import pytest

from desktop.domain.assessment.files import read_assessment

COUNTS = "counts: {a: 甲, b: 乙}\n"


def faults(*texts: str) -> list[str]:
    return [
        str(one) for one in read_assessment((f"{n}.yaml", t) for n, t in enumerate(texts)).faults
    ]


@pytest.mark.parametrize(
    "text, line, word",
    [
        ("indicators:\n  - {id: x, name: 甲, numerator: a, denominator: c}\n", 2, "没有名为 c"),
        ("indicators:\n  - id: x\n    name: 甲\n    formula: a +\n", 4, "公式读不懂"),
        ("indicators:\n  - {id: x, name: 甲}\n", 2, "没有公式"),
        ("indicators:\n  - {id: x, name: 甲, formula: a, numerator: b}\n", 2, "只能写一种"),
        ("indicators:\n  - {id: x, name: 甲, formula: y}\n  - {id: y, name: 乙, formula: x}\n",
         2, "互相引用"),
        ("indicators:\n  - {id: x, name: 甲, formula: 'band(a, t)'}\n", 2, "没有分段表 t"),
        ("indicators:\n  - {id: X, name: 甲, formula: a}\n", 2, "id"),
        ("indicators:\n  - {id: x, name: 甲, formula: a, weight: -1}\n", 2, "weight"),
        ("indicators:\n  - {id: x, name: 甲, formula: a, colour: red}\n", 2, "colour"),
        ("indicators:\n  - {id: a, name: 甲, formula: b}\n", 2, "重复"),
        ("bands:\n  t: {steps: [[5, 1], [5, 2]]}\n", 2, "逐段增大"),
        ("schemes:\n  - id: s\n    name: 办法\n    edition: e\n    since: 2026-01-01\n    parts:\n"
         "      - {id: p, name: 甲, weight: 60}\n", 6, "权重之和为 60"),
        ("calendar:\n  hours: [['08:00:00', '12:00:00']]\n  years: []\n", 1, "没有年份"),
        ("calendar:\n  hours: [['08:00:00', '12:00:00']]\n  years: [2026]\n"
         "  holidays: [2027-01-01]\n", 1, "2027-01-01 不在"),
        ("a: &x 1\n", 1, "锚点"), ("a: !!python/object:os.system 1\n", 1, "标签"),
        ("counts: {a: 甲}\ncounts: {b: 乙}\n", 2, "写了两次"),
        ("counts: [\n", 2, "不是有效的 YAML"),
        ("", 0, "空"), ("3\n", 1, "object"),
    ],
)  # fmt: skip
def test_that_a_fault_says_file_line_and_reason(text: str, line: int, word: str):
    found = faults(COUNTS, text)
    place = f"第 {line} 行" if line else "整个文件"
    assert any(one.startswith(f"1.yaml {place}：") and word in one for one in found), found


def test_that_a_fault_takes_down_what_rests_on_it_and_nothing_else():
    found = read_assessment([("a.yaml", COUNTS + """
indicators:
  - {id: good, name: 甲, numerator: a, denominator: b}
  - {id: bad, name: 乙, formula: c}
  - {id: rests, name: 丙, formula: bad * 2}
""")])  # fmt: skip
    assert [one.id for one in found.catalogue.indicators] == ["good"]
    assert len(found.faults) == 2


def test_that_indicators_are_computed_after_what_they_need():
    found = read_assessment([("a.yaml", COUNTS + """
indicators:
  - {id: z, name: 甲, formula: y * 2}
  - {id: y, name: 乙, numerator: a, denominator: b}
""")])  # fmt: skip
    assert [one.id for one in found.catalogue.indicators] == ["y", "z"]
    assert found.catalogue.base_counts("z") == {"a", "b"}
