"""What list and calendar of activities cost with 10,000 of them and a million figures, against 100 and 10,000.

    .venv/bin/python -m benchmarks.activities [ACTIVITIES] [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import sys
from importlib import import_module
from statistics import median
from typing import Any

from benchmarks.measure import Clock, in_turns, ms, table
from benchmarks.pages import LIAISON, OFFICER
from benchmarks.portal import portal, signed_in
from benchmarks.search import measured
from benchmarks.wall import connection_to

ACTIVITIES, TIMES = 10_000, 30
FEW, FIGURES, A_MONTH = 100, 100, 100  # activities to begin with; figures of each; activities in one month, few or many
LIMIT = 1.5

# Back from today at an even pace, so that a month holds the same in both runs. Three states take part in each.
FILL = """
ALTER TABLE action_plan_activity DISABLE TRIGGER USER;
ALTER TABLE action_plan_activitystate DISABLE TRIGGER USER;
ALTER TABLE action_plan_participantcount DISABLE TRIGGER USER;
CREATE TEMP TABLE numbered_state AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM member_states_memberstate;
INSERT INTO action_plan_activity (slug, kind, point, title_en, title_es, title_fr, title_pt_br, status, audience,
       cancelled_because, starts_on, ends_on, precision, time_zone, place, is_online, languages, host, organisers,
       partners, about, outcome, participants_as_stated, reference, edited, made_at)
SELECT 'bench-' || n, 'course', 1 + n % 7, 'Activity u' || n || 'z' || CASE n % 3 WHEN 0 THEN ' third' ELSE '' END,
       '', '', '', 'done',
       (ARRAY['staff', 'participants', 'states', 'public'])[1 + n % 4], '',
       current_date - n * 30 / {a_month}, current_date - n * 30 / {a_month} + 2, 'day', '', 'Santiago', false,
       '{{}}', '', '', '', 'About ' || n, '', '', '', 0, now()
  FROM generate_series({first}, {last}) AS n;
INSERT INTO action_plan_activityword (activity_id, audience, word)
SELECT a.id, a.audience, word FROM action_plan_activity a, words_in(text_of_activity(a)) AS word
 WHERE a.slug LIKE 'bench-%' ON CONFLICT DO NOTHING;
INSERT INTO action_plan_activitystate (activity_id, state_id, audience)
SELECT a.id, s.id, a.audience FROM action_plan_activity a CROSS JOIN generate_series(0, 2) AS k
  JOIN numbered_state s ON s.number = (a.id + k * 11) % 35 WHERE a.slug LIKE 'bench-%'
    ON CONFLICT DO NOTHING;
INSERT INTO action_plan_participantcount (activity_id, state_id, sector, women, men, other, not_stated)
SELECT a.id, s.id, sector, 3, 2, 0, 1 FROM action_plan_activity a
 CROSS JOIN unnest(ARRAY['public', 'private', 'civil society', 'end users', 'academia']) AS sector
  JOIN numbered_state s ON s.number < {figures} / 5 WHERE a.slug LIKE 'bench-%'
    ON CONFLICT DO NOTHING;
ALTER TABLE action_plan_activity ENABLE TRIGGER USER;
ALTER TABLE action_plan_activitystate ENABLE TRIGGER USER;
ALTER TABLE action_plan_participantcount ENABLE TRIGGER USER;
DROP TABLE numbered_state;
ANALYZE;
"""
PAGES = {
    "list": "/activities/",
    "list of a state": "/activities/?state=chile",
    "list, page after": "/activities/?after=bench-60",
    "calendar": "/activities/calendar/",
    "activity": "/activities/bench-3/",
    "words of one": "/activities/?q=u78z",
    "words of a third": "/activities/?q=third",
    "two words, by their beginnings": "/activities/?q=thi+activ",
    "words of none": "/activities/?q=wxyzzy",
}


def main(activities: int, times: int) -> int:
    with portal() as name:
        django_db: Any = import_module("django.db")
        with django_db.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Clock(cursor.fetchone()[0])
        fill(name, 1, FEW)
        few = {person: taken(person, clock, times) for person in (OFFICER, LIAISON)}
        fill(name, FEW + 1, activities)
        many = {person: taken(person, clock, times) for person in (OFFICER, LIAISON)}
    worst, rows = 0.0, []
    for person, pages in few.items():
        for page, seconds in pages.items():
            grown = median(many[person][page]) / median(seconds)
            worst = max(worst, grown)
            rows.append((person.split("@")[0], page, ms(seconds), ms(many[person][page]), f"{grown:.2f}"))
    print(table(("Who", "page", f"ms, {FEW:,}", f"ms, {activities:,}", "ratio"), rows))
    print(f"\n{activities:,} activities with {activities * FIGURES:,} figures, {times} turns; the limit is {LIMIT:g}.")
    return int(worst > LIMIT)


def fill(name: str, first: int, last: int, figures: int = FIGURES) -> None:
    owner = connection_to(name, USER="oas_owner")
    statements = FILL.format(first=first, last=last, a_month=A_MONTH, figures=figures).split(";")[:-1]
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    owner.close()


def taken(person: str, clock: Clock, times: int) -> dict[str, list[float]]:
    browser = signed_in(person)
    return in_turns({page: measured(browser, url, clock) for page, url in PAGES.items()}, times)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(ACTIVITIES, TIMES)[len(sys.argv) - 1 :]))
