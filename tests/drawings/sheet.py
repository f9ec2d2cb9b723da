"""All drawings of exercises on one page, for whoever draws them or looks them over, each with its words and its faults.

`make drawings` writes build/drawings/sheet.html, and photographs of it: in colour, in grey, in the dark, and as small as
in a list. `make drawings ARGS="bird_dog dead_bug"` takes these alone.
"""

import sys
from html import escape
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from playwright.sync_api import sync_playwright

from clinic.drawings import draw, look_of, pictures_of
from clinic.drawings.figure.checks import faults
from clinic.drawings.figure.pose_files import FOLDER
from clinic.drawings.figure.words import described
from tests.tools import NONE, chromium

MADE = Path(__file__).parents[2] / "build" / "drawings"
FLAGS = ["--no-sandbox"]  # a browser that root starts has none
KINDS = ("sheet", "grey", "dark", "small")
STYLE = """
body { margin: 12px; background: #fff; color: #25302f; font: 14px/1.35 sans-serif }
body.grey { filter: grayscale(1) }
body.dark { background: #14191b; color: #e6ecea }
section { display: flex; flex-wrap: wrap; gap: 12px; border-top: 1px solid #8888; padding: 8px 0 }
h2 { width: 100%; margin: 0; font-size: 16px }
figure { margin: 0; width: 400px }
.small figure { width: 110px }
.small figcaption span, .small .fault { display: none }
.fault { color: #c22 }
"""


def page(exercises, kind):
    sections = "".join(f"<section><h2>{exercise}</h2>{_figures(exercise)}</section>" for exercise in exercises)
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body class="{kind}">{sections}'


def _figures(exercise):
    try:
        pictures = pictures_of(exercise)
        look = {"felt": "Feel it here", "look": look_of(exercise), "among": tuple(pictures.values())}
        return "".join(_figure(name, picture, look) for name, picture in pictures.items())
    except ValueError as error:
        return f'<p class="fault">{escape(str(error))}</p>'


def _figure(name, picture, look):
    words, wrong = described(picture), faults(name, picture)
    svg = draw(picture, title=name, description=words, **look)
    told = f"<b>{name}</b><span> {escape(words)}</span>" + "".join(
        f'<p class="fault">{escape(one)}</p>' for one in wrong
    )
    return f"<figure>{svg}<figcaption>{told}</figcaption></figure>"


def photograph(browser, kind):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((MADE / f"{kind}.html").as_uri())
    page.screenshot(path=MADE / f"{kind}.png", full_page=True)
    page.close()


def main(exercises):
    MADE.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__)
    Babel(app, default_locale="en_GB")
    with app.app_context():
        for kind in KINDS:
            (MADE / f"{kind}.html").write_text(page(exercises, kind), encoding="utf-8")
    found = chromium() or sys.exit(NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for kind in KINDS:
            photograph(browser, kind)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(file.stem for file in FOLDER.glob("*.yaml")))
