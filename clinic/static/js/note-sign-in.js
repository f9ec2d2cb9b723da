// Signing in again beside the note: the clinic's own form, in a dialog that leaves the page, the cursor and whoever
// types on as they are.
const ASKS = "form [autocomplete=current-password], form [autocomplete=one-time-code]";

async function load(address, how) {
  const answer = await fetch(address, how);
  return { address: answer.url, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

function show(dialog, { address, page }) {
  const form = page.querySelector(ASKS).form;
  form.dataset.to = address;
  dialog.querySelector(".place").replaceChildren(...page.querySelectorAll("main .errors"), form);
}

// It is opened without taking the cursor from whoever is typing.
function open(dialog) {
  const at = document.activeElement;
  const typed = at?.matches("textarea, [type=text]") ? [at.selectionStart, at.selectionEnd] : undefined;
  dialog.show();
  at?.focus({ preventScroll: true });
  if (typed) at.setSelectionRange(...typed);
}

// A token of the session there is now, which is another after signing in; else why there is none. Only whose note it is
// gets its page.
async function tokenNow(draft) {
  const note = await load(draft.replace(/\/draft$/, ""));
  const token = note.page.querySelector("form[data-draft] [name=csrf_token]")?.value;
  const asked = note.page.querySelector(ASKS);
  return { token, trouble: token ? undefined : asked ? "signedOut" : "other" };
}

// The same, once they have signed in beside the note where they had to, here or on another page.
export async function freshToken(draft, dialog, asks) {
  const found = await tokenNow(draft);
  if (found.trouble !== "signedOut" || !asks || !await signInAgain(dialog)) return found;
  return tokenNow(draft);
}

// True once the clinic asks for nothing more; false where they put it off.
async function signInAgain(dialog) {
  const asked = await load(dialog.dataset.signIn);
  if (!asked.page.querySelector(ASKS)) return true; // meanwhile they have, on another page
  show(dialog, asked);
  open(dialog);
  return new Promise((resolve) => {
    const answer = async (event) => {
      const form = event.target;
      if (form.method === "dialog") return;
      event.preventDefault();
      const sent = { method: "POST", body: new URLSearchParams(new FormData(form)) };
      const next = await load(form.dataset.to, sent).catch(() => null);
      if (next?.page.querySelector(ASKS)) {
        show(dialog, next);
        dialog.querySelector(".place input:not([type=hidden])").focus();
      } else if (next) {
        dialog.close("in");
      }
    };
    dialog.addEventListener("submit", answer);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("submit", answer);
      dialog.querySelector(".place").replaceChildren();
      resolve(dialog.returnValue === "in");
    }, { once: true });
  });
}
