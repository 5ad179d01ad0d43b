// The logs: what this walk's distribution has written, logs of one's own, and the way from a line into the walk.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { only, saved } from "./browsers.mjs";
import { eventually, walk } from "./edgewalk.mjs";
import { exampleLog, longLog } from "./long_log.mjs";
import { faultsInView } from "./in_view.mjs";
import { launch } from "./support.mjs";
import { showForm } from "./states.mjs";

const site = await launch();
after(() => site.close());

const SIZES = [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }];

/** The page of the logs, by what a person finds there. */
class Logs {
  constructor({ page }) {
    this.page = page;
    this.grid = page.getByRole("grid", { name: "Lines of the log", exact: true });
    this.side = page.getByRole("complementary", { name: "Log", exact: true });
    this.panel = page.getByRole("region", { name: "Line", exact: true });
  }

  /** Goes there. */
  static async of(edgewalk) {
    await edgewalk.page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Logs", exact: true }).click();
    await edgewalk.page.getByRole("main", { name: "Lines", exact: true }).waitFor();
    return new Logs(edgewalk);
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** What the lines that stand in the page say, column by column with blanks between. */
  async lines() {
    const rows = await this.grid.locator("[data-line]").all();
    return Promise.all(rows.map(async (row) => (await row.getByRole("gridcell").allInnerTexts()).join(" ").trim()));
  }

  row(number) {
    return this.grid.getByRole("row").and(this.page.locator(`[aria-rowindex="${number + 1}"]`));
  }

  /** The number above the table. */
  count() {
    return this.page.locator(".table-head b").innerText();
  }

  /** How many lines there are of a kind. */
  kind(name) {
    return this.side.getByRole("listitem").filter({ has: this.page.getByText(name, { exact: true }) }).locator("label > b").innerText();
  }

  /** A field of the line in view: its value as it stands in the log, what it says. */
  async field(name) {
    const row = this.panel.locator("dl > div").filter({ has: this.page.getByText(name, { exact: true }) });
    return (await row.getByRole("definition").innerText()).split("\n").map((line) => line.trim()).filter(Boolean);
  }

  async open(name, content) {
    await this.choose({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  }

  /** The same by way of a file, since a large one takes the driver long. */
  async openLarge(name, content) {
    const folder = mkdtempSync(join(tmpdir(), "edgewalk-log-"));
    writeFileSync(join(folder, name), content);
    await this.choose(join(folder, name));
    after(() => rmSync(folder, { recursive: true, force: true }));
  }

  choose(file) {
    return this.panel.locator("input[type=file]").setInputFiles(file);
  }

  said() {
    return this.panel.getByRole("status").innerText();
  }

  wrong() {
    return this.panel.getByRole("alert").innerText();
  }
}

/** Two misses, a hit and an error. */
async function someRequests(edgewalk) {
  for (const path of ["/index.html", "/app.js", "/index.html", "/nowhere.html"]) {
    await edgewalk.sendThrough({ city: "Paris", path });
  }
}

test("the log of the walk has a line for each answer up to the playhead, and says what they come to", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    let logs = await Logs.of(edgewalk);
    const lines = await logs.lines();
    assert.deepEqual(lines.map((line) => line.split(" ").slice(2, 6).join(" ")), [
      "GET /index.html 200 Miss", "GET /app.js 200 Miss", "GET /index.html 200 Hit", "GET /nowhere.html 404 Error",
    ]);
    assert.ok(lines.every((line) => /^00:00:0\d CDG\d\d-[PC]\d+ /.test(line)), lines[0]);
    assert.equal(await logs.count(), "4");
    assert.match(await edgewalk.page.getByRole("main").innerText(), /Hit ratio 25\.0\s% of requests/);
    assert.deepEqual([await logs.kind("Hit"), await logs.kind("Miss"), await logs.kind("Error")], ["1", "2", "1"]);
    assert.deepEqual([await logs.kind("2xx"), await logs.kind("4xx")], ["3", "1"]);
    await eventually(async () => /view=logs/.test(edgewalk.page.url()), true);

    const { hash } = new URL(edgewalk.page.url());
    await site.visit(`/${hash}`, {}, async (page) => {
      await eventually(async () => (await new Logs({ page }).lines()).join("\n"), lines.join("\n"));
    });

    await logs.button("Walk").click();
    await edgewalk.goTo("REC keeps");
    logs = await Logs.of(edgewalk);
    assert.equal(await logs.count(), "3", "the last request is not answered yet");
  });
});

