"use strict";
// Nothing here is needed: without it one looks again by a link.
//
// The server tells a counter that grows with whatever changes the room, and how many have voted; then the part of the
// page that shows the room is fetched anew.
const room = document.querySelector("[data-events]");

const part = () => room.querySelector("[data-room]");
const say = (words) => (room.querySelector("[data-told]").textContent = words);

// What was typed or chosen and is not sent yet.
function isTouched() {
  return [...part().querySelectorAll("input, textarea")].some((field) => {
    if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

function count(votes) {
  const words = room.querySelector("[data-votes]");
  if (!words) return;
  const { none, one, many } = words.dataset;
  const told = votes === 0 ? none : votes === 1 ? one : many.replace("{n}", votes);
  if (words.textContent !== told) words.textContent = told;
  const warning = room.querySelector("[data-people]");
  warning.hidden = votes <= Number(warning.dataset.people);
  const button = room.querySelector("[data-from]");
  if (!button) return;
  button.disabled = votes < Number(button.dataset.from);
  document.getElementById("why-not").hidden = !button.disabled;
}

async function renew() {
  if (room.dataset.keeps !== undefined && isTouched()) {
    room.querySelector("[data-moved]").hidden = false;
    return;
  }
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-room]");
  if (!found) return location.reload();
  const hadFocus = part().contains(document.activeElement);
  part().replaceWith(document.adoptNode(found));
  room.dataset.stage = page.querySelector("[data-events]").dataset.stage;
  document.title = page.title;
  document.querySelector(".saved")?.replaceChildren();
  document.querySelector(".error-summary")?.remove();
  if (hadFocus) part().querySelector("h1").focus();
  say(part().dataset.says);
}

if (room && "EventSource" in window && room.dataset.stage !== "over") {
  let renewing = false;
  const hear = async ({ data }) => {
    const { stage, votes } = JSON.parse(data);
    if (renewing) return;
    if (String(stage) === room.dataset.stage) return count(votes);
    renewing = true;
    await renew().catch(() => {}); // the next event tries again
    renewing = false;
  };
  const listen = () => {
    const source = new EventSource(room.dataset.events);
    source.addEventListener("message", async (event) => {
      await hear(event);
      if (room.dataset.stage === "over") source.close();
    });
    // It asks again by itself after each answer, but not after an error of the server.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED && room.dataset.stage !== "over") setTimeout(listen, 5000);
    });
  };
  listen();
}
