// A browser kiosk: asks the opening question of kiosk.toml, saves the answer, thanks only when it is saved,
// and tells the benchmark what has been painted.

const QUESTION = {
  autoAdvanceEnabled: true,
  autoAdvanceAllowComplete: true,
  showNavigationButtons: false,
  questionErrorLocation: "bottom",
  completedHtml: "<h3>Kiitos!</h3>",
  elements: [
    {
      type: "rating",
      name: "visit",
      title: "Miten asiointi sujui tänään?",
      rateType: "smileys",
      rateCount: 5,
      rateMax: 5,
      minRateDescription: "Erittäin huono",
      maxRateDescription: "Erittäin hyvä",
    },
  ],
};

const place = document.getElementById("survey");
let shown = "";

// `window.painted` is there once the benchmark listens; the first question is told to the server.
function tell(what) {
  if (window.painted) window.painted(what);
  else fetch("/painted", { method: "POST", body: what });
}

// The first task after a frame is the earliest moment at which a page can know that the frame was painted.
function tellWhenPainted(what) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(what);
    channel.port2.postMessage(null);
  });
}

function notice() {
  const thanks = place.querySelector(".sd-completedpage");
  const faces = place.querySelectorAll(".sd-rating__item-smiley").length === 5;
  const now = thanks ? "thanks" : faces ? "question" : "";
  if (now && now !== shown) tellWhenPainted(now);
  shown = now || shown;
}

async function save(survey, options) {
  const response = await fetch("/answers", { method: "POST", body: JSON.stringify(survey.data) });
  options.allow = response.ok;
}

const survey = new Survey.Model(QUESTION);
survey.onCompleting.add(save);
new MutationObserver(notice).observe(place, { childList: true, subtree: true });
survey.render(place);

place.addEventListener("click", () => {
  if (survey.state === "completed") survey.clear();
});
