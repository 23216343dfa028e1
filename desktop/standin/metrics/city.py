"""The city's sources of metrics, put together."""

from desktop.standin.cases.book import CaseBook
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.fleet import Fleet
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.instruments import Instruments
from desktop.standin.metrics.alarms import AlarmMetrics
from desktop.standin.metrics.book import MetricBook
from desktop.standin.metrics.cases import CaseMetrics
from desktop.standin.metrics.crews import CrewMetrics, IncidentMetrics, TicketMetrics
from desktop.standin.metrics.nature import InstrumentMetrics, SkyMetrics
from desktop.standin.metrics.rest import city_registry
from desktop.standin.metrics.things import AssetMetrics, CameraMetrics, ThingMetrics


def make_metrics(
    city: City, catalogue: CityCatalogue, fleet: Fleet, instruments: Instruments,
    cases: CaseBook, incidents: IncidentBook, seed: int,
) -> MetricBook:  # fmt: skip
    words = catalogue.city.words
    names = dict(zip(words["district_code"], words["district"], strict=True))
    known = list(names)
    sources = (
        AlarmMetrics(city.book, known), ThingMetrics(city, catalogue, known),
        CameraMetrics(catalogue, known), AssetMetrics(catalogue, known),
        CrewMetrics(fleet, catalogue.units, known), IncidentMetrics(incidents, known),
        TicketMetrics(city.tickets, known), SkyMetrics(city, known),
        InstrumentMetrics(city, instruments, known),
        CaseMetrics(cases, known, words["district_code"]),
    )  # fmt: skip
    return MetricBook(city_registry(), sources, names, city.now, seed)
