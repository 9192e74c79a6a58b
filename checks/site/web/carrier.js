// What carries a request to Python and its reply back: here two workers on the student's own machine, one for checks, one
// for previews, so that typing is answered while a check goes on. All files are fetched before the first is started.

import { files as wanted, lockfile } from "./site.js";

const LONGEST = 60_000; // milliseconds that a call may take before its worker is ended; a check takes about 50

let held = null; // the files, kept for a worker that has to be started again
let checks = null;
let previews = null;

export const carrier = { name: "page", start, read, check };

// Resolves when checks can be made. `tell({state, share, message})` is called as it goes: state is "loading", with the
// share of the files that has come, "ready" or "failed".
async function start(tell) {
  try {
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function")
      throw new Error("This browser is too old for Python in it: Chrome or Edge 103, Firefox 113 or Safari 16.4 are new enough.");
    // The workers load their scripts at once, though Python starts in them one after the other.
    checks = new Carried();
    previews = new Carried();
    tell({ state: "loading", share: 0, message: `Python is being loaded (${megabytes()} MB, once) ...` });
    let isOver = false; // other files go on coming then
    const going = (share) => isOver || tell({ state: "loading", share, message: "" });
    held = await fetchedAll(going).finally(() => (isOver = true));
    tell({ state: "loading", share: 1, message: "Python is starting ..." });
    await checks.start();
    tell({ state: "ready", share: 1, message: "Ready." });
    previews.start().catch(() => {}); // until then, and without it, the other one answers
  } catch (error) {
    tell({ state: "failed", share: 0, message: error.message });
    throw error;
  }
}

function read(request, { signal } = {}) {
  return ready(previews, checks).call("read", request, [], signal);
}

// Stopped by the signal, it is made to stop by ending its worker; the other one answers until a new one has started.
function check(request, files = [], { signal } = {}) {
  return ready(checks, previews).call("check", request, files, signal);
}

function ready(first, second) {
  return !first.isReady && second.isReady ? second : first;
}

// One worker. It is replaced when a call in it is stopped, takes too long or breaks the interpreter.
class Carried {
  isReady = false;
  #worker = null;
  #ready = null;
  #calls = new Map();
  #next = 0;

  constructor() {
    this.#make();
  }

  #make() {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#hear({ failed: event.message || "its script could not be loaded" });
    };
  }

  start() {
    this.#ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.#worker.postMessage({ start: { files: held, lockfile } });
    return this.#ready;
  }

  async call(name, request, files, signal) {
    await this.#ready;
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      const ended = (message, kind) => {
        if (!this.#calls.has(id)) return;
        this.#again(new DOMException(message, kind));
      };
      const stop = () => ended("Stopped.", "AbortError");
      const clock = setTimeout(() => ended(`Nothing came of it in ${LONGEST / 1000} seconds.`, "TimeoutError"), LONGEST);
      const settle = (done) => (value) => {
        clearTimeout(clock);
        signal?.removeEventListener("abort", stop);
        done(value);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#calls.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.#worker.postMessage({ id, name, request, files });
    });
  }

  #hear(data) {
    if (data.started) {
      this.isReady = true;
      this.resolve();
    } else if (data.failed) {
      this.isReady = false;
      this.reject?.(new Error(`Python could not be started here: ${data.failed}`));
    } else if (data.broken) {
      this.#again(new Error(`Python broke off: ${data.broken}`));
    } else {
      this.#calls.get(data.id)?.resolve(data.reply);
      this.#calls.delete(data.id);
    }
  }

  // A new worker for this one; every call that waited is told why.
  #again(error) {
    this.#worker.terminate();
    this.isReady = false;
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#make();
    this.start().catch(() => {});
  }
}

const total = Object.values(wanted).flat().reduce((sum, file) => sum + file.size, 0);

function megabytes() {
  return Math.round(total / 1e6);
}

async function fetchedAll(tell) {
  let come = 0;
  const told = (bytes) => tell(Math.min(1, (come += bytes) / total));
  const entries = Object.entries(wanted).map(async ([key, file]) => [
    key,
    Array.isArray(file) ? await Promise.all(file.map((one) => fetched(one, told))) : await fetched(file, told),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function fetched({ name, size }, told) {
  const shown = name.split("/").pop();
  let reply;
  try {
    reply = await fetch(new URL(name, import.meta.url));
  } catch {
    throw new Error(`${shown} could not be loaded: is there a network? Load the page again to try once more.`);
  }
  if (!reply.ok) throw new Error(`${shown} could not be loaded: the web space answered ${reply.status}.`);
  const content = new Uint8Array(size);
  let place = 0;
  const reader = reply.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (place + value.length > size) throw new Error(`${shown} is not the file that belongs to this page.`);
    content.set(value, place);
    place += value.length;
    told(value.length);
  }
  if (place !== size) throw new Error(`${shown} came only in part. Load the page again to try once more.`);
  return content;
}
