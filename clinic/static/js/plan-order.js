// Dragging an exercise to another place in its phase. What it sends is the page's own form, in the new order; the buttons
// "Earlier" and "Later" do the same by keyboard, and without this script.
const NEAR = 6; // pixels that a shaking hand may move without meaning to
const EDGE = 60; // pixels from the edge of the screen at which the page scrolls along
const form = document.querySelector(".building").closest("form");
let held; // what is being moved: { step, list, order, from, lifted }

for (const header of document.querySelectorAll(".in-order > .chosen:not(:only-child) > header")) {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.setAttribute("aria-hidden", "true");
  header.prepend(grip);
}

function lift(event) {
  held.list.classList.add("ordering"); // each shows its name alone, so the way is short
  held.step.classList.add("moving");
  const box = held.step.getBoundingClientRect();
  scrollBy({ top: box.top + box.height / 2 - event.clientY, behavior: "instant" });
  held.from = event.clientY + scrollY;
  held.lifted = true;
}

function follow(event) {
  const { step } = held;
  const down = event.clientY + scrollY - held.from;
  const beside = down > 0 ? step.nextElementSibling : step.previousElementSibling;
  const top = step.offsetTop;
  // The one beside it goes round it: the one in hand stays where it is in the page, else the pointer would lose it.
  if (beside && Math.abs(down) > beside.offsetHeight / 2) step[down > 0 ? "before" : "after"](beside);
  held.from += step.offsetTop - top;
  step.style.transform = `translateY(${event.clientY + scrollY - held.from}px)`;
}

function leave({ back }) {
  const { step, list, order } = held;
  if (back) list.append(...order);
  list.classList.remove("ordering");
  step.classList.remove("moving");
  step.style.transform = "";
  held = undefined;
}

function drop() {
  const { step, list, order } = held;
  leave({ back: false });
  if (order.every((one, place) => one === list.children[place])) return;
  const moved = document.createElement("input");
  Object.assign(moved, { type: "hidden", name: "moved", value: step.id });
  form.append(moved);
  form.requestSubmit();
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".in-order .grip");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const step = grip.closest(".chosen");
  held = { step, list: step.parentNode, order: [...step.parentNode.children], from: event.clientY + scrollY };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.lifted && Math.abs(event.clientY + scrollY - held.from) < NEAR) return;
  if (!held.lifted) lift(event);
  if (event.clientY < EDGE) scrollBy({ top: -EDGE / 4, behavior: "instant" });
  if (event.clientY > innerHeight - EDGE) scrollBy({ top: EDGE / 4, behavior: "instant" });
  follow(event);
});
document.addEventListener("pointerup", () => { if (held) drop(); });
document.addEventListener("pointercancel", () => { if (held) leave({ back: true }); });
document.addEventListener("keydown", (event) => { if (held && event.key === "Escape") leave({ back: true }); });
