// A plan on its client's own phone: kept there once it was opened, and what is told without a network waits.

const box = document.querySelector("#on-this-device");
const words = box.dataset;
const { name, today, hold, flush, forget, waiting } = await import(words.queue);
const FILE = /="((?:\/static\/|\/logo\/|\/accent-|\/plans\/[^"/]+\/exercises\/)[^"]+)"/g;
const [SOON, AT_ONCE] = [8000, 2000]; // ms, until the clinic counts as out of reach; where every second counts
const isKept = "kept" in document.documentElement.dataset; // as plans-worker.js says it
const notNow = `${name} not kept`;
const unheard = new Error("New numbness waited, and the link opens nothing any more.");

// The pages that may be kept, and the files they are made of; what no page needs any more goes. A picture is fetched
// again each time, for the plan may have been sent anew; what has a version in its address is not.
async function keepPages() {
  const [cache, files, pages] = [await caches.open(name), new Set(), words.pages.split(" ")];
  for (const page of pages) {
    const answer = await fetch(page, { redirect: "manual" });
    if (answer.headers.get("Clinic-Keep") !== "plan") continue;
    for (const [, file] of (await answer.clone().text()).matchAll(FILE)) files.add(file);
    await cache.put(page, answer);
  }
  for (const { url } of await cache.keys()) {
    const address = url.slice(location.origin.length);
    if (!files.has(address) && !pages.includes(address)) await cache.delete(url);
    if (!address.startsWith("/plans/")) files.delete(address);
  }
  await Promise.allSettled([...files].map((file) => cache.add(file)));
  if (!(await cache.keys()).length) await caches.delete(name);
}

async function keepHere() {
  await navigator.serviceWorker.register("/plans/sw.js", { scope: "/plans/" });
  await navigator.serviceWorker.ready;
  if (!isKept) await keepPages();
}

async function show() {
  const kept = await caches.has(name);
  box.querySelector("p").textContent = kept ? words.kept : words.notKept;
  box.querySelector("button").textContent = kept ? words.forget : words.keep;
  box.hidden = false;
}

// The pages go at once; what was told and waits stays until the clinic has it, and is said to.
async function change() {
  if (await caches.has(name)) {
    localStorage.setItem(notNow, "yes");
    flush().catch(() => {});
    await caches.delete(name);
    await tellOfNetwork();
    const others = (await caches.keys()).filter((one) => one.startsWith("plan-"));
    if (!others.length) await (await navigator.serviceWorker.getRegistration("/plans/"))?.unregister();
  } else {
    localStorage.removeItem(notNow);
    await keepHere().catch(() => {});
  }
  await show();
}

// A sentence on the page, before or after this part of it; the one of its kind that stood there goes.
function say(kind, text, place) {
  document.querySelector(`.callout.${kind}`)?.remove();
  if (!text) return;
  const note = box.querySelector("template").content.firstElementChild.cloneNode(true);
  note.classList.add(kind);
  note.querySelector("p").textContent = text;
  place(note);
}

// What a kept page says of its day is not so on another. That a call is waited for stays.
function turnToToday() {
  for (const old of document.querySelectorAll(".practice > :is(.week, .callout)")) old.remove();
  const [title, form] = [document.querySelector(".practice > h2"), document.querySelector("#practice")];
  if (title) title.textContent = words.now;
  if (!form || form.querySelector("#told") || document.querySelector(".until-rung")) return;
  const save = form.querySelector("[name=told][value=told]");
  [save.value, save.textContent, form.querySelector("details").open] = ["done", words.done, true];
}

// What to do about new numbness, in place of the page and before anything is sent: it needs no clinic and no copy.
function showHelp() {
  const help = document.querySelector("#at-once").content.firstElementChild.cloneNode(true);
  const parts = [...document.querySelectorAll("main > *")].map((part) => [part, part.style.display]);
  help.id = "what-to-do-now";
  help.querySelector("button").addEventListener("click", () => {
    for (const [part, display] of parts) part.style.display = display;
    help.remove();
    tellOfNetwork();
  });
  for (const [part] of parts) part.style.display = "none";
  document.querySelector("main").prepend(help);
  scrollTo(0, 0);
  help.querySelector("h1").focus();
}

async function tellOfNetwork() {
  const count = await waiting().catch(() => 0);
  const waits = count === 1 ? words.waitsOne : count ? words.waits.replace("{n}", count) : "";
  const needsHelp = location.pathname === words.help || document.querySelector("#what-to-do-now"); // where nothing comes before the emergency words
  const offline = needsHelp ? "" : isKept || !navigator.onLine ? words.offline : "";
  for (const promise of document.querySelectorAll(".once-we-know")) promise.hidden = count > 0;
  const first = document.querySelector(needsHelp ? "main [role=alert]" : "main h1");
  say("offline", [offline, waits].filter(Boolean).join(" "), (note) => first.after(note));
}

// Whether the clinic has it, by the form as it is. It then leads back to the plan, or to what to do now.
async function posted(form, button, patience) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(patience) }).catch(() => undefined);
  if ([404, 410].includes(answer?.status) && (await forget())) throw unheard;
  if ([403, 404, 410, 422].includes(answer?.status)) throw new Error("The clinic has something to say about it.");
  return Boolean(answer?.ok) && [words.plan, words.help].includes(new URL(answer.url).pathname);
}

