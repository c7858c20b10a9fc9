"""Helplines of which the source tells the year alone."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0004_language_of_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpline',
            name='read_only_year',
            field=models.BooleanField(default=False, help_text='Readers are shown the year of the date alone.', verbose_name='only the year is known'),
        ),
    ]
