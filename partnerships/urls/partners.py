from django.urls import path

from partnerships.views import partners, partnership

PARTNER = "partners/<slug:slug>/"

urlpatterns = [
    path("partners/", partners.partner_list, name="partner-list"),
    path("partners.csv", partners.partner_csv, name="partner-csv"),
    path("partners.xlsx", partners.partner_xlsx, name="partner-xlsx"),
    path("partners/new/", partners.partner_new, name="partner-new"),
    path(PARTNER, partners.partner_detail, name="partner-detail"),
    path(f"{PARTNER}edit/", partners.partner_edit, name="partner-edit"),
    path(f"{PARTNER}publish/", partners.partner_publish, name="partner-publish"),
    path("partnership/", partnership.own, name="partnership"),
]
