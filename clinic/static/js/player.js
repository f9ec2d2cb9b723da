// Goes through the session that stands on the page as a list: one stage after the other fills the screen, without a
// network too. All its words come from the page; without this script the list is read.
const files = document.querySelector("#player").dataset;
const [{ Clock }, { Cues }] = await Promise.all([import(files.clock), import(files.cues)]);
const session = document.querySelector(".session");
const find = (selector, within = session) => within.querySelector(selector);
const all = (selector, within = session) => [...within.querySelectorAll(selector)];
const [BEEP, AGAIN, TURN] = [660, 770, 990]; // hertz
const SETTINGS = "player";

const text = (of, selector) => find(selector, of)?.textContent ?? "";
const parts = all(".part");
const stages = all(".stages > li").map((li) => ({
  ...li.dataset,
  part: li.closest(".part"),
  seconds: Number(li.dataset.seconds),
  each: Number(li.dataset.each),
  words: Object.fromEntries(["what", "side", "round", "about"].map((one) => [one, text(li, `.${one}`)])),
}));
const wants = Object.fromEntries(all(".settings input").map((box) => [box.name, box]));
const [main, now] = [find("[data-do=main]"), find(".now")];
const cues = new Cues(wants);
let clock = new Clock(stages, Date.now);
let screen = "list";
let shown, ticking; // the seconds on the screen

const showPart = (selector, words) => { find(selector).textContent = words; };
const face = (seconds) => (seconds < 60 ? `${seconds}` : `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`);

function show() {
  const on = screen === "play" && clock.paused ? ["play", "paused"] : [screen];
  for (const one of all("[data-on]")) one.hidden = !one.dataset.on.split(" ").some((when) => on.includes(when));
  session.dataset.screen = screen;
  session.dataset.paused = on.includes("paused") ? "yes" : "";
  find(".middle").tabIndex = screen === "play" ? 0 : -1; // where it scrolls, keys can scroll it
  for (const figure of all("[data-name]")) figure.hidden = screen === "play" && !belongs(figure);
  for (const part of parts) part.hidden = screen === "play" && part !== clock.stage.part;
  if (screen === "play") showStage();
}

// Where nothing comes before the hold, the hold is how it begins.
function belongs({ dataset, parentElement }) {
  const { kind, side } = clock.stage;
  const name = kind === "ready" && find("[data-name=start]", parentElement) ? "start" : "hold";
  return dataset.name === name && dataset.side === side;
}

function showStage() {
  const { stage } = clock;
  session.dataset.kind = stage.kind;
  const { late, paused } = now.dataset;
  showPart(".now .what", clock.late ? late : clock.paused ? paused : stage.words.what);
  showPart(".now .name", stage.kind === "ready" ? nameOf(stage) : "");
  showPart(".now .side", stage.words.side);
  showPart(".now .round", stage.words.round);
  const { words } = find(".progress").dataset;
  showPart(".progress", words.replace("{n}", parts.indexOf(stage.part) + 1).replace("{all}", parts.length));
  Object.assign(find("progress"), { value: clock.at, max: stages.length });
  const { pause, goOn, next } = main.dataset;
  main.textContent = clock.paused ? goOn : clock.byHand ? next : pause;
  find("[data-do=add]").setAttribute("aria-disabled", clock.byHand);
  showCount();
}

const nameOf = ({ part }) => text(part, "h2");

function showCount() {
  const { stage, byHand } = clock;
  const seconds = Math.ceil(clock.left / 1000);
  const held = stage.each && !byHand;
  const inHand = stage.kind !== "work" ? "" : stage.reps ? `${stage.reps} ×` : stage.seconds ? face(stage.seconds) : "";
  const big = byHand ? inHand : face(held && seconds ? (seconds - 1) % stage.each + 1 : seconds);
  showPart(".count", big);
  find(".count").dataset.long = big.length > 3 ? "yes" : "";
  showPart(".beside", held ? now.dataset.more.replace("{n}", Math.ceil(seconds / stage.each)) : byHand ? stage.words.about : "");
  if (shown !== undefined && shown !== seconds && clock.runs) count(seconds, held && stage.each);
  shown = seconds;
}

