from django.urls import path

from action_plan.views import awareness

urlpatterns = [
    path("campaigns/<slug:slug>/", awareness.campaign_detail, name="campaign-detail"),
    path("campaigns/<slug:slug>.csv", awareness.campaign_table, name="campaign-table-csv"),
    path("campaigns/<slug:slug>.xlsx", awareness.campaign_table, {"form": "xlsx"}, name="campaign-table-xlsx"),
    path("campaigns/<slug:slug>/edit/", awareness.campaign_edit, name="campaign-edit"),
    path("campaigns/<slug:slug>/materials/new/", awareness.material_new, name="material-new"),
    path("campaigns/<slug:slug>/reach/new/", awareness.reach_new, name="reach-new"),
    path("campaigns/<slug:slug>/reach/<int:pk>/remove/", awareness.reach_remove, name="reach-remove"),
    path("materials/", awareness.material_list, name="material-list"),
    path("materials.csv", awareness.material_list_csv, name="material-list-csv"),
    path("materials.xlsx", awareness.material_list_xlsx, name="material-list-xlsx"),
    path("materials/files/<uuid:token>/", awareness.material_file, name="material-file"),
    path("materials/<int:pk>/", awareness.material_detail, name="material-detail"),
    path("materials/<int:pk>/edit/", awareness.material_edit, name="material-edit"),
    path("materials/<int:pk>/publish/", awareness.material_publish, name="material-publish"),
    path("materials/<int:pk>/withdraw/", awareness.material_withdraw, name="material-withdraw"),
]
