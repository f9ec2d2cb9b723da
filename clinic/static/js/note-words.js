// Words to tap, and copying from the note before, without leaving the page. Whatever changes a text says so by an
// input event, so that it is saved as if it had been typed. Without this script the buttons do the same, and no chip shows.
const ENDS = /[.!?:;\n]\s*$/;

// These words, not within others, and what joined them to what stood before.
const findIn = (text, words) => {
  const literal = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(^|[,;]? *)(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "iu").exec(text);
};

const added = (text, words) => {
  const before = text.trimEnd();
  if (!before || ENDS.test(text)) return (before && text.replace(/ *$/, text.endsWith("\n") ? "" : " ")) + words[0].toUpperCase() + words.slice(1);
  return before + (before.endsWith(",") ? " " : ", ") + words;
};

const without = (text, { index, 0: found }) => (text.slice(0, index) + text.slice(index + found.length)).replace(/^[,;.] */, "");

const put = (area, text) => {
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const part of document.querySelectorAll(".words-part")) {
  const area = part.querySelector("textarea");
  const chips = part.querySelector(".word-chips");
  const copy = part.querySelector(".copy");
  const mark = part.querySelector("[name=copied]");
  let asCopied = mark?.value ? area.value : null;

  const look = () => {
    for (const chip of chips?.children ?? []) chip.ariaPressed = String(Boolean(findIn(area.value, chip.dataset.words)));
    if (copy) copy.hidden = area.value.trim() !== "";
    if (mark) part.querySelector(".copied").hidden = asCopied === null || area.value !== asCopied;
  };

  chips?.addEventListener("click", (event) => {
    const words = event.target.closest("button")?.dataset.words;
    if (!words) return;
    const found = findIn(area.value, words);
    put(area, found ? without(area.value, found) : added(area.value, words));
  });

  copy?.addEventListener("click", (event) => {
    event.preventDefault();
    asCopied = copy.dataset.words;
    mark.value = copy.dataset.mark;
    put(area, asCopied);
    area.focus();
  });

  area.addEventListener("input", look);
  if (chips) chips.hidden = false;
  look();
}

// Another format: choosing it is enough.
const wanted = document.querySelector("#format_wanted");
wanted?.addEventListener("change", () => wanted.form.requestSubmit(wanted.form.querySelector("[name=turn]")));
