"""Exercises are written and directed by officers, played by teams of the network, scored by those who watch.

Whoever plays watches nothing in advance, staff neither; nobody runs or scores what the own state plays.

Asked of an exercise as `Exercise.objects.for_reader(user)` gives it.
"""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff


@rules.predicate
def watches(user: Any, exercise: Any) -> bool:
    return exercise is not None and exercise.is_watched


@rules.predicate
def plays(user: Any, exercise: Any) -> bool:
    return exercise is not None and exercise.is_played


@rules.predicate
def own_state_plays(user: Any, exercise: Any) -> bool:
    return exercise is not None and exercise.is_of_own_state


rules.add_perm("action_plan.run_exercises", is_officer & ~plays & ~own_state_plays)
rules.add_perm("action_plan.watch_exercise", (is_programme_staff & ~plays) | watches)
rules.add_perm("action_plan.score_exercise", ((is_officer & ~plays) | watches) & ~own_state_plays)
rules.add_perm("action_plan.play_exercise", plays & ~is_programme_staff & ~watches)
rules.add_perm("action_plan.wash_exercise", is_officer | watches | (plays & ~is_programme_staff))
