// What was typed and has not reached the clinic yet, sealed on this device. The clinic gives the key to whoever is
// signed in; it is held in memory alone. Over plain http browsers have no crypto.subtle: then nothing is kept here.
const BOUND = new TextEncoder();

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function rows(name, mode, ask) {
  const opening = indexedDB.open("notes", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("drafts", { keyPath: "name" });
    opening.result.createObjectStore("device");
  };
  const database = await done(opening);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const asked = ask(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result); // before that, a page that goes away takes it back
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const drafts = (mode, ask) => rows("drafts", mode, ask);

// What this browser calls itself; nothing where it was never given a key.
const device = () => rows("device", "readonly", (store) => store.get("id"));

const post = (url, token, fields) => fetch(url, {
  method: "POST", body: new URLSearchParams({ csrf_token: token, ...fields }),
});

export const seals = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

// Whether anything at all waits here for this note, of whomever.
export const holds = async (draft) => (await drafts("readonly", (store) => store.getAll())).some((one) => one.draft === draft);

export class NoteStore {
  // Of whoever is signed in. Fails where nobody is, and without a connection.
  static async open(keys, token) {
    const name = await device() ?? crypto.randomUUID();
    await rows("device", "readwrite", (store) => store.put(name, "id"));
    const answer = await post(keys, token, { device: name });
    if (!answer.ok) throw new Error(`no key: ${answer.status}`);
    const given = await answer.json();
    const bytes = Uint8Array.from(atob(given.key), (letter) => letter.charCodeAt(0));
    const store = new NoteStore();
    store.owner = given.id;
    store.key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    return store;
  }

  #name = (draft, page) => `${this.owner} ${draft} ${page}`;

  async keep(draft, page, fields) {
    const [name, iv] = [this.#name(draft, page), crypto.getRandomValues(new Uint8Array(12))];
    const how = { name: "AES-GCM", iv, additionalData: BOUND.encode(name) };
    const box = await crypto.subtle.encrypt(how, this.key, BOUND.encode(fields));
    await drafts("readwrite", (store) => store.put({ name, owner: this.owner, draft, page, iv, box, at: Date.now() }));
  }

  drop(draft, page) {
    return drafts("readwrite", (store) => store.delete(this.#name(draft, page)));
  }

  // Everything of theirs that waits, oldest first. What opens no more, for its key was destroyed, goes.
  async waiting() {
    const theirs = (await drafts("readonly", (store) => store.getAll())).filter((one) => one.owner === this.owner);
    const opened = await Promise.all(theirs.sort((a, b) => a.at - b.at).map((one) => this.#opened(one)));
    return opened.filter(Boolean);
  }

  async #opened({ name, draft, page, iv, box }) {
    const how = { name: "AES-GCM", iv, additionalData: BOUND.encode(name) };
    const plain = await crypto.subtle.decrypt(how, this.key, box).catch(() => null);
    if (!plain) await this.drop(draft, page);
    return plain && { draft, page, fields: new TextDecoder().decode(plain) };
  }

  // The clinic's answer to what waited. Once it is kept there, it is not kept here; nor what its page has typed over since,
  // where the newer words had reached the clinic when the page was gone.
  async send({ draft, page, fields }, token) {
    const answer = await fetch(draft, {
      method: "POST", body: sending(fields, token), headers: { Accept: "application/json" },
    });
    const ok = answer.ok || (answer.status === 409 && (await answer.json()).typed_over);
    if (ok) await this.drop(draft, page);
    return { ok, status: answer.status };
  }
}

// The fields as they go out: with the token of the session that sends them.
export function sending(fields, token) {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", token);
  return body;
}

// Before they sign out: send what waits here of theirs. `ask` is told how much of it the clinic would not take, and says
// whether they leave all the same. What is then still here opens no more, and goes.
export async function leave(keys, token, ask) {
  if (!seals() || !await device()) return true;
  const store = await NoteStore.open(keys, token);
  const answers = [];
  for (const one of await store.waiting()) answers.push(await store.send(one, token));
  const left = answers.filter((answer) => !answer.ok).length;
  if (left && !ask(left)) return false;
  await post(`${keys}/removal`, token, { device: await device() });
  for (const { draft, page } of await store.waiting()) await store.drop(draft, page);
  return true;
}
