from django.urls import path

from action_plan.views import plan_steps, plan_tables, plan_writing, plans

STATE = "states/<slug:slug>/plan/"
PLAN = f"{STATE}<int:pk>/"
VERSION = f"{PLAN}versions/<int:number>/"

urlpatterns = [
    path("plan/", plans.own_plan, name="plan-own"),
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans.csv", plan_tables.plans_csv, name="plan-list-csv"),
    path("plans.xlsx", plan_tables.plans_xlsx, name="plan-list-xlsx"),
    path(STATE, plans.plan, name="plan"),
    path(f"{STATE}new/", plan_writing.plan_new, name="plan-new"),
    path(PLAN, plans.plan_detail, name="plan-detail"),
    path(f"{PLAN}plan.csv", plan_tables.plan_csv, name="plan-csv"),
    path(f"{PLAN}plan.xlsx", plan_tables.plan_xlsx, name="plan-xlsx"),
    path(f"{PLAN}period/", plan_writing.plan_period, name="plan-period"),
    path(f"{PLAN}points/<int:point>/", plan_writing.plan_line, name="plan-line"),
    path(f"{PLAN}offer/", plan_writing.plan_offer, name="plan-offer"),
    path(VERSION, plans.plan_version, name="plan-version"),
    path(f"{VERSION}sign/", plan_steps.plan_sign, name="plan-sign"),
    path(f"{VERSION}agree/", plan_steps.plan_agree, name="plan-agree"),
    path(f"{VERSION}send-back/", plan_steps.plan_send_back, name="plan-send-back"),
    *(path(f"{PLAN}{step}/", plan_steps.plan_step, {"step": step}, name=f"plan-{step}") for step in plan_steps.STEPS),
]
