"""The pages of the network of CSIRTs."""

from csirt_network.urls import groups, library, maturity

urlpatterns = [*maturity.urlpatterns, *library.urlpatterns, *groups.urlpatterns]
