// Narrows the exercises to add while somebody types; Enter adds the first of them. Without this script "Find" looks.
const words = document.querySelector("#find-words");
const phase = document.querySelector("#find-phase");
const phases = [...document.querySelectorAll("#catalogue [data-phase]")];

function narrow() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const part of phases) {
    const lines = [...part.querySelectorAll("[data-words]")];
    for (const line of lines) line.hidden = !wanted.every((word) => line.dataset.words.includes(word));
    part.hidden = lines.every((line) => line.hidden) || (phase.value && phase.value !== part.dataset.phase);
  }
  document.querySelector("#none-found").hidden = phases.some((part) => !part.hidden);
}

words.addEventListener("input", narrow);
phase.addEventListener("input", narrow);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !words.value.trim()) return;
  event.preventDefault();
  const shown = phases.filter((part) => !part.hidden);
  // Not one that something speaks against: that takes a button of its own.
  shown.map((part) => part.querySelector("[data-words]:not([hidden]) > [name=add]")).find(Boolean)?.click();
});
document.querySelector("#catalogue [name=find]").remove();
if (words.value || phase.value) narrow(); // of the page gone back to
