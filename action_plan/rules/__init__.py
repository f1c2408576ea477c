"""What may be done in the action plan, and by whom: a file for each subject, named here."""

from action_plan.rules import awareness, plans, requests, training

__all__ = ["awareness", "plans", "requests", "training"]
