// A static file server of the plainest kind: it knows files and media types, no fallback page and no rewriting.
// It serves dist/ under / and, as some hosts do, under a path of its own.

import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

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

/** The two codings in which a site is mostly served, each at its hardest. */
const CODINGS = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
};

/** What has been compressed for good: fonts and pictures. */
const IS_COMPRESSED = new Set([".woff2", ".png"]);

/**
 * Serves dist/ on a free port of this machine, compressed with `coding` where that is given. `sent` has each answer that
 * was a file, with the bytes of its content.
 * @param {"br" | "gzip"=} coding
 * @returns {Promise<{ origin: string, sent: { file: string, bytes: number }[], close: () => Promise<void> }>}
 */
export async function serveDist(coding) {
  const sent = [];
  // Before anybody waits for it: the hardest takes seconds.
  const compressed = coding ? await compressDist(CODINGS[coding]) : new Map();
  const server = createServer((request, response) => answer(request, response, { coding, compressed, sent }));
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function answer(request, response, { coding, compressed, sent }) {
  const body = await contents(request.url);
  if (body === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("There is no such file.");
    return;
  }
  const { file } = body;
  let { bytes } = body;
  const fields = { "Content-Type": MEDIA_TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache" };
  if (compressed.has(file) && accepts(request, coding)) {
    bytes = compressed.get(file);
    Object.assign(fields, { "Content-Encoding": coding, Vary: "Accept-Encoding" });
  }
  sent.push({ file, bytes: bytes.length });
  response.writeHead(200, fields).end(bytes);
}

/** All files that gain by it, by their path. */
async function compressDist(compress) {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const gaining = files.filter((file) => !IS_COMPRESSED.has(extname(file)));
  return new Map(await Promise.all(gaining.map(async (file) => [file, compress(await readFile(file))])));
}

/** Whether the browser takes a coding. Browsers send no weights. */
const accepts = (request, coding) => (request.headers["accept-encoding"] ?? "").split(/\s*,\s*/).includes(coding);

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
