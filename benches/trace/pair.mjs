// The same trace in Node: http-cache-semantics decides, lru-cache holds, in two tiers as a POP and its REC.
//
//     node pair.mjs FOLDER-OF-THE-TRACE FOLDER-OF-NODE_MODULES
//
// Requests come as Node's http has them: a method, a URL, and fields by name in lower case. What makes them is not measured.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "/"));
const CachePolicy = require("http-cache-semantics");
const { LRUCache } = require("lru-cache");

const AT_A_TIME = 100;
const HOST = "d111111abcdef8.cloudfront.net";
const YEAR_SECS = 31_536_000;
const EPOCH_MS = Date.UTC(2026, 0, 1);

const room = JSON.parse(readFileSync(join(folder, "rooms.json"), "utf8"));
const parts = JSON.parse(readFileSync(join(folder, "parts.json"), "utf8"));
const trace = readFileSync(join(folder, "trace.bin"));
const count = trace.length / 16;

let now = EPOCH_MS;
class Policy extends CachePolicy {
  now() {
    return now;
  }
}

/** The raw fields of a request, as a server has just read them. */
const fieldsOf = (accept, agent, session, language, plan) => ({
  host: HOST,
  accept: parts.accepts[accept],
  "user-agent": parts.agents[agent],
  "accept-language": parts.languages[language],
  cookie: `session=${parts.sessions[session]}; plan=${parts.plans[plan]}; theme=dark`,
});

function requestAt(index) {
  const at = index * 16;
  const [url, language, plan] = parts.objects[trace.readUInt32LE(at + 8)];
  const headers = fieldsOf(trace[at + 12], trace[at + 13], trace[at + 14], language, plan);
  return { method: "GET", url, headers, at: EPOCH_MS + Number(trace.readBigUInt64LE(at)) / 1000 };
}

/** The value of a cookie, or nothing. */
function cookie(text, name) {
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf(";", from);
    if (to < 0) to = text.length;
    while (text.charCodeAt(from) === 32) from += 1;
    if (text.startsWith(name, from) && text.charCodeAt(from + name.length) === 61) {
      return text.slice(from + name.length + 1, to);
    }
    from = to + 1;
  }
  return "";
}

/** Host, path, one field and one cookie, as the policy of the distribution has it. */
const keyOf = (request) =>
  `${HOST}${request.url}\n${request.headers["accept-language"] ?? ""}\n${cookie(request.headers.cookie ?? "", "plan")}`;

/** What a bucket answers. */
const answer = (request) => ({
  status: 200,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-length": "20000",
    "cache-control": `max-age=${YEAR_SECS}`,
    etag: `"${request.url}"`,
    "last-modified": "Mon, 15 Dec 2025 09:00:00 GMT",
    date: new Date(now).toUTCString(),
    server: "AmazonS3",
  },
});

/** Runs the trace; `respond` does with a stored response what is to be done to answer with it. */
function run(respond) {
  const pop = new LRUCache({ max: room.pop });
  const rec = new LRUCache({ max: room.rec });
  const answered = { pop: 0, rec: 0, origin: 0 };
  let took = 0;
  let bytes = 0;

  function one(request) {
    now = request.at;
    const key = keyOf(request);
    let policy = pop.get(key);
    if (policy?.satisfiesWithoutRevalidation(request)) {
      answered.pop += 1;
      return respond(policy);
    }
    policy = rec.get(key);
    if (policy?.satisfiesWithoutRevalidation(request)) {
      answered.rec += 1;
    } else {
      answered.origin += 1;
      policy = new Policy(request, answer(request), { shared: true });
      if (policy.storable()) rec.set(key, policy);
    }
    if (policy.storable()) pop.set(key, policy);
    return respond(policy);
  }

  for (let from = 0; from < count; from += AT_A_TIME) {
    const requests = [];
    for (let index = from; index < Math.min(from + AT_A_TIME, count); index += 1) requests.push(requestAt(index));
    const begun = performance.now();
    for (const request of requests) bytes += one(request);
    took += performance.now() - begun;
  }
  if (bytes !== count) throw new Error("an answer is missing");
  return { rate: count / took / 1000, answered };
}

const decide = () => run(() => 1);
const decided = [decide(), decide()].reduce((one, other) => (one.rate > other.rate ? one : other));
const dressed = run((policy) => (policy.responseHeaders().date ? 1 : 0));
const say = (name, figure) => console.log(`  ${name.padEnd(40)}  ${figure}`);
console.log(`The pair in Node on ${count} requests:`);
say("pair, deciding alone", `${decided.rate.toFixed(3)} million a second`);
say("pair, with the fields of each answer", `${dressed.rate.toFixed(3)} million a second`);
say("pair, answered by POP, REC and origin", Object.values(decided.answered).join(", "));
