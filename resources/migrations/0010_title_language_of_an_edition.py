import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0009_channel_of_a_helpline'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='title_language',
            field=models.ForeignKey(blank=True, help_text='Only for a title that is in another language than the material.', limit_choices_to={'sign': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.language', verbose_name='language of the title'),
        ),
    ]
