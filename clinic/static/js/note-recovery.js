// A tab that was closed, or a connection that was away: what this device kept goes to the clinic first, under the page it
// came from. Where somebody has written since, the clinic shows both, and whoever wrote them chooses. A page that is still
// open, in another tab, sends its own; its lock says that it is.
export async function recover(store, draft, token) {
  const open = (await navigator.locks.query()).held.map((lock) => lock.name);
  const found = (await store.waiting()).filter((one) => one.draft === draft && !open.includes(`page ${one.page}`));
  for (const one of found) {
    const answer = await store.send(one, token);
    if (!answer.ok) return [409, 422].includes(answer.status) ? handOver(one, token) : undefined;
  }
  if (found.length) location.reload();
}

// As the button of the page that is gone would have sent it. It stays on this device until it is saved.
export function handOver({ draft, fields }, token) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: draft, hidden: true });
  for (const [name, value] of [...new URLSearchParams(fields), ["csrf_token", token]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}
