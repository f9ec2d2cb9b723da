document.querySelector(".errors")?.focus();
