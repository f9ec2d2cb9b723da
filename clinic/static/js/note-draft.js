// Saves a note while it is being typed: on this device at once, sealed (note-store.js), and at the clinic a moment after
// the last key, every two seconds at most. One save at a time, so that an older text never overtakes a newer. Without a
// connection it goes on trying; without a session it asks for one beside the note (note-sign-in.js). Without this script
// the Save button does the same.
const form = document.querySelector("form[data-draft]");
const status = document.querySelector(".saved");
const { draft } = form.dataset;
const { keys, store: storeModule, signIn, recovery } = status.dataset;
const { csrf_token: token, changes, key: page } = form.elements;
const [KEEP, PAUSE, LONGEST, RARELY] = [250, 700, 1800, 30_000];

let store; // on this device; none before its key has come
let keeping = Promise.resolve(); // one after the other
let waits = new Set(); // the names of fields that the clinic does not have as they are
let trouble; // why they cannot be sent: lost, signedOut or other
let pause = 0; // until the next try, where the last one found nobody
let asks = true; // to sign in, beside the note
let refused = "refused" in status.dataset; // this page tells of words that were not taken: they are nowhere else
let keepTimer, timer, firstUnsaved, saving;

const say = (text) => { status.textContent = text; };
const fields = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
let last = `${fields()}`;

function tell() {
  const kept = waits.size === 1 ? "offlineOne" : "offline";
  say(status.dataset[trouble === "lost" && store ? kept : trouble ?? "unsaved"].replace("{n}", waits.size));
}

function keep() {
  keepTimer = clearTimeout(keepTimer);
  const now = `${fields()}`;
  keeping = keeping.then(() => store?.keep(draft, page.value, now)).catch(() => { store = undefined; });
}

async function openStore() {
  const { NoteStore } = await import(storeModule);
  store = await NoteStore.open(keys, token.value).catch(() => undefined);
  if (waits.size) keep();
}

async function post(keepalive) {
  const body = fields();
  body.set("csrf_token", token.value);
  const signal = keepalive ? undefined : AbortSignal.timeout(20_000);
  const answer = await fetch(draft, { method: "POST", body, headers: { Accept: "application/json" }, keepalive, signal });
  const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
  return { status: answer.status, ...told };
}

// What the clinic says; nothing where it was not reached, or nobody is there who may save.
async function answered(keepalive) {
  let answer = await post(keepalive);
  if ([400, 403].includes(answer.status)) {
    trouble = "signedOut";
    tell();
    const { freshToken } = await import(signIn);
    const found = await freshToken(draft, document.querySelector("#sign-in-again"), asks);
    trouble = found.trouble;
    asks = trouble !== "signedOut";
    if (trouble) return undefined;
    token.value = found.token;
    await openStore();
    answer = await post(keepalive);
  }
  trouble = answer.saved || answer.message ? undefined : answer.status === 404 ? "other" : "lost";
  return trouble ? undefined : answer;
}

async function send(keepalive) {
  const [sent, upTo] = [waits, changes.value];
  waits = new Set();
  firstUnsaved = undefined;
  if (!trouble) say(status.dataset.saving);
  const answer = await answered(keepalive).catch(() => { trouble = "lost"; });
  if (!answer?.saved) waits = new Set([...sent, ...waits]);
  pause = answer ? 0 : Math.min(RARELY, Math.max(LONGEST, pause * 2));
  if (answer) say(waits.size && answer.saved ? status.dataset.unsaved : answer.saved ?? answer.message);
  else tell();
  if (pause) timer = setTimeout(save, pause);
  if (answer?.saved) refused = false;
  if (answer && !store) openStore();
  if (answer?.saved && changes.value === upTo) {
    keepTimer = clearTimeout(keepTimer);
    keeping = keeping.then(() => store?.drop(draft, page.value)).catch(() => {});
  }
}

async function save(keepalive = false) {
  while (saving) await saving;
  clearTimeout(timer);
  if (!waits.size) return;
  saving = send(keepalive);
  await saving;
  saving = undefined;
}

// A part of the page that changes fields by a script of its own says so as a field does.
function changed({ target }) {
  if (`${fields()}` === last) return;
  changes.value = Number(changes.value) + 1;
  last = `${fields()}`;
  waits.add(target.name ?? target.className);
  firstUnsaved ??= Date.now();
  keepTimer ??= setTimeout(keep, KEEP);
  tell();
  if (pause) return; // the next try is on its way
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, firstUnsaved + LONGEST - Date.now())));
}

async function start() {
  const [{ holds, seals }, { recover }] = [await import(storeModule), await import(recovery)];
  if (!seals()) return say(status.dataset.noCopy);
  navigator.locks.request(`page ${page.value}`, () => new Promise(() => {})); // as long as this page is open
  form.inert = !refused && await holds(draft);
  await openStore();
  if (form.inert && store) await recover(store, draft, token.value).catch(() => {});
  form.inert = false;
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("leaving", ({ detail }) => detail.push(save().then(() => keeping)));

// Somebody leaves, or comes back: from signing in, or to where there is a connection.
document.addEventListener("visibilitychange", () => {
  if (keepTimer) keep();
  save(document.visibilityState === "hidden");
});
addEventListener("online", () => {
  pause = 0;
  save();
});

form.addEventListener("submit", async (event) => {
  if (refused) waits.add("");
  if (!waits.size && !saving) return;
  event.preventDefault();
  asks = true;
  await save();
  if (trouble) return;
  waits = new Set();
  refused = false;
  form.requestSubmit(event.submitter);
});

start().catch(() => {});
