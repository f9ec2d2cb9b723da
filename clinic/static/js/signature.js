// A name drawn on a canvas, sent as strokes of points on a field of 600 by 200. Whoever draws nothing types it.
const [WIDTH, HEIGHT, MOST_STROKES, MOST_POINTS, NEAREST] = [600, 200, 200, 5000, 2];

function live(part) {
  const canvas = part.querySelector("canvas");
  const sent = part.querySelector("input[type=hidden]");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let stroke;

  try { strokes = JSON.parse(sent.value || "[]"); } catch { /* nothing was drawn */ }

  function draw() {
    const scale = canvas.width / WIDTH;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 3 * scale, lineCap: "round", lineJoin: "round" });
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const points of strokes) {
      pen.beginPath();
      points.forEach(([x, y], n) => (n ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
      if (points.length === 1) pen.lineTo(points[0][0] * scale, points[0][1] * scale);
      pen.stroke();
    }
  }

  // Where on the field, to a tenth; a finger that leaves it stays on its edge.
  function at(event) {
    const box = canvas.getBoundingClientRect();
    const on = (share, most) => Math.round(Math.min(1, Math.max(0, share)) * most * 10) / 10;
    return [on((event.clientX - box.left) / box.width, WIDTH), on((event.clientY - box.top) / box.height, HEIGHT)];
  }

  function add(event) {
    const point = at(event);
    const last = stroke.at(-1);
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAREST) return;
    if (strokes.reduce((count, one) => count + one.length, 0) < MOST_POINTS) stroke.push(point);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (stroke || event.button || strokes.length >= MOST_STROKES) return;
    canvas.setPointerCapture(event.pointerId);
    strokes.push(stroke = []);
    add(event);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    add(event);
    draw();
  });
  function end() {
    stroke = undefined;
    sent.value = JSON.stringify(strokes.filter((points) => points.length));
  }
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  part.querySelector("button").addEventListener("click", () => {
    strokes = [];
    end();
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  part.classList.add("live");
  draw();
}

document.querySelectorAll(".signature").forEach(live);