// As without a script: the clinic's answer is the page that comes next.
function asPage(form, button) {
  button.disabled = false;
  form.dataset.asPage = "yes";
  form.requestSubmit(button);
}

// As /plans/<token>/practice wants it; nothing where nothing was told.
function told(form, button) {
  const given = Object.fromEntries(new FormData(form, button));
  if (given.told === "numb") return { numb: true };
  const number = (pain) => (pain ? Number(pain) : null);
  const settled = given.settled ? given.settled === "yes" : null;
  const entry = { done: given.told === "done", pain: number(given.pain), pain_after: number(given.pain_after), felt: given.felt ?? "", settled };
  const isTold = settled !== null || Object.values(entry).some((answer) => answer || answer === 0);
  return isTold ? entry : undefined;
}

async function take(form, button) {
  const [help, numb] = [words.help, button?.value === "numb"];
  const entry = told(form, button);
  if (numb) showHelp();
  if (navigator.onLine && (await posted(form, button, numb ? AT_ONCE : SOON))) return location.assign(numb ? help : words.plan);
  if (!entry) return undefined;
  await hold(entry).catch((why) => { if (!numb) throw why; }); // the words that are shown do not give way
  const outcome = flush().catch(() => "waits");
  if (numb) return (await caches.match(help, { cacheName: name })) ? location.assign(help) : tellOfNetwork();
  if ((await outcome) === "sent") return location.assign(words.plan);
  say("later", words.later, (note) => form.before(note));
  document.querySelector(".callout.later").scrollIntoView({ block: "nearest" });
  return tellOfNetwork();
}

document.addEventListener("submit", (event) => {
  const [form, button] = [event.target, event.submitter];
  if (!button || event.defaultPrevented || form.dataset.asPage || !form.action.endsWith("/log")) return;
  event.preventDefault();
  const taken = take(form, button);
  button.disabled = true; // not before its value was read
  taken.then(() => { button.disabled = false; }, (why) => (why === unheard ? location.assign(words.help) : asPage(form, button)));
});

document.addEventListener("practice", ({ detail }) => {
  // Nothing here asks the queue of a link that is gone: that would make it anew.
  if (detail === "gone") return location.assign(words.plan);
  if (detail === "unheard") return location.assign(words.help); // which says so, and what to do now
  if (detail === "sent" && document.querySelector("#what-to-do-now")) location.assign(words.help);
  const before = document.querySelector(".callout.later p");
  if (detail === "sent" && before) before.textContent = words.sent;
  if (detail === "refused") say("later", words.refused, (note) => box.before(note));
  tellOfNetwork();
});
for (const turn of ["online", "offline"]) addEventListener(turn, tellOfNetwork);

if (isKept && words.today !== today()) turnToToday();
tellOfNetwork();
box.querySelector("button").addEventListener("click", change);
if ("serviceWorker" in navigator && !localStorage.getItem(notNow)) await keepHere().catch(() => {});
if ("serviceWorker" in navigator) await show();
