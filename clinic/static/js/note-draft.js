// Saves a note while it is being typed: a moment after the last key, every two seconds at most. One save at a time,
// so that an older text never overtakes a newer. Without this script the Save button does the same.
const form = document.querySelector("form[data-draft]");
const status = document.querySelector(".saved");
const PAUSE = 700;
const LONGEST = 1800;
let timer, firstUnsaved, saving;
let changed = false;

const say = (text) => { status.textContent = text; };

async function send(keepalive) {
  changed = false;
  firstUnsaved = undefined;
  say(status.dataset.saving);
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive,
    });
    if (answer.ok) say((await answer.json()).saved);
    else if (answer.status === 403 || answer.status === 400) say(status.dataset.signedOut);
    else say((await answer.json()).message);
  } catch {
    changed = true;
    firstUnsaved ??= Date.now();
    timer = setTimeout(save, LONGEST);
    say(status.dataset.lost);
  }
}

async function save(keepalive = false) {
  clearTimeout(timer);
  if (saving) await saving;
  if (!changed) return;
  saving = send(keepalive);
  await saving;
  saving = undefined;
}

form.addEventListener("input", () => {
  changed = true;
  firstUnsaved ??= Date.now();
  say(status.dataset.unsaved);
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, firstUnsaved + LONGEST - Date.now())));
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save(true);
});

form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  changed = false;
  if (!saving) return;
  event.preventDefault();
  await saving;
  saving = undefined;
  form.requestSubmit(event.submitter);
});
