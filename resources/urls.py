from django.urls import path

from resources.views import organisation, organisations

urlpatterns = [
    path("", organisations, name="organisations"),
    path("<str:key>/", organisation, name="organisation"),
]
