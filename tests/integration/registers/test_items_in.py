"""The items of a place, as the map asks for them."""

from local_db.items_in import assets_in
from tests.integration.registers.conftest import cover


def test_that_items_of_the_wanted_classes_in_a_box_come_up_to_the_limit(platform, mirror):
    rows = [cover(n) for n in range(20)]
    platform.rows["assets"] = [*rows, cover(50, class_id="lamp_post", lon=116.6001)]
    mirror.fetch()
    box = (116.5999, 28.89, 116.60045, 28.91)
    found = assets_in(mirror.path, box, ("manhole",))
    assert sorted(asset.asset_id for asset in found) == [f"JG-{n:04}" for n in range(5)]
    assert found[0].owner is not None
    assert found[0].owner.phone == "138****5678"
    assert len(assets_in(mirror.path, box, ("manhole", "lamp_post"))) == 6
    assert len(assets_in(mirror.path, box, ("manhole",), 3)) == 3
    assert assets_in(mirror.path, box, ()) == []
    assert assets_in(mirror.path.parent / "none.db", box, ("manhole",)) == []
