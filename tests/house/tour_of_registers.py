"""The pages of what therapists hold, and of who has checked it."""

from tests.visitor import Visitor


def register_pages(app):
    """A therapist looks at their own register; the owner at everybody's."""
    ana, olu = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    yield "a therapist's own register", ana.get("/qualifications")
    yield from credential_pages(ana)
    olu.sign_in("olu")
    yield "everybody's registers", olu.get("/qualifications")
    yield "a register, for the owner", olu.get(olu.link("Ben Okafor"))
    yield from preset_pages(olu)


def credential_pages(ana):
    """What she enters: chosen, typed wrong, entered, put away and taken back out."""
    yield "what to enter", ana.get("/credentials/new?therapist=ana-moreau")
    yield "a preset's form", ana.get("/credentials/new?therapist=ana-moreau&preset=cnhc")
    yield "a credential with errors", ana.send("/credentials")
    yield "entered", ana.send("/credentials", starts_on="2025-05-01")
    paper = ana.link("Change : CNHC registration")
    yield "a credential", ana.get(paper)
    yield "changed meanwhile", ana.send(paper, revision="77")
    yield "put away", ana.post(f"{paper}/removal")
    yield "taken back out", ana.post(f"{paper}/return")


def preset_pages(olu):
    """What the register's forms are filled in with: seen, typed wrong, changed, hidden."""
    yield "presets", olu.get("/clinic/presets")
    yield "add a preset", olu.get("/clinic/presets/new")
    yield "a preset with errors", olu.send("/clinic/presets", level="4")
    yield "a preset", olu.get("/clinic/presets/cnhc")
    yield "a preset that was changed", olu.send("/clinic/presets/cnhc", hours="20")
    yield "a preset that is hidden", olu.post("/clinic/presets/cnhc/withdrawal")
    olu.post("/clinic/presets/cnhc/return")
