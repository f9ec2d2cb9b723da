// A plan that was opened on its client's own phone opens without a network too. Served as /plans/sw.js, so that it hears
// of pages below /plans/ alone. Each link has a cache of its own, named by the part of its token that is no secret;
// plan-offline.js fills it, here it is kept fresh and read from. What is not named here is left to the network.

const PATIENCE = 3000; // ms, until a kept page is better than one that does not come
const PAGE = /^\/plans\/([\w-]+)\.[\w-]+(?:\/(?:session|help|exercises\/\w+\/(?:photo|pictures\/\w+)))?$/;
const WITHOUT_LINK = /^\/plans\/[^/]+(?:\/help)?$/; // pages that are there as long as the link is good
const FILE = /^\/(?:static|logo)\/|^\/accent-/; // whose address changes when they do

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  const [, link] = (!url.search && PAGE.exec(url.pathname)) || [];
  if (link) event.respondWith(page(event, `plan-${link}`));
  else if (FILE.test(url.pathname)) event.respondWith(file(event.request));
});

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// As the clinic has it now; as it was kept, where the clinic is not reached in time.
async function page(event, name) {
  const fresh = asked(event.request, name);
  const done = fresh.then((answer) => take(event.request.url, answer.clone(), name)).catch(() => {});
  event.waitUntil(done);
  const kept = await caches.match(event.request, { cacheName: name, ignoreVary: true });
  if (!kept) return fresh;
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fresh.catch(() => undefined), slow]);
  return answer && answer.status < 500 ? answer : told(kept);
}

// Where the link opens nothing any more, and new numbness waits to be told, what to do now comes before all else.
async function asked(request, name) {
  const answer = await fetch(request);
  const isHelp = request.mode === "navigate" && request.url.endsWith("/help");
  if (!isGone(request.url, answer) || isHelp || !(await waitsNumb(name))) return answer;
  return Response.redirect(`${request.url.replace(/\/help$/, "")}/help`, 303);
}

const isGone = (address, answer) => [404, 410].includes(answer.status) && WITHOUT_LINK.test(new URL(address).pathname);

function waitsNumb(name) {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => opening.transaction.abort(); // there is none, and none is made
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const waiting = opening.result.transaction("entries").objectStore("entries").getAll();
      waiting.onsuccess = () => {
        opening.result.close(); // so that it can be deleted
        resolve(waiting.result.some(({ numb }) => numb));
      };
    };
  });
}

async function take(address, answer, name) {
  if (isGone(address, answer)) return Promise.all([caches.delete(name), indexedDB.deleteDatabase(name)]);
  const keeps = answer.ok && answer.headers.get("Clinic-Keep") === "plan" && (await caches.has(name));
  return keeps && (await caches.open(name)).put(address, answer);
}

// Pages know by this that they are not fresh.
async function told(kept) {
  if (!kept.headers.get("Content-Type").startsWith("text/html")) return kept;
  const words = (await kept.text()).replace("<html ", "<html data-kept ");
  return new Response(words, { headers: kept.headers });
}
