from django.urls import path

from csirt_network.views import figures

TABLE = figures.network_figures_table

urlpatterns = [
    path("network/figures/", figures.network_figures, name="figures"),
    path("network/figures.csv", TABLE, {"format": "csv"}, name="figures-csv"),
    path("network/figures.xlsx", TABLE, {"format": "xlsx"}, name="figures-xlsx"),
]
