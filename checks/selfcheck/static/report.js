// What a check found: a verdict for each box, and below the boxes what belongs to none.
import { at, data, made } from "./elements.js";

const number = (points) => String(Math.round(points * 100) / 100);

const verdict = (entry, line) => {
  const meaning = data.verdicts[entry.verdict];
  const word = made("span", undefined, `verdict ${meaning.colour}`);
  const mark = made("span", meaning.mark, "mark");
  mark.setAttribute("aria-hidden", "true");
  word.append(mark, entry.verdict);
  line.replaceChildren(word, " ", made("code", entry.name));
  const told = boxesOf(entry.name)[0]?.getAttribute("aria-describedby").split(" ")[0];
  const isTold = told && at(told).textContent.includes(`${entry.name}: ${entry.note}`);
  if (entry.note && !isTold) line.append(`: ${entry.note}`);
  if (entry.source && entry.source.file !== "answers.txt") line.append(made("span", ` (${entry.source.file}: ${entry.given})`, "label"));
  if (entry.expected) line.append(" ", made("span", "expected ", "expected"), made("code", entry.expected));
  line.className = entry.verdict;
  line.hidden = false;
};

const boxesOf = (name) => data.grids[name]?.map(at) ?? [at(name)].filter(Boolean);

export const clearReport = () => {
  at("report").hidden = true;
  at("next").hidden = true;
  lookedAt = null;
  at("result").replaceChildren();
  for (const line of document.querySelectorAll("[data-entry]")) line.hidden = true;
  for (const box of document.querySelectorAll("input[data-cell]")) {
    box.removeAttribute("aria-invalid");
    box.className = "";
  }
};

// The boxes whose verdict asks for another look: wrong, unreadable, undecided, or right from a mistake before.
const toLookAt = () => [...document.querySelectorAll("input:is(.red, .magenta, .yellow)")];
export const lookAtNext = () => {
  const open = toLookAt();
  const after = open.indexOf(lookedAt) + 1;
  lookedAt = open[after % open.length];
  lookedAt?.focus();
};
let lookedAt = null;

// `sent` is what stood in the boxes; where that has changed since, the verdict is about something else and is not shown.
export const showReport = (reply, sent) => {
  clearReport();
  const { report } = reply;
  const result = at("result");
  const score = made("p", undefined, "score");
  score.append(made("strong", number(report.score)), ` of ${number(report.max_score)} points`);
  result.append(score);
  if (reply.notice) result.append(made("p", reply.notice, "notice"));
  const others = made("ul", undefined, "verdicts");
  let open = 0;
  for (const entry of report.entries) {
    const line = at(`verdict:${entry.name}`);
    if (!line) {
      const item = made("li");
      verdict(entry, item);
      others.append(item);
      continue;
    }
    if (!data.verdicts[entry.verdict].right) open += 1;
    const asked = boxesOf(entry.name);
    if (asked.some((box) => box.value.trim() !== (sent[box.id] ?? "").trim())) continue;
    verdict(entry, line);
    for (const box of asked) {
      if (entry.verdict !== "missing") box.className = data.verdicts[entry.verdict].colour;
      if (["wrong", "unreadable"].includes(entry.verdict)) box.setAttribute("aria-invalid", "true");
    }
  }
  if (others.children.length) result.append(others);
  for (const mistake of report.mistakes) {
    const line = made("p", undefined, "mistake");
    line.append(made("code", mistake.id), `: ${mistake.note} `, made("span", mistake.entries.join(" "), "label"));
    result.append(line);
  }
  for (const problem of report.problems) {
    const box = made("div", undefined, "problem");
    const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(":");
    const lines = made("pre", problem.message);
    lines.tabIndex = 0; // it may be wider than the screen
    box.append(made("p", place, "where"), lines);
    result.append(box);
  }
  at("report").hidden = false;
  at("next").hidden = toLookAt().length === 0;
  return `Checked: ${number(report.score)} of ${number(report.max_score)} points; ${open ? `${open} entries to look at` : "nothing left to look at"}.`;
};
