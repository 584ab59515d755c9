// The round's page follows who has answered, and how far its mails are: it fetches both anew while somebody looks.
"use strict";

(() => {
  const EVERY = 10_000;
  const follow = async (place) => {
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
  const latest = () => {
    if (!document.hidden) document.querySelectorAll("[data-follow]").forEach(follow);
  };
  setInterval(latest, EVERY);
  document.addEventListener("visibilitychange", latest);
})();
