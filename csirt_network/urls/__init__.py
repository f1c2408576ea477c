"""The network of CSIRTs: each subject has its addresses in a file of its own."""

from csirt_network.urls import directory, groups, library, maturity

urlpatterns = [
    *directory.urlpatterns,
    *groups.urlpatterns,
    *library.urlpatterns,
    *maturity.urlpatterns,
]
