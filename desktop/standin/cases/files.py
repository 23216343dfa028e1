"""One case with its whole file, and the photographs in it."""

import asyncio

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from desktop.domain.cases import Case
from desktop.standin.cases.answers import CaseAnswers
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.photos import Take, case_of, photos_of, take_photo
from desktop.standin.cases.rest import ready_book
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer


class CaseFiles:
    """Blocks: from a coroutine call it in a thread."""

    def __init__(self, book: CaseBook, places: Surroundings, take: Take) -> None:
        self._book, self._take = book, take
        self._answers = CaseAnswers(book, places)

    def case(self, case_id: str, now_s: int) -> Case:
        """Raises Problem(404)."""
        key = self._book.find_id(case_id, now_s)
        found = self._answers.cases([key], now_s) if key else []
        if not found or found[0].case_id != case_id:
            raise Problem(404, "no_such_case", f"没有案件 {case_id}")
        return msgspec.structs.replace(found[0], attachments=photos_of(found[0]))

    def photo(self, attachment_id: str, now_s: int) -> bytes:
        """JPEG. Raises Problem(404, 409)."""
        case_id = case_of(attachment_id)
        case = self.case(case_id, now_s) if case_id else None
        if case is None or attachment_id not in {one.attachment_id for one in case.attachments}:
            raise Problem(404, "no_such_attachment", f"没有附件 {attachment_id}")
        found = take_photo(case, attachment_id, self._take)
        if found is None:
            raise Problem(409, "picture_not_drawn", "演示照片正在绘制，稍候再取")
        return found


def case_file_router(book: CaseBook, places: Surroundings, take: Take) -> APIRouter:
    router = APIRouter(tags=["cases"])
    files = CaseFiles(book, places, take)

    @router.get("/cases/{case_id}", openapi_extra=answers_with("Case"))
    async def case(case_id: str) -> Response:
        now_s = ready_book(book)
        return answer(
            await asyncio.to_thread(lambda: msgspec.json.encode(files.case(case_id, now_s)))
        )

    @router.get("/attachments/{attachment_id}")
    async def attachment(attachment_id: str) -> Response:
        now_s = ready_book(book)
        photo = await asyncio.to_thread(files.photo, attachment_id, now_s)
        return Response(photo, media_type="image/jpeg")

    return router
