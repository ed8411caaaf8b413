"""Forms drawn as Designsystemet draws them, from the templates of the site."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Uses `templates/django/forms` for controls and `templates/components/forms` for what stands around them."""

    form_template_name = "components/forms/form.html"
    formset_template_name = "components/forms/formset.html"
    field_template_name = "components/forms/field.html"
