// Keeps a kiosk on the tablet, whatever happens to the network or the server. This page is never reloaded, as a
// browser that reloads without a network shows its own error and stays there: the screen is a frame, made anew.
"use strict";

const TURN_SECONDS = 2;
const MOST_SECONDS = 15; // between two tries, when the kiosk does not start
const ANSWER_SECONDS = 4;
const START_SECONDS = 25;

const base = document.body.dataset.base;
const page = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let screenFrame = null;
let isShown = false;
let openedAt = 0;
let tries = 0;
let wakeUp = () => {};

async function seat() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_SECONDS * 1000);
  try {
    const answer = await fetch(`${base}/seat/${page}`, { cache: "no-store", signal: patience.signal });
    return answer.ok ? (await answer.json()).seat : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function show(notice) {
  for (const each of document.querySelectorAll(".notice")) each.hidden = each.id !== notice;
  if (screenFrame) screenFrame.classList.toggle("shown", notice === null);
}

function open() {
  tries += 1;
  openedAt = Date.now();
  screenFrame = document.createElement("iframe");
  screenFrame.sandbox = "allow-scripts allow-same-origin"; // no new windows, no questions, no files
  screenFrame.src = `${base}/screen/${page}`;
  document.body.append(screenFrame);
}

function close() {
  if (screenFrame) screenFrame.remove();
  screenFrame = null;
  isShown = false;
}

async function attend() {
  for (;;) {
    const state = await seat();
    if (state === "taken") {
      close();
      show("taken");
    } else if (state === null) {
      show("moment"); // a short break leaves the session alive
    } else if (screenFrame === null) {
      show("moment");
      open();
    } else if (state === "free" && Date.now() - openedAt > START_SECONDS * 1000) {
      close();
      continue;
    } else if (isShown) {
      tries = 0;
      show(null);
    }
    const pause = Math.min(MOST_SECONDS, TURN_SECONDS * Math.max(1, tries - 1));
    await new Promise((resolve) => {
      wakeUp = resolve;
      setTimeout(resolve, pause * 1000);
    });
  }
}

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Not allowed here; the tablet's own settings decide.
  }
}

function fill() {
  if (document.fullscreenElement || matchMedia("(display-mode: fullscreen), (display-mode: standalone)").matches) return;
  document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
}

addEventListener("kiosk:shown", () => {
  isShown = true;
  show(null);
  screenFrame?.contentWindow.focus();
  screenFrame?.contentDocument.addEventListener("touchend", fill);
});
addEventListener("kiosk:lost", () => {
  close();
  show("moment");
});
addEventListener("offline", () => show("moment"));
addEventListener("online", () => wakeUp());
addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") stayAwake();
});

stayAwake();
attend();
