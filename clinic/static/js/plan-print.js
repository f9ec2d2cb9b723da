// Drawings come when somebody scrolls to them. Who prints the page wants all of them, so they come once it stands there.

const fetchAll = () => document.querySelectorAll("img[loading=lazy]").forEach((one) => { one.loading = "eager"; });

if (document.readyState === "complete") fetchAll();
else addEventListener("load", fetchAll);
