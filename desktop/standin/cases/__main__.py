"""`python -m desktop.standin.cases`: makes the months of cases that are missing, then ends.

In a process of its own: making takes memory that a process which lives for weeks must not keep.
"""

import argparse
import os
import sys
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.cases.month import Month
from desktop.standin.cases.months import MonthFiles
from desktop.standin.generated.city import load_city
from desktop.standin.generated.scale import SCALES


def main() -> int:
    die_with_parent()
    parser = argparse.ArgumentParser(prog="python -m desktop.standin.cases")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", default="full", choices=sorted(SCALES))
    parser.add_argument("--month", required=True, help="the present one, as 2026-07")
    options = parser.parse_args()
    os.nice(10)  # whoever works at the desk goes first
    year, month = (int(word) for word in options.month.split("-"))
    city = load_city(options.cache, options.seed, options.scale)
    MonthFiles(options.cache, options.seed, options.scale).make(city, Month(year, month))
    return 0


if __name__ == "__main__":
    sys.exit(main())