test("a line is told field by field, and walked from its first step", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    const logs = await Logs.of(edgewalk);
    await logs.row(3).click();
    assert.equal(await edgewalk.title.call({ inspector: logs.panel }), "Hit");
    assert.equal(await logs.panel.locator("dl > div").count(), 33);
    const [value, meaning, says] = await logs.field("x-edge-result-type");
    assert.equal(value, "Hit");
    assert.match(meaning, /^A cache had the answer.* LOG-R1$/);
    assert.match(says, /^How CloudFront judged the request/);
    assert.deepEqual((await logs.field("cs-uri-stem")).slice(0, 1), ["/index.html"]);
    await logs.button("Walk this one").click();
    await eventually(() => edgewalk.title(), "A request is composed");
    assert.match(await edgewalk.status(), /^Step \d+ of \d+/);
    assert.deepEqual(await edgewalk.stepLabels(), ["URL", "DNS", "Reused", "Sent", "POP looks", "Shown"]);
  });
});

test("a line that is chosen comes into view where it stands below the lines", async () => {
  for (const size of [{ width: 820, height: 1180 }, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
    await walk(site, size, async (edgewalk) => {
      await showForm(edgewalk);
      await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
      await edgewalk.last();
      const logs = await Logs.of(edgewalk);
      await logs.grid.locator("[data-line]").first().click();
      const title = logs.panel.getByRole("heading", { level: 2 });
      await eventually(() => title.evaluate((it) => it.getBoundingClientRect().bottom < innerHeight), true);
    });
  }
});

test("the path of a line of several days has room, and the date its year where a pointer rests", async () => {
  await walk(site, { width: 1440, height: 900 }, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    const line = (day) => `2026-03-0${day}\t09:00:02\tLHR62-C2\t100\tGET\t/a/path/of/some/length.html\t200\tHit`;
    const head = "#Fields: date time x-edge-location sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type";
    await logs.open("two.log", [head, line(1), line(2)].join("\n"));
    const row = logs.grid.locator("[data-line]").first();
    const time = row.locator("[data-col=time]");
    await eventually(() => time.innerText(), "03-01 09:00:02");
    assert.equal(await time.getAttribute("title"), "2026-03-01 09:00:02");
    const path = row.locator("[data-col=path]");
    assert.equal(await path.getAttribute("title"), "/a/path/of/some/length.html");
    assert.ok((await path.boundingBox()).width > 150);
    assert.ok(await time.evaluate((it) => it.scrollWidth <= it.clientWidth), "the date is whole");
  });
});

test("before the first answer the page says what is missing, and where logging is off it says where to switch it on", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const logs = await Logs.of(edgewalk);
    assert.match(await page.getByRole("main").innerText(), /^No requests yet/);
    await logs.button("Distribution").click();
    await logs.button("Open and save JSON").click();
    const json = JSON.parse(await page.getByLabel("JSON of this distribution").inputValue());
    const config = json.DistributionConfig ?? json;
    assert.equal(config.Logging.Enabled, true);
    config.Logging = { Enabled: false, IncludeCookies: false, Bucket: "", Prefix: "" };
    await page.locator("#paper").fill(JSON.stringify(json));
    await logs.button("Open").click();
    await page.getByText(/^Opened: /).waitFor();
    await Logs.of(edgewalk);
    assert.match(await page.getByRole("main").innerText(), /^Logging is off[^]*Logging\.Enabled/);
    await logs.button("Go to the distribution").click();
    await logs.button("Walk").click();
    await edgewalk.sendThrough({ city: "Paris", path: "/" });
    await Logs.of(edgewalk);
    assert.match(await page.getByRole("main").innerText(), /1 request was answered while logging was off/);
  });
});

