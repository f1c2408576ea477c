from django.urls import path

from oas_cyber.guide import views

urlpatterns = [
    path("help/", views.help_index, name="help"),
    path("help/who-may-do-what/", views.who_may, name="who-may"),
    path("help/styleguide/", views.styleguide, name="styleguide"),
    path("help/<slug:slug>/", views.help_task, name="help-task"),
    path("tour/", views.tour, name="tour"),
]
