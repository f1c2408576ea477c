from django.urls import path

from partnerships.views import agreement_life as life
from partnerships.views import agreement_list, agreement_parts, agreements

AGREEMENT = "agreements/<slug:slug>/"

urlpatterns = [
    path("agreements/", agreement_list.agreement_list, name="agreement-list"),
    path("agreements.csv", agreement_list.agreement_csv, name="agreement-csv"),
    path("agreements.xlsx", agreement_list.agreement_xlsx, name="agreement-xlsx"),
    path("agreements/new/", agreements.agreement_new, name="agreement-new"),
    path("agreements/files/<uuid:token>/", agreement_parts.agreement_file, name="agreement-file"),
    path(AGREEMENT, agreements.agreement_detail, name="agreement-detail"),
    path(f"{AGREEMENT}edit/", agreements.agreement_edit, name="agreement-edit"),
    path(f"{AGREEMENT}audience/", life.agreement_audience, name="agreement-audience"),
    path(f"{AGREEMENT}move/<slug:verb>/", life.agreement_move, name="agreement-move"),
    path(f"{AGREEMENT}renew/", life.agreement_renew, name="agreement-renew"),
    path(f"{AGREEMENT}amendments/", life.agreement_amend, name="agreement-amend"),
    path(f"{AGREEMENT}amendments/<int:number>/", life.agreement_amendment, name="agreement-amendment"),
    path(f"{AGREEMENT}links/", agreement_parts.agreement_link, name="agreement-link"),
    path(f"{AGREEMENT}links/remove/", agreement_parts.agreement_unlink, name="agreement-unlink"),
    path(f"{AGREEMENT}files/", agreement_parts.agreement_file_add, name="agreement-file-add"),
    path(f"{AGREEMENT}files/<uuid:token>/remove/", agreement_parts.agreement_file_remove, name="agreement-file-remove"),
]
