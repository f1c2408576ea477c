from django.urls import path

from csirt_network.views import groups

urlpatterns = [
    path("sharing-groups/", groups.group_list, name="group-list"),
    path("sharing-groups.csv", groups.group_csv, name="group-csv"),
    path("sharing-groups.xlsx", groups.group_csv, {"form": "xlsx"}, name="group-xlsx"),
    path("sharing-groups/new/", groups.group_new, name="group-new"),
    path("sharing-groups/<slug:slug>/", groups.group_detail, name="group-detail"),
    path("sharing-groups/<slug:slug>/edit/", groups.group_edit, name="group-edit"),
    path("sharing-groups/<slug:slug>/end/", groups.group_end, name="group-end"),
]
