from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpiConfig(AppConfig):
    name = "kpi"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from cases.demo.above import afterwards
        from cases.nightly import each_day
        from kpi.actions.form_checks import check_forms
        from kpi.actions.sent_cells import offer_to_import
        from kpi.demo import report_to_kostra
        from kpi.demo_results import give_a_key, report_results
        from kpi.demo_told import tell_of_itself

        offer_to_import()
        each_day("kostra", check_forms)
        # what is answered goes into the reports
        afterwards("answers", tell_of_itself)
        afterwards("kostra", report_to_kostra)
        afterwards("key", give_a_key)
        afterwards("results", report_results)
