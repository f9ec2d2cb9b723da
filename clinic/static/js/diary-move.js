// Moving and lengthening visits by hand or by keyboard. What it sends is the form of the visit's own page, so the
// server judges it as it judges everything; without this script that page does the same.
const ROW = 5; // minutes
const STEP = 15; // minutes a key or a drag moves by; with the grid of five on the visit's own page
const said = document.querySelector("#said");
let held; // what is being moved: { line, column, starts, minutes, from }

document.querySelector("#how").hidden = false;

const paper = () => document.querySelector(".paper");
const columns = () => [...document.querySelectorAll(".paper > section")];
const first = () => Number(paper().dataset.first);
const within = (starts) => Math.min(Math.max(starts, first()), Number(paper().dataset.last) - STEP);
const rowHeight = () => parseFloat(getComputedStyle(paper()).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function ready() {
  for (const line of document.querySelectorAll(".line[data-change]")) {
    if (line.querySelector(".grip")) continue;
    line.classList.add("draggable");
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true");
    line.append(grip);
  }
}

function take(line) {
  const column = line.closest("section");
  held = { line, column, starts: Number(line.dataset.starts), minutes: Number(line.dataset.minutes), was: line.className, home: line.nextSibling, from: column };
  line.classList.add("moving");
}

function draw() {
  const { line, column, starts, minutes } = held;
  const list = column.querySelector("ol");
  if (line.parentNode !== list) list.append(line);
  line.style.gridRowStart = Math.max(Math.round((starts - first()) / ROW), 0) + 1;
  line.style.gridRowEnd = `span ${Math.max(Math.round(minutes / ROW), 3)}`;
}

function leave() {
  const { line, from, home } = held;
  from.querySelector("ol").insertBefore(line, home);
  line.classList.remove("moving");
  line.style.gridRowStart = line.style.gridRowEnd = "";
  held = undefined;
}

function keep() {
  const { line, column, starts, minutes } = held;
  const data = line.dataset;
  if (column === held.from && starts === Number(data.starts) && minutes === Number(data.minutes)) return leave();
  const form = document.querySelector("#change");
  form.action = data.change;
  form.elements.therapist.value = column.dataset.therapist || data.therapist;
  form.elements.room.value = column.dataset.room || 0; // the same where it is free, else any
  form.elements.on.value = column.dataset.on;
  form.elements.at.value = clock(starts);
  form.elements.minutes.value = minutes;
  form.elements.seen.value = data.seen;
  form.submit();
}

function tell() {
  const { line, column, starts, minutes } = held;
  const words = { name: line.querySelector("b").textContent, at: clock(starts), minutes, column: column.querySelector("h2").textContent.trim() };
  said.textContent = said.dataset.where.replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

// By hand.
let pressed;
document.addEventListener("pointerdown", (event) => {
  const line = event.target.closest?.(".line[data-change]");
  if (!line || event.button !== 0 || event.pointerType === "touch" && !event.target.closest(".grip")) return;
  pressed = { line, x: event.clientX, y: event.clientY, longer: Boolean(event.target.closest(".grip")) };
});
document.addEventListener("pointermove", (event) => {
  if (!pressed) return;
  const down = event.clientY - pressed.y;
  if (!held) {
    if (Math.abs(down) < 6 && Math.abs(event.clientX - pressed.x) < 6) return;
    take(pressed.line);
  }
  event.preventDefault();
  const by = Math.round(down / rowHeight() * ROW / STEP) * STEP;
  const { starts, minutes } = held.line.dataset;
  if (pressed.longer) {
    held.minutes = Math.min(Math.max(Number(minutes) + by, STEP), 240);
  } else {
    held.starts = within(Number(starts) + by);
    held.column = columns().find((column) => {
      const box = column.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    }) ?? held.column;
  }
  draw();
});
document.addEventListener("pointerup", () => {
  pressed = undefined;
  if (held) keep();
});
document.addEventListener("pointercancel", () => {
  pressed = undefined;
  if (held) leave();
});
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".line[data-change]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (document.querySelector(".moving")) event.preventDefault();
}, true);

// A tap on free time leads to booking it.
document.addEventListener("click", (event) => {
  const column = event.target.closest?.("section[data-book]");
  if (!column || !event.target.matches("ol, .away")) return;
  const down = event.clientY - column.querySelector("ol").getBoundingClientRect().top;
  const minutes = Math.floor(down / rowHeight() * ROW / STEP) * STEP;
  const at = new Date(Date.parse(column.dataset.firstAt) + minutes * 60_000).toISOString();
  const address = new URL(column.dataset.book, location.href);
  address.searchParams.set("at", at.slice(0, 16).replace(/[-:]/g, "") + "Z");
  location.assign(address);
});

// By keyboard.
const KEYS = {
  ArrowUp: (longer) => { if (longer) held.minutes = Math.max(held.minutes - STEP, STEP); else held.starts = within(held.starts - STEP); },
  ArrowDown: (longer) => { if (longer) held.minutes = Math.min(held.minutes + STEP, 240); else held.starts = within(held.starts + STEP); },
  ArrowLeft: () => { held.column = columns()[Math.max(columns().indexOf(held.column) - 1, 0)]; },
  ArrowRight: () => { held.column = columns()[Math.min(columns().indexOf(held.column) + 1, columns().length - 1)]; },
};
document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.(".line[data-change]");
  if (held && event.key === "Escape") { const link = held.line.querySelector("a"); leave(); link.focus(); said.textContent = ""; return; }
  if (held && event.key === "Enter") { event.preventDefault(); keep(); return; }
  if (!line || !event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  if (!held) take(line);
  KEYS[event.key](event.shiftKey);
  draw();
  tell();
  held.line.querySelector("a").focus();
});

document.addEventListener("diary-renewed", ready);
ready();
