"""Every source of helplines and ratings, every country of a session; the missing-child alert of Guatemala is no emergency number."""

from django.db import migrations, models
import modelcluster.fields

import resources.models.sources


def tell_the_alert(apps, schema_editor):
    helplines = apps.get_model('resources', 'Helpline').objects.filter(country__code='GT', number='1546')
    helplines.filter(kind='emergency').update(kind='missing-child')


def forget_alerts(apps, schema_editor):
    apps.get_model('resources', 'Helpline').objects.filter(kind='missing-child').update(kind='emergency')


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0005_year_of_a_source'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpline',
            name='more_source_urls',
            field=models.TextField(blank=True, help_text='One address a line.', validators=[resources.models.sources.validate_addresses], verbose_name='more sources'),
        ),
        migrations.AddField(
            model_name='rating',
            name='more_source_urls',
            field=models.TextField(blank=True, help_text='One address a line.', validators=[resources.models.sources.validate_addresses], verbose_name='more sources'),
        ),
        migrations.AlterField(
            model_name='helpline',
            name='kind',
            field=models.CharField(choices=[('child', 'Child helpline'), ('violence', 'Helpline on violence'), ('missing-child', 'Missing-child alert'), ('emergency', 'Emergency number')], default='child', max_length=20, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='session',
            name='more_countries',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Where it is about several.', related_name='+', to='resources.country', verbose_name='more countries'),
        ),
        migrations.RunPython(tell_the_alert, forget_alerts),
    ]
