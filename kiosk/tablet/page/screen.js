// Runs textual-serve's terminal as a kiosk: full width, touched with fingers, without the tablet's keyboard.
"use strict";

const FEWEST_PIXELS = 10; // in the width of a cell
const MOST_COLUMNS = 100; // along the longer side
const FONT = '"Roboto Mono"';

const startTerminal = window.onload; // textual.js has put it there

window.onload = async (event) => {
  const terminal = document.querySelector(".textual-terminal");
  const socket = new URL(document.body.dataset.socket, location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  terminal.dataset.sessionWebsocketUrl = socket.href;
  await Promise.all([document.fonts.load(`16px ${FONT}`), document.fonts.load(`bold 16px ${FONT}`)]).catch(() => {});
  terminal.dataset.fontSize = fontSize();
  startTerminal(event);
  keepKeyboardAway(terminal.querySelector("textarea"));
  report(document.body);
};

function fontSize() {
  const cell = Math.max(FEWEST_PIXELS, Math.ceil(Math.max(innerWidth, innerHeight) / MOST_COLUMNS));
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `100px ${FONT}, monospace`;
  return ((cell + 0.02) * 100) / pen.measureText("W").width; // a hair more, as a cell is rounded down to whole pixels
}

function keepKeyboardAway(textarea) {
  const wanted = { inputmode: "none", virtualkeyboardpolicy: "manual", autocomplete: "off", autocorrect: "off" };
  for (const [name, value] of Object.entries(wanted)) textarea.setAttribute(name, value);
  textarea.focus({ preventScroll: true });
}

function report(body) {
  new MutationObserver(() => {
    if (body.classList.contains("-closed")) parent.dispatchEvent(new Event("kiosk:lost"));
    else if (body.classList.contains("-first-byte")) parent.dispatchEvent(new Event("kiosk:shown"));
  }).observe(body, { attributeFilter: ["class"] });
}

// A finger becomes a mouse at once: the browser would wait for a gesture, and drop a tap that slips or comes too soon.
function mouse(type, touch) {
  const place = { clientX: touch.clientX, clientY: touch.clientY, button: 0, buttons: type === "mousedown" ? 1 : 0 };
  const target = document.querySelector(".xterm-screen");
  target?.dispatchEvent(new MouseEvent(type, { ...place, bubbles: true, cancelable: true, view: window }));
}

for (const [touched, type] of [["touchstart", "mousedown"], ["touchend", "mouseup"], ["touchcancel", "mouseup"]]) {
  const pass = (event) => {
    event.preventDefault();
    for (const touch of event.changedTouches) mouse(type, touch);
  };
  document.addEventListener(touched, pass, { passive: false, capture: true });
}

const refuse = (event) => event.preventDefault();
for (const name of ["contextmenu", "selectstart", "dragstart", "touchmove", "gesturestart", "dblclick"]) {
  document.addEventListener(name, refuse, { passive: false, capture: true });
}
addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false, capture: true });
addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.preventDefault(), { capture: true });
