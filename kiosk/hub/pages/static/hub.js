// The one script of the hub's pages. Every page reads without it; with it, live parts follow what happens.
"use strict";

const QUIET_MS = 45000; // the server says something at least every 20 seconds
const RELOAD_MS = 30000; // how often a page asks by itself that the server has no seat for

function live(part) {
  let heard = Date.now();
  let source = null;

  async function refresh() {
    const answer = await fetch(part.dataset.part, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    part.innerHTML = await answer.text();
    heard = Date.now();
    part.classList.remove("stale");
  }

  function follow() {
    if (source) source.close();
    source = new EventSource(part.dataset.live);
    source.addEventListener("open", () => refresh().catch(() => {})); // whatever happened while nobody listened
    source.addEventListener("changed", () => refresh().catch(() => {}));
    source.addEventListener("alive", () => { heard = Date.now(); part.classList.remove("stale"); });
  }

  // A laptop that slept, or a proxy that closed without a word, leaves a source that looks open and hears nothing.
  function wake() {
    if (document.hidden) return;
    refresh().catch(() => part.classList.add("stale"));
    follow();
  }

  setInterval(() => {
    const silence = Date.now() - heard;
    const isRefused = source.readyState === EventSource.CLOSED;
    if (silence >= QUIET_MS) part.classList.add("stale");
    if (part.classList.contains("stale") || (isRefused && silence >= RELOAD_MS)) wake();
  }, 10000);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  follow();
}

document.querySelectorAll("[data-live]").forEach(live);
document.querySelectorAll("nav [aria-current='page']").forEach((link) => {
  link.scrollIntoView({ block: "nearest", inline: "center" });
});
