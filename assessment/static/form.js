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

// What is asked, as one goes: conditions are followed as assessment/questionnaire/asking.py does, which decides.
const form = document.querySelector(".answer-form");
const WAYS_OUT = ["na", "dk"];
const NUMBER = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d{1,3})?$/;

const idOf = (question) => question.id.slice(2);
const field = (question) => question.querySelector(".input:not([id^='b-'])");
const chosen = (question) => [...question.querySelectorAll("input:checked")].map((input) => input.value);
const hasWords = (question) => chosen(question).length > 0 || Boolean(field(question)?.value.trim());

function numberIn(question) {
  const typed = field(question).value.trim();
  const plain = typed.split(",").length === 2 && !typed.includes(".") ? typed.replace(",", ".") : typed;
  const { least, most, whole } = question.dataset;
  const value = Number(plain);
  const fits =
    NUMBER.test(plain) &&
    Math.abs(value) <= 1e12 &&
    !(whole !== undefined && !Number.isInteger(value)) &&
    !(least !== undefined && value < Number(least)) &&
    !(most !== undefined && value > Number(most));
  return fits ? value : null;
}

function severalOf(question, options) {
  const { least, most } = question.dataset;
  return options.length && options.length >= Number(least) && options.length <= Number(most ?? Infinity) ? options : null;
}

// An answer as conditions compare it; null for none, and for what could not be taken.
function answerTo(question) {
  const words = chosen(question);
  const typed = field(question)?.value.trim();
  const way = [...question.querySelectorAll(".quiet input:checked")].map((input) => input.value);
  if (way.length) return words.length === 1 && !typed ? way[0] : null;
  switch (question.dataset.type) {
    case "rating":
      return words.length ? Number(words[0]) : null;
    case "multiple":
      return severalOf(question, words);
    case "number":
      return numberIn(question);
    case "text":
      return typed ? true : null;
    default:
      return words[0] ?? null;
  }
}

function compares({ op, value }, answer) {
  if (op === "answered") return (answer !== null) === value;
  if (answer === null || (WAYS_OUT.includes(answer) && !WAYS_OUT.includes(value))) return false;
  const numbers = typeof answer === "number" && typeof value === "number";
  switch (op) {
    case "includes":
      return Array.isArray(answer) && answer.includes(value);
    case "<":
      return numbers && answer < value;
    case "<=":
      return numbers && answer <= value;
    case ">":
      return numbers && answer > value;
    case ">=":
      return numbers && answer >= value;
    default:
      return (answer === value) === (op === "=");
  }
}

function holds(condition, answers) {
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  return compares(condition, answers.get(condition.question) ?? null);
}

if (form) {
  const questions = [...form.querySelectorAll(".question")];
  const answered = form.querySelector("[data-answered]");
  const bar = form.querySelector("progress");

  // What a condition hides counts as not answered for those after it; its answer stays where it is.
  const follow = () => {
    const answers = new Map(Object.entries(JSON.parse(form.dataset.earlier || "{}")));
    return questions.filter((question) => {
      const { never, showIf } = question.dataset;
      question.hidden = never !== undefined || (showIf !== undefined && !holds(JSON.parse(showIf), answers));
      if (!question.hidden) answers.set(idOf(question), answerTo(question));
      return !question.hidden;
    });
  };

  const update = () => {
    const asked = follow();
    const done = asked.filter(hasWords).length;
    const words = answered.dataset.answered.replace("{answered}", done).replace("{asked}", asked.length);
    bar.max = asked.length;
    bar.value = done;
    if (answered.textContent !== words) answered.textContent = words;
  };

  // A box that says there is no answer, and an answer, take each other's place; what was typed is never wiped.
  form.addEventListener("input", ({ target }) => {
    const question = target.closest(".question");
    const boxes = [...(question?.querySelectorAll("input[type=checkbox]") ?? [])];
    const isWay = (box) => Boolean(box.closest(".quiet"));
    if (target.closest(".evidence, .reason")) return;
    if (target.type !== "checkbox") boxes.filter(isWay).forEach((box) => (box.checked = false));
    else if (target.checked)
      boxes.filter((box) => box !== target && (isWay(box) || isWay(target))).forEach((box) => (box.checked = false));
  });

  // So that a page is not brought again for questions that were seen.
  const live = Object.assign(document.createElement("input"), { type: "hidden", name: "live", value: "1" });
  form.append(live);

  update(); // a browser may bring back what was chosen before
  addEventListener("input", update);
  addEventListener("pageshow", update);
}

