"""The network of CSIRTs: each subject has its addresses in a file of its own."""

from csirt_network.urls import (
    admission,
    alerts,
    directory,
    figures,
    freshness,
    groups,
    library,
    maturity,
    subscriptions,
    working_groups,
    writing,
)

urlpatterns = [
    *admission.urlpatterns,
    *alerts.urlpatterns,
    *directory.urlpatterns,
    *figures.urlpatterns,
    *freshness.urlpatterns,
    *groups.urlpatterns,
    *library.urlpatterns,
    *maturity.urlpatterns,
    *working_groups.urlpatterns,
    *subscriptions.urlpatterns,
    *writing.urlpatterns,
]
