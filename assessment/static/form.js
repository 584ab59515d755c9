"use strict";
// Nothing here is needed: every page works without it.

// A link carries its code in the fragment, which no server and no log sees: put it into the field, take it off the
// address bar and so out of the browser's history.
const code = document.getElementById("code");

function takeCode() {
  const [, given] = /^#(?:code=)?([\w%+-]{8,80})$/.exec(location.hash) || [];
  if (!code || !given) return;
  code.value = given;
  history.replaceState(null, "", location.pathname + location.search);
}

takeCode();
addEventListener("hashchange", takeCode);

// How many questions of the page have an answer, as one goes.
const answered = document.querySelector("[data-answered]");

if (answered) {
  const questions = [...document.querySelectorAll(".question")];
  const bar = document.querySelector("progress");
  const has = (question) => question.querySelector(":checked") || question.querySelector("textarea")?.value.trim();
  const count = () => {
    const done = questions.filter(has).length;
    const words = `${done} of ${questions.length} answered`;
    bar.value = done;
    if (answered.textContent !== words) answered.textContent = words;
  };
  count(); // a browser may bring back what was chosen before
  addEventListener("input", count);
  addEventListener("pageshow", count);
}

document.querySelector(".error-summary")?.focus();
