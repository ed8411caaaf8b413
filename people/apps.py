from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import checks, key_checks, sign_in_checks  # noqa: F401
        from people.privileges import after_migrate

        post_migrate.connect(after_migrate, sender=self)
