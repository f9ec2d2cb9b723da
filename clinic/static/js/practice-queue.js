// What a client tells of their practice waits in the browser's own database until the clinic has it, and goes at once
// after. It is not sealed: this is the client's own phone, and nobody else's words are on it (docs/decisions).

const [, , token] = location.pathname.split("/");
export const name = `plan-${token.split(".")[0]}`; // of the cache and the queue of this link
const [AT_ONCE, SOON, RARELY] = [100, 5000, 30 * 60_000]; // entries; ms
let sending, timer, pause = 0;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inQueue(mode, work) {
  const db = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction("entries", mode);
      const asked = work(transaction.objectStore("entries"));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close(); // so that it can be deleted at any time
  }
}

export const waiting = () => inQueue("readonly", (entries) => entries.count());

export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
}

// Once this is done, it is not lost any more.
export function hold(told) {
  const entry = { id: crypto.randomUUID(), on: today(), ...told };
  return inQueue("readwrite", (entries) => { entries.put(entry); });
}

// Hold it, and send it if that can be done now. Answers with "sent", "refused", "waits", "gone", or "unheard": gone, and
// new numbness waited to be told.
export async function keep(told) {
  await hold(told);
  await sending;
  return flush();
}

export function flush() {
  sending ??= send().finally(() => { sending = undefined; });
  return sending;
}

// Of a link that opens no longer nothing stays. Says whether new numbness was among what now nobody hears of.
export async function forget() {
  const entries = await inQueue("readonly", (all) => all.getAll()).catch(() => []);
  await caches.delete(name);
  await new Promise((resolve) => { indexedDB.deleteDatabase(name).onsuccess = resolve; });
  return entries.some(({ numb }) => numb);
}

async function send() {
  clearTimeout(timer);
  const entries = await inQueue("readonly", (all) => all.getAll(null, AT_ONCE));
  if (!entries.length) return "sent";
  const outcome = await sent(entries).catch(() => "waits");
  pause = outcome === "waits" ? Math.min(RARELY, Math.max(SOON, pause * 2)) : 0;
  if (pause) timer = setTimeout(flush, pause);
  document.dispatchEvent(new CustomEvent("practice", { detail: outcome }));
  return outcome === "sent" && entries.length === AT_ONCE ? send() : outcome;
}

async function sent(entries) {
  const answer = await fetch(`/plans/${token}/practice`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ entries }),
    keepalive: true,
    signal: AbortSignal.timeout(20_000),
  });
  if ([404, 410].includes(answer.status)) return (await forget()) ? "unheard" : "gone";
  if (!answer.ok) return "waits";
  const { kept, refused } = await answer.json();
  await inQueue("readwrite", (all) => { for (const id of [...kept, ...refused]) all.delete(id); });
  return refused.length ? "refused" : "sent";
}

function again() {
  pause = 0;
  flush().catch(() => {});
}

addEventListener("online", again);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") again(); });
again();
