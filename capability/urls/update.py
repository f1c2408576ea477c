from django.urls import path

from capability.views import evidence, home, sending, update, workbook

UPDATE = "states/<slug:state>/updates/<slug:round>"
QUESTION = f"{UPDATE}/<slug:section>/<str:question>"

urlpatterns = [
    path("home/", home.home, name="home"),
    path("update/", home.update_current, name="update-current"),
    path(f"{UPDATE}/", update.update_detail, name="update-detail"),
    path(f"{UPDATE}/check/", sending.update_check, name="update-check"),
    path(f"{UPDATE}/send/", sending.update_send, name="update-send"),
    path(f"{UPDATE}/sent/", sending.update_receipt, name="update-receipt"),
    path(f"{UPDATE}/take-back/", sending.update_take_back, name="update-take-back"),
    path(f"{UPDATE}/form.xlsx", workbook.form_file, name="update-form-file"),
    path(f"{UPDATE}/form/", workbook.form_upload, name="update-form"),
    path(f"{UPDATE}/<slug:section>/", update.update_section, name="update-section"),
    path(f"{QUESTION}/save/", update.update_save, name="update-save"),
    path(f"{QUESTION}/evidence/", evidence.evidence_add, name="evidence-add"),
]
