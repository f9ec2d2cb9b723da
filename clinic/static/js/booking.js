// Booking at the desk: clients are listed while somebody types, Enter takes the first; and what is asked is answered
// at once, by the same page that the "Show times" button draws.
const search = document.querySelector("#client-search");
const form = document.querySelector("#booking");
const PAUSE = 120;

function listWhileTyping() {
  const field = search.elements.q;
  const list = document.querySelector("#matches");
  let timer, asked = 0, found = Promise.resolve(), active = 0;

  const options = () => [...list.children];

  function mark(next) {
    active = Math.max(0, Math.min(next, options().length - 1));
    options().forEach((option, n) => option.setAttribute("aria-selected", n === active));
    field.setAttribute("aria-activedescendant", options()[active]?.id ?? "");
    options()[active]?.scrollIntoView({ block: "nearest" });
  }

  // All that was asked so far goes along to the page of whoever is picked.
  function hrefOf(picked) {
    const asked = new URLSearchParams(new FormData(search));
    asked.delete("q");
    for (const [name, value] of Object.entries(picked)) asked.set(name, value);
    return `${search.getAttribute("action")}?${asked}`;
  }

  function optionFor(name, about, picked) {
    const option = document.createElement("li");
    const [words, small] = [document.createElement("b"), document.createElement("small")];
    words.textContent = name;
    small.textContent = about.filter(Boolean).join(" · ");
    option.role = "option";
    option.dataset.href = hrefOf(picked);
    option.append(words, " ", small);
    return option;
  }

  function show(matches) {
    const text = field.value.trim();
    const somebody = matches.map((one) => optionFor(one.name, [one.phone, one.email, one.last_visit], { client: one.id }));
    const somebodyNew = optionFor(search.dataset.new, [text], { new: text || " " });
    list.replaceChildren(...somebody, somebodyNew);
    options().forEach((option, n) => { option.id = `match-${n}`; });
    mark(0);
  }

  async function look() {
    const mine = ++asked;
    const answer = await fetch(`${search.dataset.matches}?${new URLSearchParams({ q: field.value })}`);
    const matches = await answer.json();
    if (answer.ok && mine === asked) show(matches);
  }

  function later() {
    clearTimeout(timer);
    found = new Promise((done) => { timer = setTimeout(() => done(look().catch(() => {})), PAUSE); });
  }

  function take(option) {
    if (option) location.assign(option.dataset.href);
  }

  field.role = "combobox";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  list.role = "listbox";
  show([]);
  field.addEventListener("input", later);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    mark(active + step);
  });
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  search.addEventListener("submit", async (event) => {
    event.preventDefault();
    await found; // Enter may be quicker than the list
    take(options()[active]);
  });
}

let latest = 0;

async function ask() {
  const mine = ++latest;
  const answer = await fetch(form.dataset.again, { method: "POST", body: new FormData(form) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || mine !== latest) return;
  for (const part of form.querySelectorAll("[data-live]")) {
    const within = part.contains(document.activeElement);
    part.replaceChildren(...page.getElementById(part.id).childNodes);
    if (within) part.querySelector("button, input:not([type=hidden])")?.focus();
  }
}

// A part of the safety list that was not answered is told of before it is sent: what was ticked never comes back.
function unanswered() {
  return [...form.querySelectorAll(".aloud")].find((part) => !part.querySelector(":checked"));
}

form.addEventListener("submit", (event) => {
  const part = event.submitter?.value === form.elements.read_aloud?.value && unanswered();
  const tick = part && part.querySelector("input");
  if (!tick) return;
  event.preventDefault();
  tick.setCustomValidity(part.dataset.missing);
  tick.reportValidity();
  part.addEventListener("change", () => tick.setCustomValidity(""), { once: true });
});

if (search) listWhileTyping();
form.addEventListener("change", (event) => {
  if (event.target.closest("[data-asks]") || ["name", "phone", "email"].includes(event.target.name)) ask().catch(() => {});
});
