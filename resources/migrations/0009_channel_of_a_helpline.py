"""How a helpline is reached: three of the starter content are no telephones."""

from django.db import migrations, models

# Of the starter content: country and name of the lines to which one writes.
CHANNELS = {
    ('BR', 'Disque 100 (WhatsApp)'): 'whatsapp',
    ('CA', 'Kids Help Phone (text)'): 'text',
    ('ID', 'SAPA 129 (WhatsApp)'): 'whatsapp',
}


def tell_channels(apps, schema_editor):
    helplines = apps.get_model('resources', 'Helpline').objects
    for (country, name), channel in CHANNELS.items():
        helplines.filter(country__code=country, name=name).update(channel=channel)


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0008_several_reports_of_a_survey'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpline',
            name='channel',
            field=models.CharField(choices=[('call', 'Call'), ('text', 'Text message'), ('whatsapp', 'WhatsApp')], default='call', help_text='Readers get a link for WhatsApp where the number begins with + and the code of its country.', max_length=20, verbose_name='how it is reached'),
        ),
        migrations.RunPython(tell_channels, migrations.RunPython.noop),
    ]
