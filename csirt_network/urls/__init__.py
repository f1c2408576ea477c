"""The pages of the network of CSIRTs."""

from csirt_network.urls import maturity

urlpatterns = [*maturity.urlpatterns]
