from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0010_title_language_of_an_edition'),
    ]

    operations = [
        migrations.AddField(
            model_name='rating',
            name='may_be_outdated',
            field=models.BooleanField(default=False, help_text='Tick when the rating was read in a list on another site than that of the scheme.', verbose_name='may be out of date'),
        ),
        migrations.AddField(
            model_name='rating',
            name='scheme_ended',
            field=models.BooleanField(default=False, verbose_name='the scheme no longer operates'),
        ),
    ]
