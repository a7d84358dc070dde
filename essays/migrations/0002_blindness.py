from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("essays", "0001_story"),
    ]

    operations = [
        migrations.AddField(
            model_name="blindcopy",
            name="author_line",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="contest",
            name="blindness",
            field=models.CharField(
                choices=[
                    ("full", "nothing: names, school and contacts in the text are hidden too"),
                    ("fields", "nothing of the application, but the text stays as it was written"),
                    (
                        "open",
                        "who entered: the name and the organization stand above the text, as where organizations compete",
                    ),
                ],
                default="full",
                max_length=8,
                verbose_name="what judges learn of the author",
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="hides_places",
            field=models.BooleanField(default=False, verbose_name="small places and rare posts are hidden too"),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(("blindness__in", ["full", "fields", "open"])), name="contest_blindness_known"
            ),
        ),
    ]
