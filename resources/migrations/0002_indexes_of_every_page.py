"""Indexes for what is asked with nearly every page, which without them means to read all pages or all experts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0001_initial'),
    ]

    operations = [
        # The upper levels of the tree, and its root. The table is Wagtail's, with an index on the path alone.
        migrations.RunSQL(
            'CREATE INDEX resources_upper_tree ON wagtailcore_page (depth, path)',
            'DROP INDEX resources_upper_tree',
        ),
        # Experts whose consent has ended.
        migrations.AlterField(
            model_name='expertpage',
            name='consent_until',
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name='consent valid until'),
        ),
    ]
