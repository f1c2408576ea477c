"""Pages that read across the house."""

from django.conf import settings
from django.urls import path

from reporting.views import compare, documents, front, insight, region, sections, states

XLSX = {"form": "xlsx"}
urlpatterns = [
    path("", front.front, name="front"),
    *(path(f"{code}/", front.front_in, {"language": code}, name=f"front-{code}") for code, _ in settings.LANGUAGES),
    path("region/", region.region, name="region"),
    path("region/matrix.csv", region.region_matrix, name="region-matrix"),
    path("region/over-time/", insight.region_over_time, name="region-over-time"),
    path("region/over-time.csv", insight.region_over_time_csv, name="region-over-time-csv"),
    path("region/over-time.xlsx", insight.region_over_time_xlsx, name="region-over-time-xlsx"),
    path("region/moves/", insight.region_moves, name="region-moves"),
    path("region/moves.csv", insight.region_moves_csv, name="region-moves-csv"),
    path("region/moves.xlsx", insight.region_moves_xlsx, name="region-moves-xlsx"),
    path("region/matrix.xlsx", region.region_matrix, XLSX, name="region-matrix-xlsx"),
    path("states/", states.state_list, name="state-list"),
    path("states.csv", states.state_table, name="state-table-csv"),
    path("states.xlsx", states.state_table, XLSX, name="state-table-xlsx"),
    path("states/<slug:slug>/", states.state_detail, name="state-detail"),
    path("states/<slug:slug>/maturity/", states.state_maturity, name="state-maturity"),
    path("states/<slug:slug>/csirt/", sections.state_csirt, name="state-csirt"),
    path("states/<slug:slug>/csirt.csv", sections.csirt_table, name="state-csirt-csv"),
    path("states/<slug:slug>/csirt.xlsx", sections.csirt_table, XLSX, name="state-csirt-xlsx"),
    path("states/<slug:slug>/strategy/", sections.state_strategy, name="state-strategy"),
    path("states/<slug:slug>/strategy.csv", sections.strategy_table, name="state-strategy-csv"),
    path("states/<slug:slug>/strategy.xlsx", sections.strategy_table, XLSX, name="state-strategy-xlsx"),
    path("states/<slug:slug>/threats/", sections.state_threats, name="state-threats"),
    path("states/<slug:slug>/threats.csv", sections.threats_table, name="state-threats-csv"),
    path("states/<slug:slug>/threats.xlsx", sections.threats_table, XLSX, name="state-threats-xlsx"),
    path("states/<slug:slug>/requests/", sections.state_requests, name="state-requests"),
    path("states/<slug:slug>/requests.csv", sections.requests_table, name="state-requests-csv"),
    path("states/<slug:slug>/requests.xlsx", sections.requests_table, XLSX, name="state-requests-xlsx"),
    path("states/<slug:slug>/needs/", sections.state_needs, name="state-needs"),
    path("states/<slug:slug>/compare/", compare.state_compare, name="state-compare"),
    path("states/<slug:slug>/compare.csv", compare.state_compare_csv, name="state-compare-csv"),
    path("states/<slug:slug>/compare.xlsx", compare.state_compare_xlsx, name="state-compare-xlsx"),
    path("states/<slug:slug>/over-time/", insight.state_over_time, name="state-over-time"),
    path("states/<slug:slug>/over-time.csv", insight.state_over_time_csv, name="state-over-time-csv"),
    path("states/<slug:slug>/over-time.xlsx", insight.state_over_time_xlsx, name="state-over-time-xlsx"),
    path("states/<slug:slug>/moves.csv", insight.state_moves_csv, name="state-moves-csv"),
    path("states/<slug:slug>/moves.xlsx", insight.state_moves_xlsx, name="state-moves-xlsx"),
    path("states/<slug:slug>/updates/", states.state_updates, name="state-updates"),
    path("states/<slug:slug>/documents/", documents.state_documents, name="state-documents"),
    path("states/<slug:slug>/documents.csv", documents.state_documents_csv, name="state-documents-csv"),
    path("states/<slug:slug>/documents.xlsx", documents.state_documents_csv, XLSX, name="state-documents-xlsx"),
    path("links/", documents.link_list, name="link-list"),
    path("links.csv", documents.link_table, {"form": "csv"}, name="link-csv"),
    path("links.xlsx", documents.link_table, {"form": "xlsx"}, name="link-xlsx"),
]
