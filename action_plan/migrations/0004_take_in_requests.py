from django.db import migrations


def take_in(apps, schema_editor):
    """What profiles ask for already."""
    said = apps.get_model("capability", "SupportRequest").objects.filter(is_current=True, update__isnull=False)
    status = {"planned": "planned", "declined": "declined"}
    rows = [
        apps.get_model("action_plan", "AskedSupport")(
            state_id=one.state_id,
            point=one.point,
            need=one.need,
            status=status.get(one.answer, "sent"),
            update_id=one.update_id,
            said=one,
        )
        for one in said
    ]
    apps.get_model("action_plan", "AskedSupport").objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0003_requests_for_support")]
    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
