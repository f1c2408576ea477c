"""What machines exchange: each subject has its addresses in a file of its own."""

from exchange.urls import csaf

urlpatterns = [
    *csaf.urlpatterns,
]
