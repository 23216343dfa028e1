"""/control/incidents: how fast crews answer and drive, who answers how. Not a platform's."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from desktop.standin.incidents.settings import Settings
from desktop.standin.wire import answer

MannerWord = Literal["quick", "declines", "reads", "silent"]


class IncidentLevers(BaseModel):
    """What is left out stays. `second_s: 0` gives the plan's own window back; an empty
    `manners` lets everybody answer as they are; `*` names everybody else.
    """

    speed: float | None = Field(None, gt=0, le=1000)
    second_s: float | None = Field(None, ge=0, le=3600)
    manners: dict[str, MannerWord] | None = None


def incident_control(settings: Settings) -> APIRouter:
    router = APIRouter(prefix="/control", tags=["control"])

    @router.get("/incidents")
    async def read() -> Response:
        return answer(settings)

    @router.post("/incidents")
    async def change(levers: IncidentLevers) -> Response:
        if levers.speed is not None:
            settings.speed = levers.speed
        if levers.second_s is not None:
            settings.second_s = levers.second_s or None
        if levers.manners is not None:
            settings.manners = dict(levers.manners)
        return answer(settings)

    return router
