from django.urls import path

from imports import views

urlpatterns = [
    path("imports/", views.sheets, name="sheets"),
    path("imports.csv", views.sheet_table, {"form": "csv"}, name="sheets-csv"),
    path("imports.xlsx", views.sheet_table, {"form": "xlsx"}, name="sheets-xlsx"),
    path("imports/new/<slug:code>/", views.sheet_new, name="sheet-new"),
    path("imports/new/<slug:code>/template.csv", views.sheet_template, {"form": "csv"}, name="sheet-template-csv"),
    path("imports/new/<slug:code>/template.xlsx", views.sheet_template, {"form": "xlsx"}, name="sheet-template-xlsx"),
    path("imports/new/<slug:code>/rows.csv", views.sheet_kept, {"form": "csv"}, name="sheet-kept-csv"),
    path("imports/new/<slug:code>/rows.xlsx", views.sheet_kept, {"form": "xlsx"}, name="sheet-kept-xlsx"),
    path("imports/<int:pk>/", views.sheet_detail, name="sheet-detail"),
    path("imports/<int:pk>/import/", views.sheet_confirm, name="sheet-confirm"),
    path("imports/<int:pk>/results.csv", views.sheet_results, {"form": "csv"}, name="sheet-results-csv"),
    path("imports/<int:pk>/results.xlsx", views.sheet_results, {"form": "xlsx"}, name="sheet-results-xlsx"),
    path("imports/<int:pk>/file/", views.sheet_file, name="sheet-file"),
]
