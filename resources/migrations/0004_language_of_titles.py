"""In which language the title of a record is written, where that is not the language of its page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0003_language_of_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='countrypage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='evaluationpage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='expertpage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='programmepage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='publicationpage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='strategypage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
        migrations.AddField(
            model_name='trainingpage',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is not in the language of this page, such as a name kept as it is. Without it, a title that an edition has too is taken to be in the language of that edition.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
    ]
