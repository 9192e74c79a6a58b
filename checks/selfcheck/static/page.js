// The page: wires boxes, files and report to whatever carries them.
import { carrier } from "./carrier.js";
import { boxes, forget, keep, linesBefore, startCells, texts } from "./cells.js";
import { at, made } from "./elements.js";
import { startFiles } from "./files.js";
import { clearReport, lookAtNext, showReport } from "./report.js";

const say = (text) => {
  at("status").textContent = text;
};

const cells = startCells(carrier, say);
const files = startFiles(carrier, cells.fill, say);
let ready = false;
let running = null;

const state = ({ state: now, share, message }) => {
  document.body.dataset.state = now;
  ready = now === "ready";
  at("check").disabled = !ready;
  at("save").disabled = !ready;
  const going = at("going");
  going.hidden = now !== "loading";
  if (now === "loading") going.value = share;
  else going.removeAttribute("value");
  if (message) say(message);
  if (ready) cells.ready();
};

const check = async () => {
  if (!ready || running) return;
  const sent = texts();
  const abort = new AbortController();
  running = abort;
  clearReport();
  say("Checking ...");
  at("going").hidden = false;
  at("stop").hidden = false;
  at("check").setAttribute("aria-disabled", "true"); // it keeps the focus
  try {
    const reply = await carrier.check({ boxes: sent, before: linesBefore() }, files.list(), { signal: abort.signal });
    if (abort.signal.aborted) return;
    say(reply.error ?? showReport(reply, sent));
  } catch (error) {
    if (!abort.signal.aborted) say(error.message);
  } finally {
    running = null;
    at("going").hidden = true;
    if (document.activeElement === at("stop")) at("check").focus();
    at("stop").hidden = true;
    at("check").removeAttribute("aria-disabled");
  }
};

const save = async () => {
  try {
    const reply = await carrier.read({ kind: "save", boxes: texts(), before: linesBefore() });
    if (reply.error) return say(reply.error);
    const link = made("a");
    link.href = URL.createObjectURL(new Blob([reply.text], { type: "text/plain" }));
    link.download = reply.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(`${reply.name} is saved; hand it in as your course says.`);
  } catch (error) {
    say(error.message);
  }
};

at("sheet").addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter === at("save")) save();
  else check();
});
at("stop").addEventListener("click", () => {
  running?.abort();
  say("Stopped; nothing you typed is lost.");
});
at("next").addEventListener("click", lookAtNext);
at("forget").addEventListener("click", () => {
  forget();
  cells.cleared();
  files.forget();
  clearReport();
  say("Forgotten: the boxes are empty, and this browser keeps nothing of them.");
  boxes[0]?.focus();
});
at("forget").parentElement.hidden = false;
window.addEventListener("pagehide", keep);
carrier.start(state).catch((error) => state({ state: "failed", share: 0, message: error.message }));
