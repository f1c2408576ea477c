"""Partnerships: each subject has its addresses in a file of its own."""

from django.urls import URLPattern

from partnerships.urls import agreements, operations, partners, promises

urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *operations.urlpatterns,
    *partners.urlpatterns,
    *promises.urlpatterns,
]