// Each answer is saved as it is given, by itself. Where that fails the page keeps it and tries again; it is sent with the
// page in any case. `keepalive` lets a request finish whose page is gone. None waits for another: what is sent is counted.
if (form?.dataset.keep) {
  const PAUSE = 500;
  const AGAIN = 5_000;
  const SEEN_FOR = 4_000;
  const status = form.querySelector(".kept");
  const seen = form.elements.seen;
  const all = [...form.querySelectorAll(".question")];
  const waiting = new Map();
  const last = new Map();
  const tab = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  const turn = Object.assign(document.createElement("input"), { type: "hidden", name: "turn" });
  form.append(turn);
  let turns = 0;
  let done = false;

  // What went well is seen for a moment and not read out after every answer; what went wrong stays, and is.
  let fading = 0;
  const say = (words, well = false) => {
    clearTimeout(fading);
    status.setAttribute("aria-live", well ? "off" : "polite");
    if (status.textContent !== words) status.textContent = words;
    if (well) fading = setTimeout(() => (status.textContent = ""), SEEN_FOR);
  };
  const later = (question, pause) => {
    clearTimeout(waiting.get(question));
    waiting.set(question, setTimeout(keep, pause, question));
  };

  const next = () => `${tab}.${(turns += 1)}`;

  function sent(question, now) {
    const body = new URLSearchParams({
      csrf_token: form.elements.csrf_token.value,
      turn: now,
      only: idOf(question),
      seen: seen.value.split(".")[all.indexOf(question)] ?? "",
    });
    for (const { name, value, type, checked } of question.querySelectorAll("input, textarea"))
      if (name && (checked || !/^(radio|checkbox)$/.test(type))) body.append(name, value);
    return body;
  }

  function learn(question, version) {
    const versions = seen.value.split(".");
    versions[all.indexOf(question)] = version;
    seen.value = versions.join(".");
  }

  async function keep(question) {
    if (done) return;
    clearTimeout(waiting.get(question));
    waiting.delete(question);
    const now = next();
    const isLast = () => last.get(question) === now;
    last.set(question, now);
    try {
      const body = sent(question, now);
      const answer = await fetch(form.dataset.keep, { method: "POST", body, credentials: "same-origin", redirect: "error", keepalive: true });
      const kept = answer.ok && (await answer.json());
      if (!isLast()) return;
      if (!kept) return say(form.dataset.refused);
      learn(question, kept.version);
      if (!waiting.size) say(kept.told, !kept.conflict);
    } catch {
      if (!isLast()) return;
      say(form.dataset.offline);
      if (!waiting.has(question)) later(question, AGAIN);
    }
  }

  form.addEventListener("input", ({ target }) => {
    const question = target.closest(".question");
    if (!question) return;
    if (target.matches("[type=radio], [type=checkbox]")) keep(question);
    else later(question, PAUSE); // words are not saved letter by letter
  });
  const keepAll = () => waiting.forEach((_, question) => keep(question));
  form.addEventListener("submit", () => {
    done = true;
    turn.value = next();
  });
  addEventListener("pageshow", () => (done = false));
  addEventListener("pagehide", keepAll);
  addEventListener("online", keepAll);
}

document.querySelector(".error-summary")?.focus();
