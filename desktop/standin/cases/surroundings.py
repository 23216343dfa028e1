"""Where cases happen and who is answerable: what the generated city lends to them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import lon_lat_list
from desktop.standin.case_classes import case_classes
from desktop.standin.cases.habits import habits
from desktop.standin.cases.rows import Rows
from desktop.standin.generated.city import GeneratedCity
from desktop.standin.generated.naming import person
from desktop.standin.generated.orgs import crew_org, org_tree

_HOT = 1.7  # how much some places are reported more often than others
_JITTER_M = 12.0
ACCEPTORS, CHIEFS, DISPATCHERS, HANDLERS = 16, 8, 12, 9
_FIRST_PERSON = 700_000


@dataclass(frozen=True)
class Surroundings:
    city: GeneratedCity

    @cached_property
    def districts(self) -> list[str]:
        return self.city.words["district_code"]

    @cached_property
    def streets(self) -> list[str]:
        return self.city.words["subdistrict_code"]

    @cached_property
    def orgs(self) -> list[str]:
        return [org.org_id for org in org_tree()]

    @cached_property
    def _face(self) -> NDArray[np.int64]:
        return self.city.arrays["item_face"].astype(np.int64)

    @cached_property
    def _by_district(self) -> list[NDArray[np.int64]]:
        """Items of each district, the busiest places first."""
        of_item = self.city.arrays["face_district"][self._face]
        order = np.random.default_rng([self.city.seed, 17]).permutation(len(of_item))
        return [order[of_item[order] == n] for n in range(len(self.districts))]

    @cached_property
    def _crews(self) -> NDArray[np.uint8]:
        """Of each class and district the place of the unit that is answerable."""
        at = {org_id: n for n, org_id in enumerate(self.orgs)}
        return np.array(
            [
                [at[crew_org(n, habits().crew_of(row))] for n in range(len(self.districts))]
                for row in case_classes()
            ],
            dtype=np.uint8,
        )

    @cached_property
    def quality(self) -> NDArray[np.float64]:
        """Of each district: quality, and what a year adds."""
        known = habits().districts
        return np.array([(known[c].quality, known[c].trend) for c in self.districts])

    @cached_property
    def of_org(self) -> NDArray[np.float64]:
        """How much better or worse a unit is than its district."""
        return np.random.default_rng([self.city.seed, 19]).normal(0, 0.25, len(self.orgs))

    def chosen(self, rng: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Items: by the districts' shares, some places much more than others."""
        shares = np.array([habits().districts[code].share for code in self.districts])
        edges = np.cumsum(shares / shares.sum())
        district = np.minimum(np.searchsorted(edges, rng.random(size)), len(shares) - 1)
        along = rng.random(size) ** _HOT
        result = np.zeros(size, dtype=np.int64)
        for number, items in enumerate(self._by_district):
            mine = district == number
            result[mine] = items[(along[mine] * len(items)).astype(np.int64)]
        return result

    def settle(self, rows: Rows) -> None:
        """District, street and answerable unit, from class and place."""
        face, arrays = self._face[rows["item"]], self.city.arrays
        rows["district"] = arrays["face_district"][face]
        rows["street"] = arrays["face_subdistrict"][face]
        rows["org"] = self._crews[rows["cls"], rows["district"]]

    # ---- for answers ----------------------------------------------------------------------

    def lon_lat(self, rows: Rows) -> list[list[float]]:
        """Not exactly where the item stands: a few metres beside it, always the same."""
        turn = rows["report"].astype(np.float64) * 2.399963
        aside = np.stack([np.cos(turn), np.sin(turn)], axis=1) * _JITTER_M
        return lon_lat_list(self.city.arrays["item_place"][rows["item"]] + aside)

    def grids(self, rows: Rows) -> list[str]:
        codes = self.city.words["grid_code"]
        return [codes[n] for n in self.city.arrays["face_grid"][self._face[rows["item"]]].tolist()]

    def communities(self, rows: Rows) -> list[int]:
        return self.city.arrays["face_community"][self._face[rows["item"]]].tolist()

    def address(self, item: int) -> str:
        street, door = self.city.address_of_item(item)
        return f"{street} {door} 号"


@lru_cache(maxsize=4096)
def person_of(post: str, number: int) -> tuple[str, str]:
    """Id and name of the holder of a post: 监督员 jd, 受理员 sl, 值班长 zb, 派遣员 pq, 处置 cz."""
    first = {"jd": 0, "sl": 5_000, "zb": 6_000, "pq": 7_000, "cz": 8_000}[post]
    return f"{post}-{number + 1:04d}", person(_FIRST_PERSON + first + number)
