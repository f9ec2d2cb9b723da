// The body chart of a note: a tap on a place (body-chart.js tells of it) adds its row to the list that the switch names,
// or goes to the row it has. The rows are the form; the pictures are drawn anew from them after every change.
const SVG = "http://www.w3.org/2000/svg";
const PRESET = { marks: { kind: "dull" }, treated: { pressure: "5" } };
const INK = "#3b1a12";
const chart = document.querySelector(".note-chart");
const said = chart.querySelector("[aria-live]");
const paths = [...chart.querySelectorAll("[data-place]")];

const part = (row, what) => row.querySelector(`[name$="-${what}"]`);
const value = (row, what) => part(row, what)?.value ?? "";
const nameOf = (place) => paths.find((path) => path.dataset.place === place)?.querySelector("title").textContent;
const tell = (place, words) => { said.textContent = `${nameOf(place) ?? ""}: ${words}`; };

// A list: its rows, and an empty one to make others of, which is taken off the page.
function listOf(box) {
  const name = box.dataset.list;
  const blank = box.querySelector("[data-blank]");
  blank.remove();
  blank.removeAttribute("data-blank");
  const rows = () => [...box.querySelectorAll(".spot")];
  let next = rows().length;

  function add(values) {
    const row = blank.cloneNode(true);
    for (const node of [row, ...row.querySelectorAll("[name]")]) {
      for (const key of ["id", "name"]) {
        if (node.hasAttribute(key)) node.setAttribute(key, node.getAttribute(key).replace(/-\d+/, `-${next}`));
      }
    }
    next += 1;
    for (const [what, set] of Object.entries(values)) part(row, what).value = set ?? "";
    box.querySelector(".add").before(row);
    return row;
  }

  return { name, box, rows, add, of: (place) => rows().find((row) => value(row, "place") === place) };
}

const lists = [...chart.querySelectorAll("[data-list]")].map(listOf);
const list = (name) => lists.find((one) => one.name === name);
const changed = () => chart.dispatchEvent(new Event("input", { bubbles: true }));

function number(row) {
  const [before, after] = [value(row, "before"), value(row, "after")];
  return after ? `${before || "–"}→${after}` : before;
}

function draw(kind, attributes, text) {
  const node = document.createElementNS(SVG, kind);
  for (const [name, set] of Object.entries(attributes)) node.setAttribute(name, set);
  if (text) node.textContent = text;
  return node;
}

function sign(x, y, width, height, round, text) {
  return [
    draw("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: round, fill: "#fff", stroke: INK, "stroke-width": 10 }),
    draw("text", { x, y: y + 54, "font-size": 150, "font-weight": 700, "text-anchor": "middle", fill: INK }, text),
  ];
}

// What a row says, for whoever hears the picture.
const words = (row) => [...row.querySelectorAll("select, input")].slice(1).filter((field) => field.value)
  .map((field) => field.selectedOptions?.[0].text ?? `${field.value} ${field.placeholder}`).join(", ");

function show(path) {
  const [hurt, treated] = ["marks", "treated"].map((name) => list(name).of(path.dataset.place));
  const picture = path.ownerSVGElement.querySelector("title").id;
  const kind = hurt && value(hurt, "kind");
  path.setAttribute("fill", hurt ? (kind ? `url(#${picture}-${kind})` : "#c2452d55") : "currentColor");
  path.setAttribute("fill-opacity", hurt ? 1 : 0.06);
  path.setAttribute("role", "button");
  const told = [[hurt, chart.dataset.hurts], [treated, chart.dataset.treated]].filter(([row]) => row);
  path.setAttribute("aria-label", [nameOf(path.dataset.place), ...told.map(([row, what]) => `${what}: ${words(row)}`)].join(". "));
  const [x, y] = path.dataset.at.split(" ").map(Number);
  const text = hurt && number(hurt);
  return [
    ...(treated ? [draw("path", { d: path.getAttribute("d"), fill: "none", stroke: "currentColor", "stroke-width": 34, "stroke-linejoin": "round" })] : []),
    ...(text ? sign(x, y, 130 + 80 * text.length, 210, 105, text) : []),
    ...(treated ? sign(x, y + (text ? 230 : 0), 190, 190, 0, "T") : []),
  ];
}

function drawAll() {
  for (const svg of chart.querySelectorAll("svg[data-view]")) {
    const drawn = [...svg.querySelectorAll("[data-place]")].flatMap(show);
    svg.querySelector("[data-marked]").replaceChildren(...drawn);
  }
  for (const { rows } of lists) {
    for (const row of rows()) row.setAttribute("aria-label", nameOf(value(row, "place")) ?? row.getAttribute("aria-label"));
  }
}

// Pain is that on arrival, where it was asked.
const preset = (name) => (name === "marks" ? { before: new FormData(chart.closest("form")).get("pain_on_arrival") } : {});

chart.addEventListener("place", ({ target: { dataset: { place } } }) => {
  const { name, of, add } = list(chart.querySelector("[name=tap]:checked").value);
  const row = of(place);
  if (row) {
    part(row, "place").nextElementSibling.focus();
  } else {
    add({ place, ...PRESET[name], ...preset(name) });
    tell(place, chart.dataset.added);
    changed();
  }
});

chart.addEventListener("click", ({ target }) => {
  const row = target.closest(".remove")?.closest(".spot");
  if (row) {
    const box = row.closest("[data-list]");
    tell(value(row, "place"), chart.dataset.removed);
    row.remove();
    box.querySelector(".add").focus();
    changed();
  } else if (target.closest(".add")) {
    part(list(target.closest("[data-list]").dataset.list).add({}), "place").focus();
  } else if (target.dataset.told) {
    for (const told of JSON.parse(target.dataset.told)) if (!list("marks").of(told.place)) list("marks").add(told);
    changed();
  }
});

chart.querySelector(".tap-says").addEventListener("input", (event) => event.stopPropagation());
chart.addEventListener("input", drawAll);
chart.classList.add("live");
drawAll();
