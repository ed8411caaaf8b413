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

CASEWORKER, LEADER, UNIT = "saksbehandler", "leder", "demo-nav"
COLLEAGUE, INSPECTOR, SPECIAL = "saksbehandler2", "tilsyn", "skjermet"
#: Whose cases the colleague sees from outside.
OWNER = "Guro Tindelykkja"
WIDE, NARROW = ViewportSize(width=1280, height=860), ViewportSize(width=320, height=720)


def signed_in(browser: Browser, url: str, user: str, password: str, size: ViewportSize = WIDE) -> Page:
    """A window of that size, at the first page of whoever signed in."""
    page = browser.new_context(viewport=size, locale="nb-NO", color_scheme="light").new_page()
    sign_in(page, url, user, password)
    return page


def take(page: Page, out: Path, name: str, *, is_whole: bool = False) -> None:
    """What the window shows, or the whole page."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=out / f"{name}.png", full_page=is_whole)


def open_first(page: Page, links: str) -> None:
    """The first of the links that lead to addresses like this one."""
    page.locator(f"main a[href{links}]").first.click()


def open_first_of(page: Page, url: str, owner: str) -> None:
    """The first household on the list that somebody follows and that is in temporary accommodation."""
    page.goto(urljoin(url, "/households?only=temporary"))
    page.locator("main tr", has_text=owner).locator('a[href^="/households/"]').first.click()


def look_around(browser: Browser, url: str, password: str, out: Path) -> None:
    """My day, the long stays, the first household among them, the rooms it could move to, and the figures."""
    take(signed_in(browser, url, CASEWORKER, password), out, "my-day")
    take(signed_in(browser, url, CASEWORKER, password, NARROW), out, "my-day-narrow")
    leader = signed_in(browser, url, LEADER, password)
    leader.goto(urljoin(url, f"/three-months?unit={UNIT}"))
    take(leader, out, "three-months")
    open_first(leader, '^="/households/"')
    take(leader, out, "household")
    caseworker = signed_in(browser, url, CASEWORKER, password)
    open_first_of(caseworker, url, OWNER)
    open_first(caseworker, '$="/move"')
    take(caseworker, out, "rooms")
    leader.goto(urljoin(url, "/figures"))
    take(leader, out, "front")
    leader.goto(urljoin(url, "/figures/month"))
    take(leader, out, "month")
    leader.goto(urljoin(url, "/figures/2.1"))
    take(leader, out, "indicator", is_whole=True)


def look_at_access(browser: Browser, url: str, password: str, out: Path) -> None:
    """A colleague's case, who has read a case, the leader's control, the policy, an inspection, the special unit."""
    colleague = signed_in(browser, url, COLLEAGUE, password)
    open_first_of(colleague, url, OWNER)
    take(colleague, out, "closed-case")
    caseworker = signed_in(browser, url, CASEWORKER, password)
    open_first_of(caseworker, url, OWNER)
    caseworker.goto(f"{caseworker.url.rstrip('/')}/read-log")
    take(caseworker, out, "read-log")
    leader = signed_in(browser, url, LEADER, password)
    leader.goto(urljoin(url, f"/log-control?unit={UNIT}"))
    # the month that runs: the demo's reads are of today
    leader.locator("main select[name=month]").select_option(index=0)
    leader.locator("main form[method=get] button[type=submit]").first.click()
    take(leader, out, "log-control")
    leader.goto(urljoin(url, "/access-policy"))
    take(leader, out, "access-policy")
    inspector = signed_in(browser, url, INSPECTOR, password)
    inspector.goto(urljoin(url, "/inspections"))
    open_first(inspector, '^="/inspections/"')
    take(inspector, out, "inspection")
    special = signed_in(browser, url, SPECIAL, password)
    special.goto(urljoin(url, "/special-unit"))
    take(special, out, "special-unit")


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
        look_at_access(browser, wanted.url, wanted.password, wanted.out)
        browser.close()
    sys.stdout.writelines(f"{picture}\n" for picture in sorted(wanted.out.glob("*.png")))


if __name__ == "__main__":
    main()
