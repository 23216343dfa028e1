"""GET /assets: 230,000 items in pages, by class, box and change; a cover's owner by one call."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import numpy as np
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from numpy.typing import NDArray

from desktop.domain.permissions import Action, can, why_not
from desktop.standin.accounts import Accounts, Person
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.foreign import as_sent
from desktop.standin.generated.kinds import ITEM_CLASSES
from desktop.standin.generated.rows import Item
from desktop.standin.masks import masked
from desktop.standin.register_pages import (
    Bbox,
    Limit,
    UpdatedSince,
    Wanted,
    box_of,
    long_page,
    source_version,
)
from desktop.standin.rest import signed_in
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer, catalogue


class AssetRegister:
    """The items as the platform answers them: with what changed, without whole numbers."""

    def __init__(self, city: CityCatalogue) -> None:
        self._city = city
        self._arrays = city.city.arrays

    @property
    def version(self) -> str:
        scale = self._city.city.scale.name
        seed, count = self._city.city.seed, self._city.changes.count
        return f"assets|{source_version()}|{scale}|{seed}|{count}"

    def numbers(self, class_id: str, box: str, since: datetime | None) -> NDArray[np.int64]:
        """Places in the register. Raises Problem(400)."""
        wanted = np.ones(len(self._arrays["item_class"]), np.bool_)
        if since is not None and since >= self._city.since:
            wanted[:] = False
            wanted[self._city.changes.items_after(since)] = True
        if class_id:
            known = [kind.class_id for kind in ITEM_CLASSES]
            if class_id not in known:
                raise Problem(400, "no_such_class", f"没有部件类 {class_id}")
            wanted &= self._arrays["item_class"] == known.index(class_id)
        if box:
            degrees = np.array(box_of(box)).reshape(2, 2)
            low, high = self._city.city.metres(degrees)
            place = self._arrays["item_place"]
            wanted &= (place >= low).all(axis=1) & (place <= high).all(axis=1)
        return np.flatnonzero(wanted)

    def rows(self, numbers: NDArray[np.int64]) -> list[Item]:
        changed = self._city.changes.item_status
        places = zip(numbers.tolist(), self._city.city.items_of(numbers), strict=True)
        return [_for_list(item, changed[n][0] if n in changed else "") for n, item in places]

    def one(self, asset_id: str) -> Item:
        """With the owner's whole number. Raises Problem(404)."""
        try:
            item = self._city.item(asset_id)
        except KeyError:
            raise Problem(404, "no_such_asset", f"没有部件 {asset_id}") from None
        changed = self._city.changes.item_status.get(self._city.item_number(asset_id))
        return msgspec.structs.replace(item, status=changed[0]) if changed else item


def _for_list(item: Item, status: str = "") -> Item:
    owner = item.owner
    if owner is not None:
        owner = msgspec.structs.replace(owner, phone=masked(owner.phone))
    return msgspec.structs.replace(item, owner=owner, status=status or item.status)


def _as_it_is(item: Item) -> Item | dict[str, Any]:
    return item


def asset_router(city: CityCatalogue, accounts: Accounts, foreign: bool = False) -> APIRouter:
    """`foreign`: one source speaks in its own words; see desktop.standin.foreign."""
    router = APIRouter(tags=["catalogue"])
    register = AssetRegister(city)

    @router.get("/assets", openapi_extra=answers_with("Item", listed=True))
    async def assets(
        request: Request, class_id: str = "", bbox: Bbox = "",
        updated_since: UpdatedSince = None, limit: Limit = 1000, cursor: str = "",
    ) -> Response:  # fmt: skip
        """Owners' numbers are masked for everybody; see /assets/{asset_id}/owner."""
        wanted = Wanted(limit, cursor, updated_since)
        numbers = register.numbers(class_id, bbox, updated_since)
        version = f"{register.version}|{foreign}"
        word = as_sent if foreign else _as_it_is

        def rows(first: int, last: int) -> list[Item | dict[str, Any]]:
            return [word(item) for item in register.rows(numbers[first:last])]

        return await long_page(request, version, wanted, len(numbers), rows)

    @router.get("/assets/{asset_id}", openapi_extra=answers_with("Item"))
    async def asset(request: Request, asset_id: str) -> Response:
        return catalogue(request, msgspec.json.encode(_for_list(register.one(asset_id))))

    @router.get("/assets/{asset_id}/owner", openapi_extra=answers_with("Owner"))
    async def owner(
        asset_id: str, person: Annotated[Person, Depends(signed_in(accounts))]
    ) -> Response:
        """Beyond the common contract: the whole number of the person answerable for one item.

        Lists carry it masked (138****5678), so that each look-up can be traced. 403 for roles
        that may not see numbers, 404 for an item without an owner.
        """
        if not can(person.role, Action.PHONE_REVEAL):
            raise Problem(403, "not_allowed", why_not([person.role], Action.PHONE_REVEAL))
        found = register.one(asset_id).owner
        if found is None:
            raise Problem(404, "no_owner", f"部件 {asset_id} 没有登记责任人")
        told = {"asset_id": asset_id, "name": found.name, "phone": found.phone,
                "at": datetime.now(UTC)}  # fmt: skip
        return answer(told, headers={"Cache-Control": "no-store"})

    return router
