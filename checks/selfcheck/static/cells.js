// The boxes: what stands in them, how it is read, what is pasted, and that none of it is lost.
import { at, data, made } from "./elements.js";
import { formula } from "./formula.js";

const WAIT = 150; // milliseconds after the last key

export const boxes = [...document.querySelectorAll("input[data-cell]")];
const byId = new Map(boxes.map((box) => [box.id, box]));
const stored = `backcheck self-check ${location.pathname} ${data.id}`;

export const texts = (within = boxes) =>
  Object.fromEntries(within.filter((box) => box.value.trim()).map((box) => [box.id, box.value]));
const ofCell = (cell) => data.grids[cell].map((id) => byId.get(id));

// Storage may be forbidden; the page works without it.
let before = ""; // lines of a file that fill no box
export const linesBefore = () => before;
export const setLinesBefore = (text) => {
  before = text;
  keep();
};
export const keep = () => {
  try {
    if (before || boxes.some((box) => box.value)) localStorage.setItem(stored, JSON.stringify({ boxes: texts(), before }));
    else localStorage.removeItem(stored);
  } catch {
    /* nothing is kept */
  }
};
export const forget = () => {
  try {
    localStorage.removeItem(stored);
  } catch {
    /* nothing was kept */
  }
  before = "";
  for (const box of boxes) box.value = "";
  for (const box of boxes) changed(box);
};
const restore = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(stored)) ?? {};
    for (const box of boxes) if (!box.value && typeof kept.boxes?.[box.id] === "string") box.value = kept.boxes[box.id];
    if (typeof kept.before === "string") before = kept.before;
  } catch {
    /* nothing was kept */
  }
};

// A verdict is about what stood in its box when it was checked.
const changed = (box) => {
  box.removeAttribute("aria-invalid");
  box.className = "";
  for (const id of box.getAttribute("aria-describedby").split(" ")) {
    const line = at(id);
    if (line.dataset.entry) line.hidden = true;
  }
};

const show = (cell, reply) => {
  const place = at(`read:${cell}`);
  place.replaceChildren();
  if (!reply.math) return;
  place.append(made("span", "read as", "label"), " ", formula(reply.math, data.tags));
  const values = [];
  for (const [name, seen] of Object.entries(reply.boxes)) {
    if (seen.value) values.push(Object.keys(reply.boxes).length > 1 ? `${name} ${seen.value}` : seen.value);
    if (!seen.message) continue;
    const line = made("p");
    line.append(made("code", name), `: ${seen.message}`);
    place.append(line);
  }
  if (values.length) place.append(" ", made("span", values.join("; "), "value"));
};

export const startCells = (carrier, say) => {
  const waiting = new Map();
  const asked = new Map();
  let ready = false;

  // Only the last question about a cell counts; whatever fails, the boxes stay as they are.
  const preview = async (cell) => {
    const number = (asked.get(cell) ?? 0) + 1;
    asked.set(cell, number);
    try {
      const reply = await carrier.read({ kind: "preview", cell, boxes: texts(ofCell(cell)) });
      if (asked.get(cell) !== number) return;
      if (reply.error) say(reply.error);
      else show(cell, reply);
    } catch (error) {
      if (asked.get(cell) === number) say(error.message);
    }
  };
  const soon = (cell) => {
    clearTimeout(waiting.get(cell));
    if (ready) waiting.set(cell, setTimeout(() => preview(cell), WAIT));
  };

  const fill = (filled) => {
    for (const [id, text] of Object.entries(filled)) {
      const box = byId.get(id);
      if (!box || box.value === text) continue;
      box.value = text;
      changed(box);
      soon(box.dataset.cell);
    }
    keep();
  };

  const paste = async (event) => {
    const box = event.target.closest("input[data-cell]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!box || !ready) return;
    const { cell } = box.dataset;
    const single = data.grids[cell].length === 1;
    if (single ? !/[\n\t]|=/.test(text.trim()) : !/[\n\t\r;,[\]{}&=]|\S\s+\S/.test(text.trim())) return;
    event.preventDefault();
    try {
      const reply = await carrier.read({ kind: "paste", cell, text });
      if (reply.error) return say(`Not pasted: ${reply.error}. Nothing was changed.`);
      fill(reply.boxes);
      say(`Pasted into ${cell}.`);
    } catch (error) {
      say(error.message);
    }
  };

  document.addEventListener("input", (event) => {
    const box = event.target.closest("input[data-cell]");
    if (!box) return;
    changed(box);
    keep();
    soon(box.dataset.cell);
  });
  document.addEventListener("paste", paste);
  restore();
  return {
    fill,
    ready() {
      ready = true;
      for (const cell of new Set(boxes.filter((box) => box.value.trim()).map((box) => box.dataset.cell))) preview(cell);
    },
    cleared() {
      for (const cell of Object.keys(data.grids)) at(`read:${cell}`).replaceChildren();
    },
  };
};
