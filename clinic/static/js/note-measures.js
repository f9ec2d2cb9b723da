// The sentence under the two scales while they are tapped, and one more row for an activity. Without this script the
// sentence comes with the next page, and so does the row.
const pains = document.querySelector(".pains");
const sentence = pains.querySelector("[role=status]");
const within = pains.querySelector(".within");

const tapped = (name) => pains.querySelector(`[name=${name}]:checked`)?.value ?? "";

function compare() {
  const [arrival, end] = ["pain_on_arrival", "pain_at_end"].map(tapped);
  const lower = arrival - end;
  const { same, higher, lower: less } = sentence.dataset;
  const words = lower > 0 ? less : higher;
  within.textContent = !arrival || !end ? "" : lower ? words.replace("#", Math.abs(lower)) : same;
}

pains.addEventListener("input", compare);

const MOST = 5;
const another = document.querySelector(".activities .another");
const rows = () => [...document.querySelectorAll(".activity")];

another.hidden = rows().length >= MOST;
another.addEventListener("click", () => {
  const last = rows().at(-1);
  const row = last.cloneNode(true);
  const next = rows().length;
  for (const one of row.querySelectorAll("[id], [for]")) {
    for (const name of ["id", "name", "for"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/-\d+-/, `-${next}-`));
    }
    if ("value" in one) one.value = "";
  }
  row.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+/, next + 1));
  row.querySelectorAll(".error").forEach((one) => one.remove());
  last.after(row);
  another.hidden = next + 1 >= MOST;
  row.querySelector("input").focus();
});
