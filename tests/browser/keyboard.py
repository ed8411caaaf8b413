"""A person at a keyboard, without a mouse, and what is asked of every page they reach."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.functional import Promise
from playwright.sync_api import ConsoleMessage, Download, Locator, Page, ViewportSize, expect
from shot import violations

#: Tabs in a row after which a control counts as out of reach.
FAR = 300
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=800)
IS_FOCUSED = "element => element === document.activeElement"
#: How many times Tab is pressed from where the focus is to the first of some controls, as far as the page's elements
#: tell; of radio buttons of one name Tab stops at one.
TABS_TO = """found => {
    const named = one => one.type === "radio" && one.name ? [...document.getElementsByName(one.name)] : [one];
    const stops = one => (named(one).find(other => other.checked) ?? named(one)[0]) === one;
    const row = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility() && stops(one));
    const places = found.map(one => row.indexOf(one)).filter(place => place >= 0);
    const here = row.indexOf(document.activeElement);
    return here < 0 || !places.length ? 0 : Math.max(0, Math.min(...places) - here);
}"""
#: How wide the page is; what scrolls in a frame of its own does not count.
WIDTH = "document.scrollingElement.scrollWidth"
#: Frames that scroll and cannot be reached, once the page has answered to its new size.
OUT_OF_REACH = """() => new Promise(answer => requestAnimationFrame(() => answer(
    [...document.querySelectorAll(".varig-table-frame, .varig-drawing")]
        .filter(frame => frame.scrollWidth > frame.clientWidth && frame.clientWidth && frame.tabIndex < 0)
        .map(frame => frame.ariaLabel))))"""
#: What axe judges a page by, as text: its elements with what they are and how they look, without its words. Alike
#: elements in a row, such as a table's, are told once. Ids that stand twice, and fields without a label, are told too.
SHAPE = """() => {
    const states = "checked|current|disabled|expanded|hidden|invalid|level|live|pressed|required|selected|sort";
    const told = new RegExp(`^(class|role|type|scope|lang|tabindex|hidden|open|disabled|aria-(${states})|data-.*)$`);
    const said = one => told.test(one.name) ? `${one.name}=${one.value}` : one.value ? one.name : `${one.name}=`;
    const attributes = element => [...element.attributes].map(said).sort().join(" ");
    const shape = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent.trim() ? "." : "";
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        const parts = [];
        for (const child of node.childNodes) {
            const part = shape(child);
            if (part && part !== parts.at(-1)) parts.push(part);
        }
        const labels = node.labels ? ` labels=${node.labels.length}` : "";
        return `<${node.localName} ${attributes(node)}${labels}>${parts.join("")}</>`;
    };
    const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at).length;
    return `${twice} ${shape(document.documentElement)}`;
}"""


class Judged:
    """The shapes of pages that axe has found nothing in, in this run: of every process, each a line of one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.touch()

    def __contains__(self, shape: str) -> bool:
        return f"{shape}\n" in self._file.read_text("ascii")

    def add(self, shape: str) -> None:
        with self._file.open("a", encoding="ascii") as file:
            file.write(f"{shape}\n")


