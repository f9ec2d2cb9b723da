// A note that was signed while another device still had words for it: they are shown by the button, and go beside it.
const box = document.querySelector("#waiting");
const { draft, keys, store: storeModule, recovery } = box.dataset;
const token = document.querySelector("[name=csrf_token]").value;
const { NoteStore, holds, seals } = await import(storeModule);

if (seals() && await holds(draft)) {
  const store = await NoteStore.open(keys, token);
  const found = (await store.waiting()).filter((one) => one.draft === draft);
  box.hidden = !found.length;
  box.addEventListener("click", async ({ target }) => {
    if (target.matches(".show")) (await import(recovery)).handOver(found[0], token);
    if (target.matches(".forget")) {
      for (const one of found) await store.drop(one.draft, one.page);
      box.hidden = true;
    }
  });
}
