from django.db import migrations

from search.triggers import watching

TITLES = ("audience", "title_en", "title_es", "title_fr", "title_pt_br")
TABLES = {
    "course": "action_plan_course",
    "certificate": "action_plan_certificate",
    "exercise": "action_plan_exercise",
    "expert": "action_plan_expert",
    "note": "correspondence_note",
    "group": "csirt_network_workinggroup",
}
STALE = "INSERT INTO search_stale (kind, key, object_id) SELECT '{kind}', 'pk', id FROM {table}"


class Migration(migrations.Migration):
    """What stands already is stale as well, so the sweeper indexes it."""

    dependencies = [
        ("action_plan", "0020_who_plays_watches_nothing"),
        ("correspondence", "0001_notes_and_contacts"),
        ("csirt_network", "0008_working_groups"),
        ("search", "0012_words_by_audience"),
    ]

    operations = [
        *(watching(kind, table) for kind, table in TABLES.items() if kind != "exercise"),
        watching("exercise", TABLES["exercise"], only=("name", "scenario", "objectives")),
        watching("course", "action_plan_activity", key="activity_id", only=TITLES),
        watching("expert", "action_plan_expertskill", column="expert_id"),
        *(
            migrations.RunSQL(STALE.format(kind=kind, table=table), migrations.RunSQL.noop)
            for kind, table in TABLES.items()
        ),
    ]
