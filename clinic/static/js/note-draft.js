// Saves a note while it is being typed: a moment after the last key, every two seconds at most. One save at a time,
// so that an older text never overtakes a newer. Without this script the Save button does the same.
const form = document.querySelector("form[data-draft]");
const status = document.querySelector(".saved");
const PAUSE = 700;
const LONGEST = 1800;
let timer, firstUnsaved, saving;
let changed = false;
let signedOut = false;

const say = (text) => { status.textContent = text; };

const post = (keepalive) => fetch(form.dataset.draft, {
  method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive,
});

// Who has signed in again, on another page, has a new token. The words on this page can then be sent with it.
async function signedInAgain() {
  const note = await fetch(form.dataset.draft.replace(/\/draft$/, ""));
  const page = new DOMParser().parseFromString(await note.text(), "text/html");
  const token = page.querySelector("form[data-draft] [name=csrf_token]")?.value;
  if (token) form.elements.csrf_token.value = token;
  signedOut = !token;
  return !signedOut;
}

async function send(keepalive) {
  changed = false;
  firstUnsaved = undefined;
  say(status.dataset.saving);
  try {
    let answer = await post(keepalive);
    signedOut = answer.status === 403 || answer.status === 400;
    if (signedOut && await signedInAgain()) answer = await post(keepalive);
    changed ||= signedOut;
    if (signedOut) say(status.dataset.signedOut);
    else if (answer.ok) say((await answer.json()).saved);
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

// Somebody leaves, or comes back from signing in.
document.addEventListener("visibilitychange", () => save(document.visibilityState === "hidden"));

form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  changed = false;
  if (!saving && !signedOut) return;
  event.preventDefault();
  await saving;
  saving = undefined;
  if (signedOut && !await signedInAgain().catch(() => false)) return;
  form.requestSubmit(event.submitter);
});
