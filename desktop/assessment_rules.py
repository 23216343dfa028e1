"""The rules of assessment that come with the program: resources/assessment/*.yaml."""

from pathlib import Path

from desktop.domain.assessment.files import Assessment, read_assessment

RULES = Path(__file__).resolve().parent.parent / "resources" / "assessment"


def read_rules() -> Assessment:
    """Blocks. What is wrong in a file stands in the result's faults."""
    return read_assessment(
        (one.name, one.read_text("utf-8")) for one in sorted(RULES.glob("*.yaml"))
    )
