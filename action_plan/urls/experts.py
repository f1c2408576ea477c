from django.urls import path

from action_plan.views import experts as views

urlpatterns = [
    path("experts/", views.expert_list, name="expert-list"),
    path("experts.csv", views.expert_table, name="expert-table-csv"),
    path("experts.xlsx", views.expert_table, {"form": "xlsx"}, name="expert-table-xlsx"),
    path("experts/new/", views.expert_new, name="expert-new"),
    path("experts/<int:pk>/", views.expert_detail, name="expert-detail"),
    path("experts/<int:pk>/edit/", views.expert_edit, name="expert-edit"),
    path("experts/<int:pk>/ask/", views.expert_ask, name="expert-ask"),
    path("roster/confirm/<str:token>/", views.expert_confirm, name="expert-confirm"),
    path("roster/leave/<str:token>/", views.expert_leave, name="expert-leave"),
]
