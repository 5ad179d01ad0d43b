// A static file server of the plainest kind: it knows files and media types, no fallback page and no rewriting.
// It serves dist/ under / and, as some hosts do, under a path of its own.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The second path under which the site is served. */
export const SUB_PATH = "/some/where/";

/** EDGEWALK_DIST names another site than the release. */
const DIST = process.env.EDGEWALK_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

const MEDIA_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves dist/ on a free port of this machine.
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serveDist() {
  const server = createServer(answer);
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function answer(request, response) {
  const body = await contents(request.url);
  if (body === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("There is no such file.");
    return;
  }
  const type = MEDIA_TYPES[extname(body.file)] ?? "application/octet-stream";
  response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache" }).end(body.bytes);
}

async function contents(target) {
  try {
    let path = decodeURIComponent(new URL(target, "http://localhost").pathname);
    if (path.startsWith(SUB_PATH)) path = path.slice(SUB_PATH.length - 1);
    if (path.endsWith("/")) path += "index.html";
    const file = normalize(join(DIST, path));
    if (!file.startsWith(DIST + sep)) return undefined;
    return { file, bytes: await readFile(file) };
  } catch {
    return undefined; // Not a file, or not a path at all.
  }
}
