"""Claims of networks and domains, what was found to touch them, and the same value elsewhere."""

from django.urls import path

from exchange.views import claims, warnings

urlpatterns = [
    path("exchange/claims/", claims.claim_list, name="claim-list"),
    path("exchange/claims.csv", claims.claim_csv, name="claim-csv"),
    path("exchange/claims.xlsx", claims.claim_xlsx, name="claim-xlsx"),
    path("exchange/claims/new/", claims.claim_new, name="claim-new"),
    path("exchange/claims/decide/", claims.claim_decide, name="claim-decide"),
    path("exchange/claims/<int:pk>/", claims.claim_detail, name="claim-detail"),
    path("exchange/claims/<int:pk>/end/", claims.claim_end, name="claim-end"),
    path("exchange/warnings/", warnings.warning_list, name="warning-list"),
    path("exchange/warnings.csv", warnings.warning_csv, name="warning-csv"),
    path("exchange/warnings.xlsx", warnings.warning_xlsx, name="warning-xlsx"),
    path("exchange/warnings/<int:pk>/", warnings.warning_detail, name="warning-detail"),
    path("alerts/<int:pk>/related/", warnings.alert_related, name="alert-related"),
]
