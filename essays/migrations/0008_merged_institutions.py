"""The institution that another one turned out to be."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("essays", "0007_appeals")]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="essays.institution",
            ),
        ),
    ]
