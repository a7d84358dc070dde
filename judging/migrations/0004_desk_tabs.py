"""Which page wrote a review last, and whether its judge has seen the others' points."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0003_second_look")]

    operations = [
        migrations.AddField("review", "written_in", models.CharField(blank=True, default="", max_length=48)),
        migrations.AddField("review", "saw_others", models.BooleanField(default=False)),
    ]