test("lines are chosen by result type, status, edge location and text; the count says how many, and one button shows all again", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    await edgewalk.sendThrough({ city: "Tokyo", path: "/app.js" });
    const logs = await Logs.of(edgewalk);
    const paths = async () => (await logs.lines()).map((line) => line.split(" ")[3]);
    const tick = (name) => logs.side.getByRole("checkbox", { name: new RegExp(`^${name}`) });
    assert.equal(await logs.count(), "5");
    await tick("2xx").uncheck();
    await eventually(paths, ["/nowhere.html"]);
    assert.equal(await logs.count(), "1");
    assert.match(await edgewalk.page.getByRole("main").getByRole("status").innerText(), /^\d of 5 lines$/);
    await tick("2xx").check();
    await eventually(() => logs.count(), "5");
    await tick("Hit").uncheck();
    await eventually(paths, ["/index.html", "/app.js", "/nowhere.html", "/app.js"]);
    const find = edgewalk.page.getByRole("searchbox", { name: "Filter by path, status or request id" });
    await find.fill("app");
    await eventually(paths, ["/app.js", "/app.js"]);
    await tick("(?!CDG)[A-Z]{3}\\d\\d").uncheck();
    await eventually(paths, ["/app.js"]);
    // The line that is looked at is the one that was pressed, wherever it stands in the log.
    await logs.row(1).click();
    assert.match(await logs.panel.innerText(), /^Line 2\n/);
    await edgewalk.page.keyboard.press("Tab");
    await find.fill("nothing of the sort");
    await eventually(() => logs.count(), "0");
    assert.match(await edgewalk.page.getByRole("main").innerText(), /No line that is shown has "nothing of the sort" in its path, status or request id\./);
    await logs.button("Show all lines").click();
    await eventually(() => logs.count(), "5");
    assert.equal(await find.inputValue(), "");
    assert.equal(await logs.button("Show all lines").count(), 0);
    await find.fill("404");
    await eventually(paths, ["/nowhere.html"]);
  });
});

test("a long log is searched while the page goes on, and every line that is found can be reached", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    const text = longLog(20_000);
    await logs.openLarge("long.log", text);
    await eventually(() => logs.said(), "20,000 lines of long.log.", 20_000);
    const holds = (values) => values[8] === "404" || [7, 11, 14].some((place) => values[place]?.includes("404"));
    const found = text.split("\n").map((line) => line.split("\t")).filter((values) => values.length === 33 && holds(values));
    const expected = found.filter((values) => values[8].startsWith("4")).length;
    assert.ok(expected > 100, `${expected}`);
    await edgewalk.page.getByRole("searchbox").fill("404");
    await eventually(async () => Number((await logs.count()).replace(",", "")), found.length, 10_000);
    for (const name of ["2xx", "3xx", "5xx", "000"]) {
      const box = logs.side.getByRole("checkbox", { name: new RegExp(`^${name}`) });
      if (await box.count()) await box.uncheck();
    }
    await eventually(async () => Number((await logs.count()).replace(",", "")), expected, 10_000);
    await logs.grid.focus();
    await edgewalk.page.keyboard.press("End");
    await eventually(() => logs.grid.locator("[aria-selected=true]").getAttribute("aria-rowindex"), String(expected + 1));
    assert.match((await logs.lines()).at(-1), / 4\d\d /);
  });
});

test("where answers lie ahead of the playhead that is said, and a button leads there", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    await edgewalk.first();
    await edgewalk.page.keyboard.press("Escape");
    const logs = await Logs.of(edgewalk);
    assert.match(await edgewalk.page.getByRole("main").innerText(), /^Nothing is answered yet\n[^]*4 answers lie further on/);
    await logs.button("Go to the end of the walk").click();
    await eventually(() => logs.count(), "4");
  });
});

