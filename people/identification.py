"""National ids as this instance takes them, with a sentence for each rule that one can break."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.national_ids import NationalId, NotANationalId, Rule, read_national_id
from people.refusals import Refusal

NATIONAL_ID_SENTENCES: dict[Rule, str | Promise] = {
    Rule.DIGITS: _("A national id has digits only."),
    Rule.LENGTH: _("A national id has 11 digits, a DUF number 12."),
    Rule.DATE: _("The first digits of the national id are not a date."),
    Rule.CHECK_DIGITS: _("The last digits of the national id do not agree with the others. Check for a typing error."),
    Rule.SERIES: _("National ids of this series are not taken here."),
}


class NotIdentified(Refusal):
    """The text is no national id; `rule` says which rule it breaks."""

    def __init__(self, rule: Rule, *, field: str = "national_id") -> None:
        super().__init__(NATIONAL_ID_SENTENCES[rule], field=field)
        self.rule = rule


def identify(text: str, *, field: str = "national_id") -> NationalId:
    """Read a national id of one of the series that `settings.NATIONAL_ID_SERIES` names.

    :param field: the form field at fault when it is none
    :raises NotIdentified: naming the rule broken
    """
    series = settings.NATIONAL_ID_SERIES
    try:
        return read_national_id(text, real="real" in series, synthetic="synthetic" in series)
    except NotANationalId as error:
        raise NotIdentified(error.rule, field=field) from None
