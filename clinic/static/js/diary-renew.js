// Looks every few seconds whether the diary has changed, and then draws it anew. Not while somebody moves a visit or
// has left this page lying in the background.
const EVERY = 5000;
const diary = () => document.querySelector("#diary");

async function look() {
  const here = diary();
  if (document.hidden || here.querySelector(".moving")) return;
  const answer = await fetch(here.dataset.renew, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  if ((await answer.json()).version === here.dataset.version) return;
  const page = await fetch(location.href);
  if (!page.ok || page.redirected || here.querySelector(".moving")) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#diary");
  if (!fresh) return;
  const focused = document.activeElement?.id;
  const across = here.querySelector(".paper, .team")?.scrollLeft;
  here.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (across) fresh.querySelector(".paper, .team").scrollLeft = across;
  document.dispatchEvent(new Event("diary-renewed"));
}

setInterval(() => look().catch(() => {}), EVERY); // no network: the next look may find one
