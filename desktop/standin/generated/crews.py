"""What drives and walks: vehicles with their work, teams, officers, radios and drones."""

from desktop.standin.generated.naming import person

VEHICLES = ("洒水车", "清扫车", "执法车", "抢险车", "泵车", "巡查车", "垃圾清运车", "照明车")
_SKILLS = {
    "洒水车": "sprinkle", "清扫车": "sweep", "执法车": "enforce", "抢险车": "rescue",
    "泵车": "pump", "巡查车": "patrol", "垃圾清运车": "waste", "照明车": "light",
}  # fmt: skip
_TEAMS = (("抽排班组", "pump"), ("井盖班组", "manhole"), ("抢修班组", "repair"),
          ("照明班组", "light"), ("环卫班组", "sweep"))  # fmt: skip
_MORE = {"enforce": ("close",)}  # who stops a road closes it for traffic too
_GAS_TEAM = "燃气抢险班组"
_FIRST_OFFICER = 500_000


def unit_facts(kind: str, index: int) -> tuple[str, tuple[str, ...], str, int]:
    """Name, skills, crew (orgs.py) and how many people; `index` counts within the kind."""
    if kind == "vehicle":
        what = VEHICLES[index % len(VEHICLES)]
        crew = {"enforce": "zf", "pump": "sw"}.get(_SKILLS[what], "hw")
        more = _MORE.get(_SKILLS[what], ())
        if what == "抢险车" and index // len(VEHICLES) % 3 == 1:
            more = ("gas",)
        return vehicle(index), (_SKILLS[what], *more, "beidou"), crew, 2 + index % 4
    if kind == "officer":
        return person(_FIRST_OFFICER + index), ("enforce",), "zf", 1
    if kind == "team":
        what, skill = _TEAMS[index % len(_TEAMS)]
        number = index // len(_TEAMS) + 1
        if skill == "repair" and number % 2 == 0:
            return f"{_GAS_TEAM} {number} 组", ("gas", skill), "sz", 4 + index % 5
        return f"{what} {number} 组", (skill,), "sz", 4 + index % 5
    if kind == "radio":
        return f"防汛手台 {index + 1:03d}", ("flood",), "sw", 1
    return f"无人机 {index + 1:02d} 号", ("look",), "org-uav", 1


def unit_id(kind: str, index: int) -> str:
    return f"{kind[0].upper()}-{index + 1:04d}"


def vehicle(index: int) -> str:
    """Work and number plate."""
    return f"{VEHICLES[index % len(VEHICLES)]} 澄A·{(index * 7919 + 10_007) % 90_000:05d}"
