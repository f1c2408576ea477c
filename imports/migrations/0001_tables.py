
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import common.walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TableImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('partners', 'Partners'), ('activities', 'Activities'), ('participants', 'Participants of a course'), ('teams', 'Teams of the directory'), ('focal-points', 'Focal points of states')], max_length=12, verbose_name='kind')),
                ('of', models.CharField(blank=True, max_length=80, verbose_name='belongs to')),
                ('names_people', models.BooleanField(default=False, verbose_name='people are named in it')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('fr', 'Français'), ('pt-br', 'Português')], max_length=5, verbose_name='language')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='looked at')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField(default=b"")),
                ('rows', models.JSONField(default=list, editable=False)),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('imported_at', models.DateTimeField(editable=False, null=True, verbose_name='imported at')),
                ('made', models.JSONField(default=list, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'import of a table',
                'verbose_name_plural': 'imports of tables',
                'ordering': ('-made_at', '-pk'),
                'constraints': [common.walls.RowWall(name='table_import_wall', read='false', write='false'), common.walls.Audited(name='table_import_audited', state='', without='content,rows,made')],
            },
        ),
    ]
