"""Take the README's pictures from a running demo: every page wide, my day on a narrow screen too.

python scripts/tour.py [URL] [--password p] [--out docs/pictures]

Needs what `shot.py` needs. The pictures are as Varig is first met: in bokmål, on the demo's own day.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from shot import CHROMIUM, ROOT, SWITCHES, sign_in

CASEWORKER, LEADER = "saksbehandler", "leder"
WIDE, NARROW = ViewportSize(width=1280, height=860), ViewportSize(width=320, height=720)


def signed_in(browser: Browser, url: str, user: str, password: str, size: ViewportSize = WIDE) -> Page:
    """A window of that size, at the first page of whoever signed in."""
    page = browser.new_context(viewport=size, locale="nb-NO", color_scheme="light").new_page()
    sign_in(page, url, user, password)
    return page


def take(page: Page, out: Path, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=out / f"{name}.png")


def open_first(page: Page, links: str) -> None:
    """The first of the links that lead to addresses like this one."""
    page.locator(f"main a[href{links}]").first.click()


def look_around(browser: Browser, url: str, password: str, out: Path) -> None:
    """From my day to a household that can be moved, the rooms for it, the long stays and a figure."""
    leader = signed_in(browser, url, LEADER, password)
    leader.goto(urljoin(url, "/three-months"))
    take(leader, out, "three-months")
    leader.goto(urljoin(url, "/figures/2.1"))
    take(leader, out, "indicator")
    caseworker = signed_in(browser, url, CASEWORKER, password)
    take(caseworker, out, "my-day")
    caseworker.goto(urljoin(url, "/households?only=temporary"))
    open_first(caseworker, '^="/households/"')
    take(caseworker, out, "household")
    open_first(caseworker, '$="/move"')
    take(caseworker, out, "rooms")
    take(signed_in(browser, url, CASEWORKER, password, NARROW), out, "my-day-narrow")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000/")
    parser.add_argument("--password", default="varig-demo-2026")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        look_around(browser, wanted.url, wanted.password, wanted.out)
        browser.close()
    sys.stdout.writelines(f"{picture.relative_to(ROOT)}\n" for picture in sorted(wanted.out.glob("*.png")))


if __name__ == "__main__":
    main()
