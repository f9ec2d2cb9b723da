"""What is measured of a page as it stands in the browser. Each answer is a list of faults."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOUR_RULES = ("color-contrast", "link-in-text-block")
AXE = """async asked => (await axe.run({runOnly: asked, resultTypes: ["violations"]})).violations
    .map(found => found.id + ": " + found.nodes.map(node => node.html.slice(0, 90)).join(" | "))"""
SIDEWAYS = """() => document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => "wider than the page: " + e.outerHTML.slice(0, 90)).slice(0, 3)
    : []"""
# Links inside running text may be as low as their line, and a tick box is as high as the label around it.
SMALL = """() => [...document.querySelectorAll("a[href], button:not([aria-hidden=true]), input:not([type=hidden]), select, textarea")]
    .map(e => [e, (/radio|checkbox/.test(e.type) ? e.closest("label") : e).getBoundingClientRect()])
    .filter(([e, box]) => box.height && box.height < 43.5 && box.bottom > 0 && !(
        getComputedStyle(e).display == "inline" &&
        [...e.parentNode.childNodes].some(beside => beside.nodeType == 3 && beside.data.trim())))
    .map(([e, box]) => `only ${box.height} px high: ` + e.outerHTML.slice(0, 90))"""
FOCUS = """() => {
    const e = document.activeElement, box = e.getClientRects()[0], style = getComputedStyle(e);
    if (e === document.body) return null;
    // Of what is larger than the screen, the part that is on it.
    const across = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const down = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const there = document.elementFromPoint(across, down);
    return {
        ringed: style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2,
        seen: there !== null && (e.contains(there) || there.contains(e)),
        html: e.outerHTML.slice(0, 90),
    };
}"""
TABS = 40  # a page of times has hundreds of tiles, all alike
SLIM = """([view, side]) => {
  // For each place: whether there is a square of this many pixels in which every tap is one of that place.
  window.scrollTo(0, 0);
  const svg = document.querySelector(`.bodies svg[data-view="${view}"]`), box = svg.getBoundingClientRect();
  const places = new Set([...svg.querySelectorAll("[data-place]")].map((path) => path.dataset.place));
  const columns = Math.ceil(box.width), most = new Map([...places].map((place) => [place, 0]));
  let above = [];
  for (let y = 0; y < box.height; y++) {
    window.scrollTo(0, box.top + y - 100);
    const top = svg.getBoundingClientRect().top, row = [];
    for (let x = 0; x < columns; x++) {
      const { place, near } = document.elementFromPoint(box.left + x + 0.5, top + y + 0.5)?.dataset ?? {};
      const name = place ?? near;
      const [left, up, corner] = [row[x - 1], above[x], above[x - 1]].map((one) => (one && one.name === name ? one.size : 0));
      row.push({ name, size: name ? 1 + Math.min(left, up, corner) : 0 });
      if (name) most.set(name, Math.max(most.get(name), row[x].size));
    }
    above = row;
  }
  return [...most].filter(([, size]) => size < side).map(([place, size]) => `${place} ${size}`);
}"""


def axe(page: Page) -> list[str]:
    """All rules in light; in dark those about colour again, for a theme changes nothing else."""
    page.evaluate("scrollTo(0, 0)")  # wherever a state left it: what stays in reach lies over other things further down
    page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
    page.emulate_media(color_scheme="light")
    faults = page.evaluate(AXE, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    return faults + [f"dark {fault}" for fault in page.evaluate(AXE, {"type": "rule", "values": COLOUR_RULES})]


def sideways(page: Page) -> list[str]:
    return page.evaluate(SIDEWAYS)


def small_targets(page: Page) -> list[str]:
    return page.evaluate(SMALL)


def lost_focus(page: Page) -> list[str]:
    """Tab through the page: what has no ring, or lies under something or outside what is shown."""
    page.evaluate("document.activeElement.blur()")
    lost = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUS)
        if focused is None:
            break
        lost += [f"{fault}: {focused['html']}" for fault in ("ringed", "seen") if not focused[fault]]
    return lost


def slim_places(page: Page, view: str, side: int = 24) -> list[str]:
    """The places of a body chart where no square of so many pixels takes every tap, and how large theirs are."""
    return page.evaluate(SLIM, [view, side])
