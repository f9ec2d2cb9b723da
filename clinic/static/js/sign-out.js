// Before a therapist signs out, what this device has not sent goes to the clinic, or they are asked; then it is gone.
const told = document.querySelector("#sign-out").dataset;

async function mayLeave(token) {
  const typed = [];
  document.dispatchEvent(new CustomEvent("leaving", { detail: typed }));
  await Promise.all(typed);
  const { leave } = await import(told.store);
  return leave(told.keys, token, (left) => confirm(told.ask.replace("{n}", left)));
}

for (const form of document.querySelectorAll("form[action$='/sign-out']")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const stay = (error) => (error instanceof TypeError ? alert(told.offline) : true); // fetch says so: no connection
    if (await mayLeave(form.elements.csrf_token.value).catch(stay)) form.submit();
  });
}