test("RTL-02, RTL-05, RTL-12: the real-time log has the chosen fields of so many requests, in its own order, and the same ones again", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    const logs = await Logs.of(edgewalk);
    await logs.side.getByRole("button", { name: /^Real-time log/ }).click();
    const heads = () => edgewalk.page.getByRole("columnheader").allInnerTexts();
    const before = ["timestamp", "time-to-first-byte", "sc-status", "cs-method", "cs-uri-stem", "x-edge-location", "x-edge-result-type"];
    assert.deepEqual(await heads(), before);
    const field = (name) => logs.panel.getByRole("checkbox", { name: new RegExp(`^${name}\\b(?!-)`) });
    await field("asn").check();
    await field("c-ip").check();
    await field("time-to-first-byte").uncheck();
    await eventually(heads, ["timestamp", "c-ip", "sc-status", "cs-method", "cs-uri-stem", "x-edge-location", "x-edge-result-type", "asn"]);
    const cells = () => edgewalk.page.getByRole("main").getByRole("row").nth(4).getByRole("cell").allInnerTexts();
    assert.deepEqual((await cells()).slice(2, 5), ["404", "GET", "/nowhere.html"]);
    const rate = logs.panel.getByLabel("Sampling rate (%)");
    await rate.fill("0");
    assert.match(await edgewalk.complaint(rate), /whole number from 1 to 100, not "0" \(RTL-02\)/);
    assert.equal(await logs.count(), "4", "what was there stays");
    const counts = [];
    for (const percent of [1, 30, 60, 100]) {
      await rate.fill(String(percent));
      counts.push(Number(await logs.count()));
    }
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
    assert.equal(counts.at(-1), 4);
    assert.match(await edgewalk.page.getByRole("main").getByRole("status").innerText(), /of 4 requests would be sampled$/);
    const file = await saved(edgewalk.page, () => logs.button("Save as text").click());
    assert.equal(file.text.trimEnd().split("\n").length, 4);
    assert.equal(file.text.split("\n")[3].split("\t")[4], "/nowhere.html");
  });
});

test("RTL-03, CB-14: a behavior that names a real-time log has its records in it", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.button("Distribution").click();
    await page.getByRole("complementary", { name: "Distribution" }).getByRole("button", { name: /^Real-time logs/ }).click();
    await edgewalk.button("Add real-time log").click();
    const sheet = page.getByRole("region", { name: "Edit", exact: true });
    await edgewalk.button("Use it in Default (*)").click();
    const chosen = sheet.getByLabel("Real-time log").and(page.locator("select")).locator("option:checked");
    assert.equal(await chosen.innerText(), "real-time-1");
    await edgewalk.button("Save changes").click();
    await edgewalk.button("Wait until deployed").click();
    await eventually(() => edgewalk.button("Wait until deployed").count(), 0);
    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough({ city: "Paris", path: "/index.html" });
    await edgewalk.sendThrough({ city: "Paris", path: "/api/orders" });
    const logs = await Logs.of(edgewalk);
    await logs.side.getByRole("button", { name: /^Real-time log/ }).click();
    assert.equal(await logs.count(), "1", "of the default behavior alone");
    assert.match(await page.getByRole("main").innerText(), /\/index\.html/);
    await logs.panel.getByLabel("Configuration").selectOption({ label: "Your own choice" });
    await eventually(() => logs.count(), "2");
  });
});

