"use strict";
// Everything that comes from a write-up goes into text nodes and input values alone.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const made = (tag, text, kind) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  // A question is about entries that stand in one place for one reason, or of one cell that was not found.
  const questions = [];
  data.submissions.forEach((submission, number) => {
    const groups = new Map();
    const into = (key, kind, entry) => {
      if (!groups.has(key)) groups.set(key, { submission: number, kind, entries: [] });
      groups.get(key).entries.push(entry);
    };
    submission.entries.forEach((entry) => {
      const key = `${entry.document}:${entry.start}:${entry.end}:${entry.reason}`;
      into(key, entry.reason ? "doubt" : "certain", entry);
    });
    submission.missing.forEach((name) => into("missing", "missing", { name, value: "", other: [] }));
    const order = { doubt: 0, missing: 1, certain: 2 };
    questions.push(...[...groups.values()].sort((a, b) => order[a.kind] - order[b.kind]));
  });
  const decisions = new Map();
  let here = 0;
  let editing = false;
  let unsaved = false;
  let atOther = false;

  const key = (question, entry) => `${question.submission} ${entry.name}`;
  const decided = (question) => question.entries.every((entry) => decisions.has(key(question, entry)));
  const isOpen = (question) => question.kind !== "certain" && !decided(question);
  const decide = (question, entry, value) => {
    decisions.set(key(question, entry), { question, entry, value });
    unsaved = true;
  };
  const answer = (entry, question) => {
    const found = decisions.get(key(question, entry));
    return found === undefined ? entry.value : found.value === null ? "no answer" : found.value;
  };

  const nextOpen = (from) => {
    for (let step = 1; step <= questions.length; step += 1) {
      const place = (from + step) % questions.length;
      if (isOpen(questions[place])) return place;
    }
    return from;
  };

  const showText = (question) => {
    const submission = data.submissions[question.submission];
    const number = question.entries[0].document ?? 0;
    const seen = submission.documents[number];
    at("file").textContent = seen ? seen.file : "No write-up";
    const box = at("text");
    box.replaceChildren();
    if (!seen) return;
    if (seen.fault) box.append(made("p", `not read: ${seen.fault}`));
    const spans = new Map();
    submission.entries.forEach((entry) => {
      if (entry.document !== number || entry.end <= entry.start) return;
      const old = spans.get(entry.start);
      const current = question.entries.includes(entry);
      spans.set(entry.start, {
        end: entry.end,
        doubt: Boolean(entry.reason) || Boolean(old && old.doubt),
        current: current || Boolean(old && old.current),
      });
    });
    question.entries.forEach(({ other }) => {
      if (other.length) spans.set(other[0], { doubt: true, ...spans.get(other[0]), end: other[1], other: true });
    });
    let place = 0;
    [...spans.entries()].sort((a, b) => a[0] - b[0]).forEach(([start, span]) => {
      if (start < place) return;
      box.append(seen.text.slice(place, start));
      const mark = made("mark", seen.text.slice(start, span.end), span.doubt ? "doubt" : "");
      if (span.current) mark.classList.add("here");
      if (span.other) mark.classList.add("other");
      box.append(mark);
      place = span.end;
    });
    box.append(seen.text.slice(place));
    scrollTo(".here");
  };

  const scrollTo = (which) => {
    const box = at("text");
    const mark = box.querySelector(which);
    if (mark) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  const turn = () => {
    if (!at("text").querySelector(".other")) return;
    atOther = !atOther;
    scrollTo(atOther ? ".other" : ".here");
  };

  const choice = (text, act) => {
    const button = made("button", text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };

  const showQuestion = (question) => {
    const box = at("question");
    box.replaceChildren();
    box.classList.toggle("settled", !isOpen(question));
    const first = question.entries[0];
    const told = { doubt: first.reason, missing: "not found in the write-up; what is left empty has no answer", certain: "read with certainty" };
    box.append(made("p", told[question.kind], "reason"));
    if (first.place) box.append(made("p", `at ${first.place}`, "where"));
    const list = made("dl");
    question.entries.forEach((entry) => {
      list.append(made("dt", entry.name));
      const value = made("dd");
      if (editing) {
        const input = made("input");
        const label = `value of ${entry.name}`;
        input.setAttribute("aria-label", label);
        const now = decisions.get(key(question, entry));
        input.value = now ? now.value ?? "" : entry.value;
        value.append(input);
      } else value.textContent = answer(entry, question) || "?";
      list.append(value);
    });
    box.append(list);
    const choices = made("div", undefined, "choices");
    if (editing) choices.append(choice("Take these (Enter)", take), choice("Back (Escape)", () => edit(false)));
    else {
      if (question.kind !== "missing") choices.append(choice("Yes (y)", yes));
      choices.append(choice("No answer (n)", no), choice("Another value (e)", () => edit(true)));
      if (question.entries.some(({ other }) => other.length)) choices.append(choice("The other place (t)", turn));
    }
    box.append(choices);
  };

  const showList = (question) => {
    const list = at("list");
    list.replaceChildren();
    const heads = { doubt: "To confirm", missing: "Not found", certain: "Certain" };
    let kind = "";
    questions.forEach((one, number) => {
      if (one.submission !== question.submission) return;
      if (one.kind !== kind) list.append(made("li", heads[one.kind], "group"));
      kind = one.kind;
      const cells = new Set(one.entries.map((entry) => entry.name.split("[")[0]));
      const names = (cells.size < one.entries.length ? [...cells] : one.entries.map((entry) => entry.name)).join(" ");
      const values = one.entries.map((entry) => answer(entry, one)).filter(Boolean).join(", ");
      const button = choice(values ? `${names} = ${values}` : names, () => go(number));
      button.classList.toggle("settled", !isOpen(one));
      if (number === here) button.setAttribute("aria-current", "true");
      const item = made("li");
      item.append(button);
      list.append(item);
    });
  };

  const show = () => {
    const left = questions.filter(isOpen).length;
    const question = questions[here];
    if (!question) {
      at("progress").textContent = "There is nothing to confirm.";
      return;
    }
    const submission = data.submissions[question.submission];
    const of = `submission ${question.submission + 1} of ${data.submissions.length}`;
    at("progress").textContent = left ? `${left} open; ${of}` : `All is answered; press s to save. ${of}`;
    at("who").textContent = submission.id;
    at("remarks").replaceChildren(...submission.notes.map((note) => made("li", note)));
    showText(question);
    showQuestion(question);
    showList(question);
    if (editing) at("question").querySelector("input").focus();
    else at("question").focus({ preventScroll: true });
  };

  const go = (place) => {
    editing = false;
    atOther = false;
    here = Math.max(0, Math.min(questions.length - 1, place));
    show();
  };
  const edit = (on) => {
    editing = on;
    show();
  };
  const settle = (valueOf) => {
    const question = questions[here];
    if (!question) return;
    question.entries.forEach((entry, number) => decide(question, entry, valueOf(entry, number)));
    go(nextOpen(here));
  };
  const yes = () => questions[here] && questions[here].kind !== "missing" && settle((entry) => entry.value);
  const no = () => settle(() => null);
  const take = () => {
    const values = [...at("question").querySelectorAll("input")].map((input) => input.value.trim());
    settle((entry, number) => values[number] || null);
  };

  const save = () => {
    const rows = [...decisions.values()].map(({ question, entry, value }) => {
      const submission = data.submissions[question.submission];
      const seen = submission.documents[entry.document ?? 0];
      return { submission: submission.key, file: seen ? seen.file : "", document: seen ? seen.digest : "", entry: entry.name, value };
    });
    const content = { schema: data.schema, assignment: data.assignment, decisions: rows };
    const link = made("a");
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    unsaved = false;
  };

  const keys = { y: yes, n: no, e: () => edit(true), j: () => go(here + 1), k: () => go(here - 1), o: () => go(nextOpen(here)), t: turn, s: save };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (editing) {
      if (event.key === "Enter") take();
      else if (event.key === "Escape") edit(false);
      else return;
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
  at("save").addEventListener("click", save);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  go(questions.length && isOpen(questions[0]) ? 0 : nextOpen(0));
})();
