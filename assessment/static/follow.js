// The round's page follows who has answered: it fetches the table anew while somebody looks at it.
"use strict";

(() => {
  const EVERY = 10_000;
  const place = document.querySelector("[data-follow]");
  if (!place) return;
  const latest = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.follow, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (fresh.textContent.trim() !== place.textContent.trim()) {
        place.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // No network for the moment: the next time may have one.
    }
  };
  setInterval(latest, EVERY);
  document.addEventListener("visibilitychange", latest);
})();
