"""Whether the judge was written to when a review was taken out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0005_documents")]

    operations = [
        migrations.AddField(
            model_name="removal",
            name="told",
            field=models.BooleanField(default=False),
        ),
    ]
