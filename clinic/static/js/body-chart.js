// The pictures of a body chart: a tap, or Enter, ticks the place in the list, and what the list says is drawn.
// The list is the form; without this script it is all there is.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middleOf(path) {
  const { x, y, width, height } = path.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}

// The nearest place in that direction; one that lies askew counts as farther away.
function beside(path, paths, [dx, dy]) {
  const [x, y] = middleOf(path);
  const away = (other) => {
    const [ox, oy] = middleOf(other);
    const [along, across] = [(ox - x) * dx + (oy - y) * dy, Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx)];
    return along > 1 ? along + 2 * across : Infinity;
  };
  const nearest = paths.reduce((best, other) => (away(other) < away(best) ? other : best), path);
  return nearest;
}

// A tap on a place, or Enter, is told as an event of the place; the arrow keys walk from one to the next.
function walk(svg) {
  const paths = [...svg.querySelectorAll("[data-place]")];
  const enter = (path) => {
    paths.forEach((other) => other.setAttribute("tabindex", other === path ? 0 : -1));
  };
  const choose = (path) => path.dispatchEvent(new Event("place", { bubbles: true }));
  for (const path of paths) {
    path.setAttribute("aria-label", path.querySelector("title").textContent);
    path.addEventListener("click", () => { enter(path); choose(path); });
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(path);
      else if (STEPS[event.key]) {
        const next = beside(path, paths, STEPS[event.key]);
        enter(next);
        next.focus();
      } else return;
      event.preventDefault();
    });
  }
  for (const strip of svg.querySelectorAll("[data-near]")) {
    strip.addEventListener("click", () => { paths.find((path) => path.dataset.place === strip.dataset.near).dispatchEvent(new Event("click")); });
  }
  svg.setAttribute("role", "group");
  enter(paths[0]);
}

function live(chart) {
  const said = chart.querySelector("[role=status]");
  const boxes = new Map([...chart.querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box]));
  const how = (box, what) => box.form.elements[`${box.name}-${box.value}-${what}`];

  function draw(path) {
    const box = boxes.get(path.dataset.place);
    const kind = how(box, "kind").value || "stiff";
    const name = path.ownerSVGElement.querySelector("title").id;
    path.setAttribute("aria-checked", box.checked);
    path.setAttribute("fill", box.checked ? `url(#${name}-${kind})` : "currentColor");
    path.setAttribute("fill-opacity", box.checked ? 1 : 0.06);
  }

  const drawAll = () => chart.querySelectorAll("[data-place]").forEach(draw);

  function toggle(path) {
    const box = boxes.get(path.dataset.place);
    box.checked = !box.checked;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = `${path.getAttribute("aria-label")}: ${box.checked ? said.dataset.marked : said.dataset.notMarked}`;
  }

  for (const path of chart.querySelectorAll("[data-place]")) path.setAttribute("role", "checkbox");
  chart.addEventListener("place", (event) => toggle(event.target));

  const whole = chart.querySelector(".whole-list");
  whole.addEventListener("click", () => {
    whole.setAttribute("aria-pressed", chart.classList.toggle("whole"));
  });
  chart.addEventListener("input", drawAll);
  chart.classList.add("live");
  drawAll();
}

document.querySelectorAll(".bodies svg:has([data-place])").forEach(walk);
document.querySelectorAll(".body-chart").forEach(live);
