from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpiConfig(AppConfig):
    name = "kpi"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from cases.nightly import each_day
        from kpi.actions.form_checks import check_forms
        from kpi.actions.sent_cells import offer_to_import

        offer_to_import()
        each_day("kostra", check_forms)
