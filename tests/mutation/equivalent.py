"""Faults that change nothing anybody could notice, each with the reason. They are not counted."""

MOMENT = "A microsecond of the clock of the database, which stands still for nobody."
FIRST = "Without a thing the rule before it in the same permission has said no already."
BEFORE_ALL = "A day before all others, in the first years of the calendar: another of them comes before all as well."
OF_TEAMS = "A number that is read of teams alone, in a row of something else."
EQUIVALENT: dict[str, str] = {
    "action_plan/querysets/activities.py  0  →  1  #3": "A group has a row, and no figure of a row is null.",
    "action_plan/querysets/activity_words.py  self.filter(word__gte=word, word__lt=word + LAST)  →  word__lte  #1": (
        "No word ends with the last letter there is."
    ),
    "action_plan/querysets/exercises.py  running.filter(seconds__gte=OuterRef('due_minute') * Value(60.0))"
    "  →  seconds__gt  #1": MOMENT,
    "action_plan/querysets/requests.py  1  →  2  #2": "Only the order of the two numbers counts.",
    "capability/audiences.py  True  →  False  #3": "zip(strict=) of lists made of the same three audiences.",
    "csirt_network/querysets/votes.py  self.filter(closes_at__gt=timezone.now())  →  closes_at__gte  #1": MOMENT,
    "csirt_network/rules/writing.py  False  →  True  #3": FIRST,
    "csirt_network/rules/library.py  False  →  True  #1": FIRST,
    "oas_cyber/reach.py  0  →  1  #1": OF_TEAMS,
    "oas_cyber/reach.py  0  →  1  #2": OF_TEAMS,
    "oas_cyber/reach.py  0  →  1  #3": OF_TEAMS,
    "oas_cyber/reach.py  0  →  1  #4": OF_TEAMS,
    "oas_cyber/reach.py  1  →  2  #1": "-2 is the number of no person either.",
    "partnerships/querysets/agreements.py  1  →  2  #1": BEFORE_ALL,
    "partnerships/querysets/agreements.py  1  →  2  #2": BEFORE_ALL,
    "partnerships/querysets/agreements.py  1  →  2  #3": BEFORE_ALL,
    "partnerships/rules/operations.py  False  →  True  #1": FIRST,
    "notices/querysets.py  Q(status='queued', not_before__lte=Now())  →  not_before__lt  #1": MOMENT,
    "notices/querysets.py  Q(status='running', lease_until__lt=Now())  →  lease_until__lte  #1": MOMENT,
    "notices/querysets.py  lost.filter(status='running', lease_until__lt=Now(), after=0)  →  lease_until__lte  #1": (
        MOMENT
    ),
}
