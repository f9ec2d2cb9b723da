// Says so where the visitor's own clock shows another time than the clinic's.
const line = document.querySelector("[data-clock]");
const yours = Intl.DateTimeFormat().resolvedOptions().timeZone;
const shown = (timeZone) => new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short", hour: "numeric", minute: "2-digit", timeZone,
}).format(new Date(line.dataset.at));

if (line && shown(yours) !== shown(line.dataset.clock)) {
  const words = { yours: yours.replaceAll("_", " "), here: shown(line.dataset.clock), there: shown(yours) };
  line.textContent = line.dataset.words.replace(/{(\w+)}/g, (_all, name) => words[name]);
  line.hidden = false;
}