// A tone where the next repetition begins, and for the last three seconds.
function count(seconds, each) {
  if (each && seconds % each === 0) cues.tone(AGAIN);
  else if (seconds <= 3) cues.tone(BEEP);
}

// What stands on the screen at this stage, and no more.
function say() {
  const { stage } = clock;
  const { what, side, round } = stage.words;
  const lines = all(".told :is(li, p)", stage.part).filter((line) => line.offsetParent);
  const how = stage.kind === "ready" || stage === stages.find((one) => one.part === stage.part && one.kind === "work");
  const spoken = [what, stage.kind === "ready" && nameOf(stage), side, round, ...(how ? lines.map((line) => line.textContent) : [])];
  cues.say(spoken.filter(Boolean).join(". "));
}

// At another stage than before, or running again.
function arrive() {
  shown = undefined;
  if (clock.ended) return finish(now.dataset.wellDone);
  show();
  if (clock.paused) return rest();
  say();
  ticking ??= setInterval(tick, 200);
}

function rest() {
  ticking = clearInterval(ticking);
  cues.hush();
  cues.asleep();
}

function tick() {
  const { at } = clock;
  clock.tick();
  if (clock.at !== at) {
    cues.tone(TURN, 0.5);
    cues.buzz();
    arrive();
  } else if (clock.late) arrive();
  else if (screen === "play") showCount();
}

function finish(words) {
  clock.pause();
  rest();
  screen = "end";
  show();
  const heading = find("#over");
  heading.textContent = words;
  heading.focus();
  scrollTo(0, 0);
}

function play() {
  cues.unlock();
  screen = "play";
  clock.goOn();
  cues.awake();
  arrive();
  main.focus();
}

function pause() {
  clock.pause();
  arrive();
}

const presses = {
  start() {
    for (const image of all("img", find(".parts"))) image.loading = "eager"; // the network may go on the way
    clock = new Clock(stages, Date.now);
    clock.untimed = wants.untimed.checked;
    play();
    scrollTo(0, 0);
  },
  main() {
    if (clock.paused) play();
    else if (clock.byHand) presses.skip();
    else pause();
  },
  skip() { clock.to(clock.at + 1); arrive(); },
  back() { clock.to(clock.at - 1); arrive(); },
  add() { clock.add(15); show(); },
  stop() { finish(now.dataset.stopped); },
  help(event) {
    event.preventDefault();
    pause();
    screen = "help";
    show();
    const stop = document.querySelector("#stop");
    stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    scrollTo(0, 0);
  },
  resume() {
    screen = "play";
    show();
    main.focus();
  },
};
presses.again = presses.start;

session.addEventListener("click", (event) => presses[event.target.closest("[data-do]")?.dataset.do]?.(event));

const [LEFT, RIGHT] = document.documentElement.dir === "rtl" ? ["skip", "back"] : ["back", "skip"];
const KEYS = { " ": "main", ArrowLeft: LEFT, ArrowRight: RIGHT };
document.addEventListener("keydown", (event) => {
  const press = KEYS[event.key];
  if (screen !== "play" || !press || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (event.target.closest(event.key === " " ? "button, a, input" : "input")) return;
  event.preventDefault();
  presses[press]();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });

function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(SETTINGS)) ?? {};
    for (const [name, box] of Object.entries(wants)) box.checked = kept[name] ?? box.checked;
  } catch { /* a browser that keeps nothing begins anew */ }
}

find(".settings").addEventListener("change", () => {
  cues.unlock();
  clock.untimed = wants.untimed.checked;
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(Object.fromEntries(Object.entries(wants).map(([name, box]) => [name, box.checked]))));
  } catch { /* as above */ }
  show();
});

restore();
show();
