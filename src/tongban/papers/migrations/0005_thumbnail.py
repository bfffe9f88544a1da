"""A photo has a small picture of itself, drawn when it is stored: an officer finds a material by its look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_papers")]

    operations = [migrations.AddField("file", "thumbnail", models.BinaryField(null=True))]
