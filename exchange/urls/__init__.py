"""What machines exchange: each subject has its addresses in a file of its own."""

from exchange.urls import alerts, claims, csaf, machines, misp, objects, taxii

urlpatterns = [
    *alerts.urlpatterns,
    *claims.urlpatterns,
    *csaf.urlpatterns,
    *machines.urlpatterns,
    *misp.urlpatterns,
    *objects.urlpatterns,
    *taxii.urlpatterns,
]
