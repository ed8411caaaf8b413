"""What people write who want a page to run it, or a statement to do something else."""

from __future__ import annotations

from itertools import cycle, islice

#: Each calls `alert` or sets `window.hit` if a page lets it.
MARKUP = [
    "<script>alert(1)</script>",
    "\"><script>window.hit='a'</script>",
    "'><img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "</title><script>alert(4)</script>",
    "</textarea><script>alert(5)</script>",
    '" autofocus onfocus=alert(6) x="',
    "<a href=javascript:alert(7)>x</a>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<div hx-get=/ hx-trigger=load hx-on::load=alert(8)>",
    "<style>*{background:url(/x)}</style>",
    "{{ 7*7 }}{% debug %}${alert(9)}",
    "<!--><math><mi//xlink:href='javascript:alert(1)'>",
    "\\u003cscript\\u003ealert(10)\\u003c/script\\u003e",
]
#: Wildcards, quotes and endings of SQL; text that no encoding or pattern likes.
STATEMENTS = [
    "%",
    "_",
    "\\",
    "'",
    '"',
    "' OR 1=1 --",
    "'; DROP TABLE people_person; --",
    "') UNION SELECT NULL --",
    "%s %(name)s %%",
    "$1 {0} :name",
    "a\x00b",
    "\ud800".encode("utf-8", "replace").decode(),
    "(?:a+)+$ [ ( * +",
    "é" * 5000,
    "1" * 400,
    "&|!:* <->",
]


def dose(first: int, longest: int) -> str:
    """As many of `MARKUP`, from one on, as there is room for."""
    text = ""
    for payload in islice(cycle(MARKUP), first % len(MARKUP), first % len(MARKUP) + len(MARKUP)):
        if len(text) + len(payload) + 1 <= longest:
            text += f" {payload}" if text else payload
    return text
