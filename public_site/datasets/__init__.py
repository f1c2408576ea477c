"""The open data: what visitors may read anyway, as tables for programs. A set is added by naming it here."""

from public_site.datasets.activities import ACTIVITIES, INSTRUMENTS
from public_site.datasets.kind import Dataset
from public_site.datasets.network import CSIRTS, LIBRARY
from public_site.datasets.objectives import OBJECTIVES
from public_site.datasets.others import INDICES, LAWS, SOURCES
from public_site.datasets.partners import AGREEMENTS, CONTRIBUTIONS, PARTNERS
from public_site.datasets.states import MATURITY, REGION, STATES

OF_THE_PROGRAMME = (
    STATES, MATURITY, REGION, OBJECTIVES, CSIRTS, PARTNERS, AGREEMENTS, CONTRIBUTIONS, ACTIVITIES, INSTRUMENTS,
    LIBRARY, SOURCES,
)  # fmt: skip
OF_OTHERS = (INDICES, LAWS)
DATASETS: dict[str, Dataset] = {one.slug: one for one in (*OF_THE_PROGRAMME, *OF_OTHERS)}