test("IM-15, IM-17: the objects of an opened log become what the origins hold, which is said and can be undone", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Paris", path: "/index.html" });
    const logs = await Logs.of(edgewalk);
    assert.equal(await logs.button("Put them at the origins").count(), 0);
    await logs.open("some.log", exampleLog());
    await eventually(() => logs.said(), "12 lines of some.log.");
    await logs.button("Put them at the origins").click();
    await eventually(async () => /^A new walk: its origins hold \d+ objects? of some\.log/.test(await logs.said()), true);
    await logs.button("Walk").click();
    await edgewalk.sendThrough({ city: "Tokyo", path: "/video/intro.mp4" });
    assert.match(await edgewalk.header("Status"), /^200/);
    await edgewalk.button("Undo").click();
    await Logs.of(edgewalk);
    await logs.button("Undo").click();
    await eventually(() => logs.said(), "The walk of before is back.");
    await logs.side.getByRole("button", { name: /^This walk/ }).click();
    assert.equal(await logs.count(), "1");
  });
});

test("the log is saved as CloudFront names it, packed and plain, and opens again as the same", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    const logs = await Logs.of(edgewalk);
    await eventually(async () => (await logs.lines()).length, 4);
    const before = await logs.lines();
    const packed = await saved(edgewalk.page, () => logs.button("Save .gz").click());
    const plain = await saved(edgewalk.page, () => logs.button("Save plain").click());
    assert.match(packed.name, /^E[0-9A-Z]{13}\.2026-01-01-00\.[0-9A-Z]{11}\.gz$/, "LOG-05");
    assert.equal(plain.name, packed.name.replace(/gz$/, "log"));
    assert.equal(gunzipSync(packed.bytes).toString(), plain.text, "LOG-07");
    assert.match(plain.text, /^#Version: 1\.0\n#Fields: date time x-edge-location /);
    assert.equal(plain.text.trimEnd().split("\n").length, 6);

    await logs.open(packed.name, packed.bytes);
    await eventually(() => logs.said(), `4 lines of ${packed.name}.`);
    await eventually(async () => (await logs.lines()).join("\n"), before.join("\n"));
  });
});

for (const [what, content] of [
  ["plain", exampleLog()],
  ["with the line ends of Windows", exampleLog().replaceAll("\n", "\r\n")],
  ["packed", gzipSync(exampleLog())],
  ["packed in two members", Buffer.concat([exampleLog().slice(0, 999), exampleLog().slice(999)].map((part) => gzipSync(part)))],
]) {
  test(`a log is opened: ${what}`, async () => {
    await walk(site, async (edgewalk) => {
      const logs = await Logs.of(edgewalk);
      await logs.open("some.log", content);
      await eventually(() => logs.said(), "12 lines of some.log.");
      assert.equal(await logs.count(), "12");
      assert.match((await logs.lines())[0], /^09:00:02 FRA56-P4 GET \/index\.html 200 Miss 8,612 184$/);
      assert.equal(await logs.kind("LambdaExecutionError"), "1");
      assert.equal(await logs.wrong(), "");
    });
  });
}

test("a file that is dropped on the lines is opened as a log", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    await edgewalk.page.getByRole("main").evaluate((main, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "dropped.log"));
      main.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, exampleLog());
    await eventually(() => logs.said(), "12 lines of dropped.log.");
    assert.equal(await edgewalk.page.locator(".messages [role=alert]").innerText(), "", "no walk was looked for in it");
  });
});

test("pasted lines are read, and broken ones are counted and told by their number and reason", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    const lines = exampleLog().split("\n");
    lines[3] = lines[3].replace("\t", " ");
    lines[5] = lines[5].replace("301", "3o1");
    await logs.page.getByLabel("Or paste lines, the #Fields line first").fill(lines.join("\n"));
    await logs.button("Read these lines").click();
    await eventually(() => logs.said(), "10 lines of pasted lines; 2 passed over.");
    await edgewalk.openFold("2 lines passed over");
    assert.deepEqual(await logs.panel.locator("details li").allInnerTexts(), [
      "line 4 has 32 values where the #Fields line names 33; TABs part them",
      'line 6: sc-status must be three digits, not "3o1"',
    ]);
  });
});

