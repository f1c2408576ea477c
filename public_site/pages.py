"""What of the portal is the public site: closed by default, so that a new page is in it only when it is named here.

Whether a visitor may open a page says the page itself (`login_not_required`, visible_to); these lists say what else
holds for it, by the name of its route.
"""

# Pages that are found by search engines, have an address in each language and are stored by caches.
PAGES = frozenset({
    "activity-calendar", "activity-detail", "activity-list", "agreement-detail", "agreement-list", "alert-detail",
    "alert-list", "campaign-detail", "certificate-verify-any", "commitment-detail", "commitment-list",
    "contribution-detail", "contribution-list", "dataset", "disclosure-policy", "figures", "front", "help",
    "help-task", "instrument-detail", "instrument-list", "library", "library-item", "map-to-embed", "material-detail",
    "material-list", "network", "network-join", "open-data", "operation-detail", "operation-list", "partner-detail",
    "partner-list", "region-over-time", "source-list", "state-compare", "state-csirt", "state-detail",
    "state-documents", "state-list", "state-maturity", "state-needs", "state-over-time", "state-requests",
    "state-strategy", "state-threats", "team-detail", "team-list", "who-may",
})  # fmt: skip
# Pages in each language that are neither found nor stored: they answer what somebody asked.
ASKED = frozenset({
    "agreement-amendment", "alert-related", "certificate-verify", "closed-days", "closed-days-csv", "closed-days-xlsx",
    "delivery-detail", "search",
})  # fmt: skip
# Tables and texts in each language, stored for as long as the pages that lead to them.
FILES = frozenset({
    "activity-csv", "activity-xlsx", "agreement-csv", "agreement-xlsx", "alert-csv", "alert-xlsx",
    "campaign-table-csv", "campaign-table-xlsx", "commitment-csv", "commitment-xlsx", "contribution-csv",
    "contribution-table-csv", "contribution-table-xlsx", "contribution-xlsx", "figures-csv", "figures-xlsx",
    "instrument-csv", "instrument-xlsx", "library-csv", "library-xlsx", "material-list-csv", "material-list-xlsx",
    "operation-csv", "operation-xlsx", "partner-csv", "partner-xlsx", "region-over-time-csv", "region-over-time-xlsx",
    "state-compare-csv", "state-compare-xlsx", "state-csirt-csv", "state-moves-csv", "state-moves-xlsx",
    "source-table-csv", "source-table-xlsx", "state-table-csv", "state-table-xlsx",
    "state-over-time-csv", "state-over-time-xlsx", "state-requests-csv", "state-strategy-csv", "state-threats-csv",
    "state-csirt-xlsx", "state-maturity-csv", "state-maturity-xlsx", "state-requests-xlsx", "state-strategy-xlsx",
    "state-threats-xlsx", "team-rfc2350-json", "team-rfc2350-text", "team-table-csv", "team-table-xlsx",
})  # fmt: skip
# The same bytes for everybody, whoever is signed in: nothing here knows who asks.
FOR_ANYBODY = frozenset({
    "dataset-csv", "dataset-json", "map-embedded", "open-data-catalog", "open-data-package", "robots", "sitemap",
    "sitemap-part",
})  # fmt: skip
# Of those, the ones in words.
IN_LANGUAGES = frozenset({"map-embedded"})

WITH_LANGUAGE = PAGES | ASKED | FILES | IN_LANGUAGES
STORED = PAGES | FILES | FOR_ANYBODY
