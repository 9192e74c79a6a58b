// Files that are dropped or chosen: an answers file fills the boxes, all others are checked beside them.
import { linesBefore, setLinesBefore } from "./cells.js";
import { at, data, made } from "./elements.js";

const MOST_FILES = 10;
const ANSWERS = /^answers?\b.*\.(txt|json)$/i;

// As editors save: what a byte order mark says, else UTF-8, else what Windows wrote.
const decoded = (buffer) => {
  const [first, second] = new Uint8Array(buffer);
  const kind = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(kind, { fatal: true }).decode(buffer);
  } catch {
    return new TextDecoder(kind === "utf-8" ? "windows-1252" : kind).decode(buffer);
  }
};

export const startFiles = (carrier, fill, say) => {
  const attached = new Map();
  const list = at("attached");
  const input = at("files");

  const show = () => {
    list.replaceChildren(
      ...(linesBefore() ? [item("answers.txt", ": lines that fill no box; they are checked and saved, too", () => setLinesBefore(""))] : []),
      ...[...attached].map(([name, bytes]) => item(name, ` ${Math.ceil(bytes.length / 1024)} KB`, () => attached.delete(name))),
    );
  };
  const item = (name, about, remove) => {
    const line = made("li");
    const button = made("button", "Remove");
    button.type = "button";
    button.setAttribute("aria-label", `Remove ${name}`);
    button.addEventListener("click", () => {
      remove();
      show();
      input.focus();
      say(`${name} removed.`);
    });
    line.append(made("code", name), `${about} `, button);
    return line;
  };

  const take = async (files) => {
    const said = [];
    for (const file of files) {
      if (file.size > data.most) {
        said.push(`${file.name} has ${Math.ceil(file.size / 2 ** 20)} MB; at most ${data.most / 2 ** 20} MB are read`);
        continue;
      }
      if (ANSWERS.test(file.name)) {
        try {
          const reply = await carrier.read({ kind: "fill", name: file.name, text: decoded(await file.arrayBuffer()) });
          if (reply.error) said.push(reply.error);
          else {
            fill(reply.boxes);
            setLinesBefore(reply.rest);
            const count = Object.keys(reply.boxes).length;
            said.push(`${file.name} filled ${count} boxes`, ...reply.problems);
          }
        } catch (error) {
          said.push(error.message);
        }
      } else if (attached.size < MOST_FILES) {
        attached.set(file.name, new Uint8Array(await file.arrayBuffer()));
        said.push(`${file.name} will be checked`);
      } else said.push(`at most ${MOST_FILES} files are checked`);
    }
    show();
    if (said.length) say(`${said.join("; ")}.`);
  };

  input.addEventListener("change", async () => {
    await take([...input.files]);
    input.value = "";
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  });
  show();
  return {
    forget() {
      attached.clear();
      show();
    },
    list: () => [...attached].map(([name, bytes]) => ({ name, bytes })),
  };
};
