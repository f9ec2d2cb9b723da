// A number of a dose can be stepped up and down: by two large buttons, for oily hands on a tablet, and by the arrow keys.
// Typing it does the same, so nobody who listens to the page hears of the buttons. How long a session takes is asked
// for anew after every change.
const length = document.querySelector("#length");
const form = length.closest("form");
let wait; // until the hand rests
let asked = 0;

async function renew() {
  const turn = ++asked;
  const answer = await fetch(length.dataset.length, { method: "POST", body: new FormData(form) }).catch(() => undefined);
  if (!answer?.ok || turn !== asked) return; // without a network, saving tells it
  length.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
}

document.querySelector("#exercises").addEventListener("input", (event) => {
  if (!event.target.closest(".doses, .chips")) return;
  clearTimeout(wait);
  wait = setTimeout(renew, 400);
});

const by = (input) => (input.name.endsWith("_s") ? 5 : 1); // seconds by five

function step(input, way) {
  const next = (Math.trunc(Number(input.value)) || 0) + way * by(input);
  input.value = Math.max(next, input.name.endsWith("_s") ? 0 : 1);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const doses of document.querySelectorAll(".chosen .doses")) {
  doses.classList.add("stepped");
  for (const input of doses.querySelectorAll("input")) {
    const both = [["−", -1], ["+", 1]].map(([sign, way]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "step-by", textContent: sign, tabIndex: -1 });
      button.setAttribute("aria-hidden", "true");
      button.addEventListener("click", () => step(input, way));
      return button;
    });
    const row = document.createElement("span");
    row.className = "stepper";
    input.replaceWith(row);
    row.append(both[0], input, both[1]);
    input.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      step(input, way);
    });
  }
}
