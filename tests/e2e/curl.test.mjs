// A command copied from a browser's developer tools becomes the request. The commands and what they must give are the
// tables in tests/curl/, which the reader's own tests use, too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { eventually, same, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

/** One of each browser and shell. */
const SAMPLES = [
  ["chrome", "chrome bash: a page with its cookies as -b"],
  ["chrome", "chrome bash: JSON with an apostrophe, an exclamation mark and a line break"],
  ["chrome", "chrome bash: a multipart form, as the browser built it, and a certificate that was not trusted"],
  ["chrome", "chrome cmd: carets, quotes within quotes, percent signs"],
  ["chrome", "chrome cmd: content of two lines"],
  ["others", "firefox bash: a page"],
  ["others", "firefox bash: a form by POST"],
  ["others", "firefox cmd"],
  ["others", "safari: a script"],
  ["others", "safari: JSON with --data-binary, a Latin-1 escape in a field"],
];

for (const [table, title] of SAMPLES) {
  test(`the form takes what was copied: ${title}`, async () => {
    const { command, expected } = sample(table, title);
    await walk(site, async (edgewalk) => {
      await edgewalk.openFold("Paste a curl command");
      await edgewalk.paste(edgewalk.field("Paste a curl command"), command);
      await edgewalk.button("Use this command").click();
      await eventually(async () => /The command is in the form/.test(await edgewalk.composer.innerText()), true);

      assert.equal(await edgewalk.method(expected.method).isChecked(), true, expected.method);
      assert.equal(await edgewalk.field("URL path").inputValue(), expected.path);
      assert.equal(await edgewalk.field("Query string").inputValue(), expected.query);
      assert.equal(await edgewalk.field("Headers").inputValue(), expected.headers.join("\n"));
      assert.equal(await edgewalk.field("Cookies").inputValue(), expected.cookies);
      if (expected.contentBytes > 0) {
        assert.ok((await edgewalk.form.innerText()).includes(`With ${expected.contentBytes} bytes of content, as pasted.`));
      }
      const remarks = await edgewalk.page.getByRole("list", { name: "Remarks on the command", exact: true }).getByRole("listitem").allInnerTexts();
      for (const remark of expected.remarks) assert.ok(remarks.includes(remark), `${remark}\nis not among\n${remarks.join("\n")}`);
      assert.ok(remarks.some((remark) => remark.includes(expected.authority)), "another host than ours is remarked on");
      assert.match(await edgewalk.composer.innerText(), new RegExp(`The command is in the form, with (one remark|${remarks.length} remarks):`));
    });
  });
}

test("what was pasted is what is sent", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ city: "Paris" });
    await edgewalk.openFold("Paste a curl command");
    const command = "curl 'https://www.shop.example/app.js?v=2' -H 'Accept: text/javascript' -H 'X-Try: it' -b 'session=8f21' --compressed";
    await edgewalk.paste(edgewalk.field("Paste a curl command"), command);
    await edgewalk.button("Use this command").click();
    await eventually(async () => /The command is in the form/.test(await edgewalk.composer.innerText()), true);
    await edgewalk.send();
    assert.equal((await edgewalk.stepLabels()).length, 12);
    assert.equal(await edgewalk.header("GET"), "/app.js?v=2");
    assert.equal(await edgewalk.header("X-Try"), "it");
    assert.equal(await edgewalk.header("Cookie"), "session=8f21");
    assert.equal(await edgewalk.header("Host"), "www.shop.example");
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.inspector.innerText(), /Left out.*session.*cookies: none/s, "the cache key leaves the cookie out");
    await edgewalk.last();
    assert.deepEqual(await edgewalk.objects("Edge location CDG, Paris"), ["app.js"]);
  });
});

test("DS-04: a pasted host that is not the distribution's is left out and remarked on; a typed one is refused", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Paste a curl command");
    await edgewalk.field("Paste a curl command").fill("curl https://elsewhere.example/app.js");
    await edgewalk.button("Use this command").click();
    await eventually(async () => /The command is in the form/.test(await edgewalk.composer.innerText()), true);
    assert.match(await edgewalk.composer.innerText(), /The host "elsewhere\.example" is left out and d\w+\.cloudfront\.net takes its place/);
    await edgewalk.send();
    await edgewalk.last();
    assert.match(await edgewalk.inspector.innerText(), /200/);
    await edgewalk.sendThrough({ path: "/app.js", headers: "Host: unknown.example" });
    assert.match(await edgewalk.inspector.innerText(), /403/);
    await edgewalk.goTo("URL");
    assert.match(await edgewalk.inspector.innerText(), /The given Host "unknown\.example" is none of the distribution's names/);
  });
});

const REFUSED = ["no curl", "a command for PowerShell, as Chrome copies it", "a quote that is never closed", "no URL"];

for (const title of REFUSED) {
  test(`what is no command gets a message, and the form keeps what was there: ${title}`, async () => {
    const { command, error } = sample("refused", title);
    await walk(site, async (edgewalk) => {
      await edgewalk.compose({ city: "Paris", path: "/app.js", query: "a=1", headers: "X-Kept: yes", cookies: "c=2" });
      await edgewalk.openFold("Paste a curl command");
      const field = edgewalk.field("Paste a curl command");
      await field.fill(command);
      const before = await edgewalk.picture();
      await edgewalk.button("Use this command").click();
      await eventually(() => edgewalk.complaint(field), error);
      same(await edgewalk.picture(), before, "the form, the path, everything");
      await field.fill("curl https://www.shop.example/style.css");
      assert.equal(await edgewalk.complaint(field), null, "the message leaves with the next key");
      await edgewalk.button("Use this command").click();
      await eventually(() => edgewalk.field("URL path").inputValue(), "/style.css");
    });
  });
}

/** A case of a table: its command, and the request or the error that it must give. */
function sample(table, title) {
  const text = readFileSync(new URL(`../curl/${table}.txt`, import.meta.url), "utf8");
  const start = text.indexOf(`==== ${title}\n`);
  assert.ok(start >= 0, `${table}.txt has no case "${title}"`);
  const [command, given] = text.slice(start).split("==== ")[1].slice(title.length + 1).split("\n----\n");
  const lines = given.trimEnd().split("\n");
  if (lines[0].startsWith("error ")) return { command, error: sentence(lines[0].slice(6)) };
  const [method, origin, target] = lines.shift().split(" ");
  const authority = new URL(origin).host;
  const [path, query = ""] = target.split(/\?(.*)/s);
  const take = (word) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const fields = lines.filter((line) => /^[\w-]+: /.test(line));
  return {
    command,
    expected: {
      method,
      authority,
      path,
      query,
      // Another host than ours is left out (DS-04).
      headers: fields.filter((line) => !/^host:/i.test(line)),
      cookies: take("cookies")[0] ?? "",
      contentBytes: Number(take("content")[0]?.split(" ")[0] ?? 0),
      remarks: take("remark").map(sentence),
    },
  };
}

/** As the page says it: the first letter large, and a full stop. */
function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}
