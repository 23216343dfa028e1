"""All calls that tell of cases."""

from fastapi import APIRouter

from desktop.standin.cases.assessments import assessment_router
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.files import case_file_router
from desktop.standin.cases.photos import Take
from desktop.standin.cases.rest import case_router
from desktop.standin.cases.statistics import statistics_router
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.generated.city import GeneratedCity


def case_routers(
    book: CaseBook, city: GeneratedCity, seed: int, take: Take
) -> list[APIRouter]:  # fmt: skip
    """`take` makes the photographs of a case's file."""
    places = Surroundings(city)
    return [
        case_router(book, places),
        case_file_router(book, places, take),
        statistics_router(book, places),
        assessment_router(book, places, seed),
    ]