class Keyboard:
    """One browser window. Controls are named as a screen reader names them, and reached by Tab.

    Every page reached must be free of axe's violations (asked once of pages that differ by words alone), of errors
    in the console (a refused script or style is one), and no wider than a narrow window. `filled` counts the fields
    typed or chosen in, `reached` holds the paths.
    """

    def __init__(self, page: Page, server: str, *, judged: Judged, script: bool = True) -> None:
        self.page = page
        self._known = judged
        self._server = server
        self._has_script = script
        self._errors: list[str] = []
        self.filled = 0
        self.reached: list[str] = []
        page.set_default_timeout(15_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._errors.append(str(error)))

    # Ways about

    def open(self, path: str) -> None:
        """Write an address in the address bar."""
        self.page.goto(self._server + path)
        self.arrive()

    def sign_in(self, username: str, password: str) -> None:
        self.type("Username", username)
        self.type("Password", password)
        self.press("Sign in")

    def follow(self, link: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Go to a link and press Enter; the page it leads to is looked at."""
        self._go(self._control("link", link, within))

    def press(self, button: str, *, within: Locator | None = None) -> None:
        """Go to a button and press Enter; the page it leads to is looked at."""
        self._go(self._control("button", button, within))

    def download(self, link: str | re.Pattern[str]) -> bytes:
        self.to(self._control("link", link))
        with self.page.expect_download() as started:
            self.page.keyboard.press("Enter")
        return _content(started.value)

    def back(self) -> None:
        """The browser's own way back, to a page that has been looked at already."""
        self.page.go_back()

    # Fields

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Write in a field in the place of what stands there."""
        self.to(self._field("textbox", label, within))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.filled += 1

    def choose(self, label: str, wanted: str | Promise) -> None:
        """Choose in a list by the arrow keys."""
        option = str(wanted)
        field = self._field("combobox", label)
        self.to(field)
        self.page.keyboard.press("Home")
        while _chosen(field) != option:
            before = _chosen(field)
            self.page.keyboard.press("ArrowDown")
            assert _chosen(field) != before, f"{label} does not offer {option}"
        self.filled += 1

    def pick(self, question: str, answer: str | Promise) -> None:
        """Pick one of several answers: Tab to the group, arrows inside it."""
        group = self.page.get_by_role("group", name=_named(question))
        wanted = group.get_by_role("radio", name=str(answer), exact=True)
        self._tab_until(group.get_by_role("radio"))
        for _each in range(group.get_by_role("radio").count()):
            if wanted.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert wanted.is_checked(), f"{answer} cannot be picked"
        self.filled += 1

    def tick(self, label: str) -> None:
        self.to(self._field("checkbox", label))
        self.page.keyboard.press("Space")
        self.filled += 1

    def unfold(self, summary: str) -> None:
        """Open what is folded away."""
        self.to(self.page.locator("summary", has_text=summary))
        self.page.keyboard.press("Enter")

    # What stands on the page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sees(self, *words: str) -> None:
        """All of it stands on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def table(self, caption: str) -> Locator:
        return self.page.get_by_role("table", name=re.compile(rf"^{re.escape(caption)}"))

    def value(self, label: str) -> str:
        """What stands in a text field."""
        return self._field("textbox", label).input_value()

    def is_told(self, sentence: str) -> None:
        """The page came back with this complaint on top, and the focus on it."""
        summary = self.page.get_by_role("alert")
        expect(summary).to_contain_text(sentence)
        assert self.page.title().startswith("Error: ")
        if self._has_script:
            assert summary.evaluate(IS_FOCUSED)

    # How it is done

    def to(self, control: Locator) -> None:
        """Press Tab until the control has the focus."""
        self._tab_until(control)

    def arrive(self) -> None:
        """Look at the page reached. axe needs script; the rest does not."""
        self.page.wait_for_load_state()
        self.reached.append(urlsplit(self.page.url).path)
        complaints = self._judged() if self._has_script else []
        self.page.set_viewport_size(NARROW)
        complaints += self._when_narrow()
        self.page.set_viewport_size(WIDE)
        assert not [*complaints, *self._errors], f"{self.reached[-1]}: {[*complaints, *self._errors]}"

    def _judged(self) -> list[str]:
        """What axe holds against the page, unless it has judged one of the same shape."""
        shape = sha256(self.page.evaluate(SHAPE).encode()).hexdigest()
        if shape in self._known:
            return []
        complaints = violations(self.page)
        if not complaints:
            self._known.add(shape)
        return complaints

    def _when_narrow(self) -> list[str]:
        wide = self.page.evaluate(WIDTH)
        too_wide = [f"{wide} px wide in a window of {NARROW['width']}"] if wide > NARROW["width"] else []
        frames = self.page.evaluate(OUT_OF_REACH) if self._has_script else []
        return too_wide + [f"the keyboard cannot scroll {frame}" for frame in frames]

    def _go(self, control: Locator) -> None:
        self.to(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.arrive()

    def _tab_until(self, control: Locator) -> None:
        control.first.wait_for()
        found = control.element_handles()
        # as many as it should take at once: to look where one is after each takes as long as to press
        for _tab in range(self.page.evaluate(TABS_TO, found)):
            self.page.keyboard.press("Tab")
        for _tab in range(FAR):
            if self.page.evaluate("found => found.includes(document.activeElement)", found):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {control} on {self.page.url}")

    def _control(self, role: str, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        whole = within or self.page
        found = whole.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        expect(found.first).to_be_visible()
        # The menu and the tabs may name the same page as the content does: the content's is meant.
        return found if found.count() == 1 or within else self.main.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]

    def _field(self, role: str, label: str, within: Locator | None = None) -> Locator:
        found = (within or self.page).get_by_role(role, name=_named(label))  # type: ignore[arg-type]
        expect(found).to_have_count(1)
        return found

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._errors.append(message.text)


def _named(label: str) -> re.Pattern[str]:
    """A field's whole name, with or without the word that it may be left empty."""
    return re.compile(rf"^{re.escape(label)}( \(optional\))?$")


def _chosen(field: Locator) -> str:
    return str(field.evaluate("list => list.selectedOptions[0]?.text ?? ''"))


def _content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()
