// The big buttons without waiting for the server: a tap adds a row with the time on the clinic's wall, or says that they
// agreed aloud. Without this script each saves the draft, and the server does the same.
const events = document.querySelector(".events");
const rows = events.querySelector(".stops");

const now = () => new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", timeZone: events.dataset.zone,
}).format();
const changed = () => events.dispatchEvent(new Event("input", { bubbles: true }));

// A number no row has had on this page, so that no label ever belongs to two.
let next = rows.children.length;

function addStop(kind) {
  const row = events.querySelector(`template[data-stop="${kind}"]`).content.cloneNode(true);
  const name = `stops-${next}`;
  next += 1;
  for (const one of row.querySelectorAll("*")) {
    for (const attribute of ["id", "for", "name", "value"]) {
      const value = one.getAttribute(attribute);
      if (value?.startsWith("stops-new")) one.setAttribute(attribute, value.replace("stops-new", name));
    }
  }
  row.querySelector("[type=time]").value = now();
  rows.append(row);
  events.querySelector(".stopping").open = false;
  rows.lastElementChild.querySelector("[type=text]").focus({ preventScroll: true });
  rows.lastElementChild.scrollIntoView({ block: "nearest" });
  changed();
}

function agree(yes) {
  const asked = events.querySelector(".aloud");
  const at = yes ? `${now()}, ${events.dataset.by}` : "";
  asked.querySelector("[name=asked_again]").value = yes ? "y" : "";
  asked.querySelector("[name=asked_again_at]").value = at;
  asked.querySelector(".when").textContent = at;
  asked.querySelector("button").hidden = yes;
  asked.querySelector("details").hidden = !yes;
  asked.querySelector("details").open = false;
  asked.querySelector(yes ? "summary" : "button").focus();
  changed();
}

function addDone(chip) {
  const done = chip.closest(".stop").querySelector("[type=text]");
  done.value = [done.value, chip.textContent].filter(Boolean).join(", ");
  changed();
}

events.classList.add("live");
events.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  if (button.name === "stop") addStop(button.value);
  else if (button.name === "agreed") agree(button.value === "yes");
  else if (button.name === "stop_away") { button.closest(".stop").remove(); changed(); }
  else addDone(button);
});
