"""Take a picture of a page in a browser and, if asked, check it with axe.

python scripts/shot.py URL OUT.png [--width 1280] [--height 900] [--full] [--axe]
                       [--user u --password p] [--dark] [--no-script] [--print]

Signs in at /sign-in first when a user is given. Ends with 1 when axe finds violations or the browser logs an error.
Needs chromium at /usr/bin/chromium (or CHROMIUM) and, for --axe, axe-core in node_modules (or AXE).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe holds against the page, one line each: rule, impact, number of places, the first place."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [_in_words(rule["id"], rule["impact"], rule["nodes"]) for rule in found["violations"]]


def _in_words(rule: str, impact: str, nodes: list[dict[str, Any]]) -> str:
    return f"{rule} ({impact}) x{len(nodes)}: {nodes[0]['target']} {nodes[0]['html'][:160]}"


def sign_in(page: Page, url: str, user: str, password: str) -> None:
    """Sign in by the form, as a person does."""
    page.goto(urljoin(url, "/sign-in"))
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def opened(browser: Browser, wanted: argparse.Namespace) -> Page:
    """A page of the size, colours and script that were asked for."""
    context = browser.new_context(
        viewport={"width": wanted.width, "height": wanted.height},
        color_scheme="dark" if wanted.dark else "light",
        java_script_enabled=not wanted.no_script,
        locale="nb-NO",
        # axe is put in by the browser itself, past the page's own content security policy
        bypass_csp=wanted.axe,
    )
    return context.new_page()


def look(wanted: argparse.Namespace) -> int:
    """Open, picture, check. The number of complaints."""
    complaints: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = opened(browser, wanted)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if wanted.user:
            sign_in(page, wanted.url, wanted.user, wanted.password)
        page.goto(wanted.url)
        page.wait_for_load_state("networkidle")
        if wanted.print:
            page.emulate_media(media="print")
        page.screenshot(path=wanted.out, full_page=wanted.full)
        wide = page.evaluate("document.documentElement.scrollWidth") if not wanted.no_script else 0
        if wide > wanted.width:
            complaints.append(f"the page is {wide} px wide in a window of {wanted.width}")
        if wanted.axe:
            complaints += violations(page)
        browser.close()
    sys.stdout.writelines(f"{line}\n" for line in complaints)
    return len(complaints)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("out")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    for switch in ("--full", "--axe", "--dark", "--no-script", "--print"):
        parser.add_argument(switch, action="store_true")
    sys.exit(1 if look(parser.parse_args()) else 0)


if __name__ == "__main__":
    main()