test("what is no log is refused with its reason, and what was there stays", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    await logs.open("some.log", exampleLog());
    await eventually(() => logs.said(), "12 lines of some.log.");
    const before = await logs.lines();
    for (const [name, content, reason] of [
      ["empty.log", "", "it is empty"],
      ["notes.txt", "Bread\nMilk\n", "line 1 stands before any #Fields line, so nothing tells what its columns are"],
      ["picture.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff]), "line 1 is not text"],
      ["cut.gz", gzipSync("x".repeat(9)).subarray(0, 12), "gzip member 1 is cut off"],
      ["short.log", "#Version: 1.0\n#Fields: date time\n", "line 2: the #Fields line does not name sc-bytes, without which a record tells too little"],
    ]) {
      await logs.open(name, content);
      await eventually(() => logs.wrong(), `${name} is no access log: ${reason}.`);
      assert.deepEqual(await logs.lines(), before, name);
    }
    assert.equal(await logs.count(), "12");
  });
});

test("a file that unpacks without end is stopped at the limit, and a broken one where it breaks", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    const bomb = gzipSync(Buffer.concat([Buffer.from(exampleLog()), Buffer.alloc(120_000_000, "\n")]));
    assert.ok(bomb.length < 500_000);
    await logs.open("bomb.gz", bomb);
    await eventually(async () => (await logs.wrong()) !== "", true, 60_000);
    assert.match(await logs.wrong(), /^bomb\.gz: the log has more than 48000000 bytes unpacked; what was read until line \d+ is kept\.$/);
    assert.equal(await logs.count(), "12", "what stands before its end");
    const packed = gzipSync(longLog(5_000));
    await logs.open("broken.gz", packed.subarray(0, packed.length - 2_000));
    await eventually(() => logs.wrong(), "broken.gz could not be read to its end: gzip member 1 is cut off.");
    assert.ok(Number((await logs.count()).replace(",", "")) > 4_000, "what came before stays");
  });
});

test("reading can be cancelled, and what was read stays", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const logs = await Logs.of(edgewalk);
    await logs.openLarge("long.log", longLog(100_000));
    await logs.panel.getByRole("progressbar").waitFor();
    await logs.grid.locator("[data-line]").first().waitFor();
    await logs.button("Cancel").click();
    await eventually(() => logs.said(), "Stopped. long.log is not read to its end.");
    const count = await logs.count();
    assert.ok(Number(count.replace(",", "")) < 100_000, count);
    await page.waitForTimeout(300);
    assert.equal(await logs.count(), count, "nothing more comes");
    assert.equal(await logs.panel.getByRole("progressbar").count(), 0);
  });
});

test("a line of an opened log is walked through this distribution, behind all that the walk has", async () => {
  await walk(site, async (edgewalk) => {
    await someRequests(edgewalk);
    await edgewalk.first();
    const logs = await Logs.of(edgewalk);
    await logs.open("some.log", exampleLog());
    await logs.row(5).click();
    assert.equal(await edgewalk.title.call({ inspector: logs.panel }), "Hit");
    await edgewalk.openFold("What the line does not tell");
    assert.match(await logs.panel.locator("details").innerText(), /Which range was asked for/);
    await logs.button("Walk this one").click();
    await eventually(() => edgewalk.title(), "A request is composed");
    assert.equal(await edgewalk.field("URL path").inputValue(), "/video/intro.mp4");
    assert.equal(await edgewalk.field("Viewer city").inputValue(), "Tokyo, Japan");
    await edgewalk.last();
    await Logs.of(edgewalk);
    assert.equal(await logs.count(), "12", "the opened log is in view still");
    await logs.side.getByRole("button", { name: /^This walk/ }).click();
    assert.equal(await logs.count(), "5", "four, and the one that was walked");
    await logs.row(5).click();
    assert.deepEqual((await logs.field("cs-uri-stem")).slice(0, 1), ["/video/intro.mp4"]);
  });
});

