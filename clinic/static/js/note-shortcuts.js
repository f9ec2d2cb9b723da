// A short form with its dot, then a space, becomes the phrase it stands for, in any text of the note. The browser's own
// undo brings back what was typed.
const list = [...document.querySelectorAll(".shortcuts > div")];
const phrases = new Map(list.map((row) => [row.querySelector("dt").textContent.trim().toLowerCase(), row.querySelector("dd").textContent]));

const spell = (event) => {
  const area = event.target;
  if (area.tagName !== "TEXTAREA" || event.inputType?.startsWith("history")) return;
  const end = area.selectionEnd;
  const short = /(?:^|\s)(\.[\p{L}\p{N}_-]+)[ \n]$/u.exec(area.value.slice(0, end))?.[1];
  const words = phrases.get(short?.toLowerCase());
  if (words === undefined) return;
  const start = end - short.length - 1;
  area.setSelectionRange(start, end - 1);
  if (document.execCommand("insertText", false, words)) area.setSelectionRange(area.selectionEnd + 1, area.selectionEnd + 1);
  else area.setRangeText(words, start, end - 1, "end");
};

document.querySelector("form#note")?.addEventListener("input", spell);
