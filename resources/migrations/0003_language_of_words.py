"""In which language the words are that records keep as their source wrote them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0002_indexes_of_every_page'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rating',
            name='topic_area',
            field=models.CharField(blank=True, help_text='Several are separated by the sign |.', max_length=200, verbose_name='topic area'),
        ),
        migrations.AddField(
            model_name='countrypage',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the note on pathfinding and of surveys’ headlines'),
        ),
        migrations.AddField(
            model_name='evaluationoutcome',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of what was measured'),
        ),
        migrations.AddField(
            model_name='evaluationpage',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the study’s own words'),
        ),
        migrations.AddField(
            model_name='helpline',
            name='name_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the name'),
        ),
        migrations.AddField(
            model_name='helpline',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of hours and place'),
        ),
        migrations.AddField(
            model_name='rating',
            name='description_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of population and harm'),
        ),
        migrations.AddField(
            model_name='rating',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of topic area and level'),
        ),
        migrations.AddField(
            model_name='session',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of title and speakers'),
        ),
        migrations.AddField(
            model_name='trainingpage',
            name='wording_language',
            field=models.ForeignKey(blank=True, help_text='In which language they are written here: screen readers need it. Leave it empty when it is not known.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the source’s words'),
        ),
    ]
