from django import template

from action_plan.dates import days_of, hours_of
from action_plan.models import Activity

register = template.Library()


@register.filter
def days(activity: Activity) -> str:
    return days_of(activity)


@register.filter
def hours(activity: Activity) -> str:
    return hours_of(activity)
