"""Feeds of MISP, a folder for each collection."""

from django.urls import path

from exchange.views import misp

urlpatterns = [
    path("misp/<uuid:collection>/", misp.misp_feed, name="misp-feed"),
    path("misp/<uuid:collection>/manifest.json", misp.misp_manifest, name="misp-manifest"),
    path("misp/<uuid:collection>/hashes.csv", misp.misp_hashes, name="misp-hashes"),
    path("misp/<uuid:collection>/<uuid:event>.json", misp.misp_event, name="misp-event"),
]
