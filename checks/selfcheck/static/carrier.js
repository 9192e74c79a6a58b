// What the page asks, carried to the server that it came from.
const REFUSALS = {
  403: "The server refused this: load the page again from its own address.",
  408: "This took too long to arrive; try again, or without large files.",
  413: "This is more than the server reads: leave out a file.",
};
const asked = async (address, options) => {
  let response;
  try {
    response = await fetch(address, { credentials: "omit", cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer; what you typed is kept. Try again in a moment.");
  }
  try {
    return await response.json();
  } catch {
    throw new Error(`${REFUSALS[response.status] ?? `The server answered with ${response.status}.`} What you typed is kept.`);
  }
};

export const carrier = {
  name: "serve",
  async start(onState) {
    onState({ state: "ready", share: 1, message: "" });
  },
  read(request) {
    return asked("read", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(request),
    });
  },
  check(request, files, { signal } = {}) {
    const form = new FormData();
    for (const [name, text] of Object.entries(request.boxes)) form.append(`box:${name}`, text);
    if (request.before) form.append("before", request.before);
    for (const { name, bytes } of files) form.append("files", new Blob([bytes]), name);
    return asked("check", { method: "POST", headers: { Accept: "application/json" }, body: form, signal });
  },
};
