"""The report on an Agile Release Train: two pages, in an edition with its teams and one without."""

from assessment.reports.art.assembling import assemble
from assessment.reports.art.document import ArtReport, Edition

__all__ = ["ArtReport", "Edition", "assemble"]
