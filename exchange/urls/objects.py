"""The objects of the collections, and files full of them."""

from django.urls import path

from exchange.views import imports, objects

urlpatterns = [
    path("exchange/objects/", objects.object_list, name="object-list"),
    path("exchange/objects.csv", objects.object_csv, name="object-csv"),
    path("exchange/objects.xlsx", objects.object_xlsx, name="object-xlsx"),
    path("exchange/objects.json", objects.object_bundle, name="object-bundle"),
    path("exchange/objects/<int:pk>/", objects.object_detail, name="object-detail"),
    path("exchange/objects/<int:pk>/revoke/", objects.object_revoke, name="object-revoke"),
    path("exchange/objects/<int:pk>/delete/", objects.object_remove, name="object-remove"),
    path("exchange/imports/", imports.import_list, name="import-list"),
    path("exchange/imports.csv", imports.import_table, {"form": "csv"}, name="import-list-csv"),
    path("exchange/imports.xlsx", imports.import_table, {"form": "xlsx"}, name="import-list-xlsx"),
    path("exchange/imports/new/", imports.import_new, name="import-new"),
    path("exchange/imports/template.csv", imports.import_template, name="import-template"),
    path("exchange/imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("exchange/imports/<int:pk>/import/", imports.import_confirm, name="import-confirm"),
    path("exchange/imports/<int:pk>/rows.csv", imports.import_csv, name="import-csv"),
    path("exchange/imports/<int:pk>/rows.xlsx", imports.import_xlsx, name="import-xlsx"),
]
