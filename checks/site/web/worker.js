// Python in a worker: it is given all files, starts Pyodide on them, and then answers calls, one after another.
// Once it has started nothing can be requested from here any more, whatever a student's file holds.

import createPyodideModule from "./pyodide/pyodide.asm.js";
import { loadPyodide } from "./pyodide/pyodide.js";

const CODE = "/lib/backcheck";

let call = null;

self.onmessage = async ({ data }) => {
  if (data.start) {
    try {
      call = await started(data.start);
      postMessage({ started: true });
    } catch (error) {
      postMessage({ failed: told(error) });
    }
    return;
  }
  try {
    postMessage({ id: data.id, reply: JSON.parse(call(data.name, JSON.stringify(data.request), data.files ?? [])) });
  } catch (error) {
    // Python's own errors are told by our Python; what comes here broke the interpreter itself
    postMessage({ id: data.id, broken: told(error) });
  }
};

async function started({ files, lockfile }) {
  const fetched = {
    "pyodide.asm.wasm": () =>
      new Response(new Blob([files.runtime]).stream().pipeThrough(new DecompressionStream("gzip")), {
        headers: { "Content-Type": "application/wasm" },
      }),
    "python_stdlib.zip": () => new Response(files.library),
  };
  self.fetch = async (resource) => {
    const name = new URL(resource.url ?? resource, self.location.href).pathname.split("/").pop();
    if (!(name in fetched)) throw new TypeError(`${name} is not fetched here`);
    return fetched[name]();
  };
  const python = await loadPyodide({
    createPyodideModule,
    lockFileContents: JSON.stringify(lockfile),
    packageBaseUrl: new URL("./", self.location.href).href,
    stdLibURL: new URL("./pyodide/python_stdlib.zip", self.location.href).href,
    stdout: () => {},
    stderr: () => {},
  });
  for (const wheel of files.wheels) python.unpackArchive(wheel, "wheel");
  python.unpackArchive(files.code, "zip", { extractDir: CODE });
  self.fetch = self.XMLHttpRequest = self.WebSocket = self.EventSource = self.importScripts = undefined;
  python.pyimport("sys").path.insert(0, CODE);
  return python.pyimport("checks.site.in_browser").opened(CODE);
}

function told(error) {
  const lines = String(error?.message ?? error).trim().split("\n");
  return lines[lines.length - 1].slice(0, 300);
}
