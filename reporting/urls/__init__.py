"""The pages that read across the house, and the reports it makes."""

from reporting.urls import pages, reports

urlpatterns = [*reports.urlpatterns, *pages.urlpatterns]