test("a line that cannot be walked says why", async () => {
  await walk(site, async (edgewalk) => {
    const logs = await Logs.of(edgewalk);
    await logs.open("some.log", exampleLog().replace("\tGET\t", "\tPROPFIND\t"));
    await logs.row(1).click();
    assert.match(await logs.panel.innerText(), /this line cannot be walked: .* not "PROPFIND"/);
  });
});

test("of a long log only the lines in view stand in the page, and the keys reach all", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const logs = await Logs.of(edgewalk);
    await logs.openLarge("long.log", longLog(20_000));
    await eventually(() => logs.said(), "20,000 lines of long.log.", 20_000);
    const first = async () => (await logs.lines())[0];
    assert.match(await first(), /^00:00:00 /);
    await logs.grid.focus();
    const rows = () => logs.grid.locator("[data-line]").count();
    const chosen = () => logs.grid.locator("[aria-selected=true]").getAttribute("aria-rowindex");
    await page.keyboard.press("End");
    await eventually(chosen, "20001");
    assert.ok((await rows()) < 80, "few stand there");
    assert.ok(await logs.row(20_000).isVisible());
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    await eventually(chosen, "2");
    await page.keyboard.press("ArrowDown");
    await eventually(chosen, "3");
    assert.equal(await logs.grid.getAttribute("aria-activedescendant"), await logs.row(2).getAttribute("id"));
    // Wherever it is scrolled to, what is in view is there.
    const box = page.locator("#log-lines");
    for (const share of [0.1, 0.33, 0.7, 1]) {
      await box.evaluate((box, share) => { box.scrollTop = share * box.scrollHeight; }, share);
      await eventually(() => box.evaluate(filled), true);
    }
    await page.keyboard.press("Enter");
    await eventually(() => edgewalk.title(), "A request is composed");
  });
});

/** Runs in the page: whether the box has lines from its top to its end. */
function filled(box) {
  const { left, top, bottom } = box.getBoundingClientRect();
  const at = (y) => Boolean(document.elementFromPoint(left + 60, y)?.closest("[data-line]"));
  const head = box.querySelector(".heads").getBoundingClientRect().height;
  return at(top + head + 5) && at((top + bottom) / 2) && at(Math.min(bottom, innerHeight) - 5);
}

test("all of it is done by keys alone", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await someRequests(edgewalk);
    await edgewalk.button("Choose a walk").focus();
    const tabTo = async (name) => {
      for (let left = 60; left > 0 && (await edgewalk.focused()) !== name; left -= 1) await page.keyboard.press("Tab");
      assert.equal(await edgewalk.focused(), name);
    };
    await tabTo("Logs");
    await page.keyboard.press("Enter");
    await tabTo("Lines of the log");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await tabTo("Walk this one");
    await page.keyboard.press("Enter");
    await eventually(() => edgewalk.title(), "A request is composed");
    assert.match(await edgewalk.path.innerText(), /./);
  });
});

for (const size of SIZES) {
  test(`axe-core finds nothing on the logs at ${size.width} px, and all fits and is large enough to be pressed`, only("chromium", "can change the theme of an open page"), async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = [];
      const look = async (state) => faults.push(...(await faultsInView(edgewalk, size, state)));
      const logs = await Logs.of(edgewalk);
      await look("no line");
      await logs.open("none.txt", "none");
      await eventually(async () => (await logs.wrong()) !== "", true);
      await look("a refusal");
      await logs.open("some.log", exampleLog().replace("301", "3o1"));
      await eventually(() => logs.said(), "11 lines of some.log; 1 passed over.");
      await edgewalk.openFold("1 line passed over");
      await look("an opened log");
      await logs.row(1).click();
      await edgewalk.openFold("What the line does not tell");
      await look("a line");
      await logs.side.getByRole("checkbox").first().uncheck();
      await look("some lines");
      await logs.side.getByRole("button", { name: /^Real-time log/ }).click();
      await look("a real-time log");
      assert.deepEqual(faults, []);
    });
  });
}
