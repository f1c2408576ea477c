from django.urls import path

from partnerships.views import operation_parts as parts
from partnerships.views import operations

ONE = "operations/<slug:slug>/"
urlpatterns = [
    path("operations/", operations.operation_list, name="operation-list"),
    path("operations.csv", operations.operation_csv, name="operation-csv"),
    path("operations.xlsx", operations.operation_xlsx, name="operation-xlsx"),
    path("operations/new/", operations.operation_new, name="operation-new"),
    path("operations/evidence/<uuid:token>/", parts.operation_exhibit, name="operation-exhibit"),
    path(ONE, operations.operation_detail, name="operation-detail"),
    path(f"{ONE}edit/", operations.operation_edit, name="operation-edit"),
    path(f"{ONE}move/<slug:verb>/", operations.operation_move, name="operation-move"),
    path(f"{ONE}label/", operations.operation_label, name="operation-label"),
    path(f"{ONE}people/", parts.operation_name, name="operation-name"),
    path(f"{ONE}people/<int:pk>/remove/", parts.operation_unname, name="operation-unname"),
    path(f"{ONE}log/", parts.operation_log, name="operation-log"),
    path(f"{ONE}evidence/", parts.operation_exhibit_new, name="operation-exhibit-new"),
    path(f"{ONE}evidence/<uuid:token>/custody/", parts.operation_custody, name="operation-custody"),
    path(f"{ONE}alerts/", parts.operation_alert_add, name="operation-alert-add"),
    path(f"{ONE}alerts/<int:pk>/remove/", parts.operation_alert_remove, name="operation-alert-remove"),
    path(f"{ONE}actions/", parts.operation_action_new, name="operation-action-new"),
    path(f"{ONE}actions/<int:pk>/", parts.operation_action_edit, name="operation-action-edit"),
    path(f"{ONE}figures/", parts.operation_figure_new, name="operation-figure-new"),
    path(f"{ONE}figures/<int:pk>/remove/", parts.operation_figure_remove, name="operation-figure-remove"),
]
