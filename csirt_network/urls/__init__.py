"""The pages of the network of CSIRTs."""

from csirt_network.urls import maturity

urlpatterns = [*maturity.urlpatterns]
from csirt_network.urls import library

urlpatterns = [*library.urlpatterns]
