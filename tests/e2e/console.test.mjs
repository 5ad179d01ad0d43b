// The console: origins and behaviors are edited, moved, added and taken out; errors say what would mend them; a configuration of
// one's own is opened, walked and saved. What is saved changes how the next request goes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { drag, saved } from "./browsers.mjs";
import { eventually, walk } from "./edgewalk.mjs";
import { accessibilityFaults, launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const EXAMPLES = new URL("../../docs/reference/examples/", import.meta.url);
const example = (name) => readFile(new URL(name, EXAMPLES), "utf8");

const DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"; // MC-02
const PHONE = { width: 390, height: 844 };

/** The page of the console, as a person finds it. */
class Console {
  constructor(edgewalk) {
    this.edgewalk = edgewalk;
    this.page = edgewalk.page;
    this.side = this.page.getByRole("complementary", { name: "Distribution", exact: true });
    this.tables = this.page.getByRole("main", { name: "Settings", exact: true });
    this.sheet = this.page.getByRole("region", { name: "Edit", exact: true });
  }

  static async open(edgewalk) {
    await edgewalk.button("Distribution").click();
    const console = new Console(edgewalk);
    await console.tables.waitFor();
    return console;
  }

  toWalk() {
    return this.edgewalk.button("Walk").click();
  }

  item(name) {
    return this.tables.getByRole("button", { name, exact: true });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** A section's button has its count in its name. */
  section(name) {
    return this.side.getByRole("button", { name: new RegExp(`^${name}( \\d+)?$`) }).click();
  }

  field(name) {
    return this.sheet.getByLabel(name, { exact: true }).and(this.page.locator("input, textarea, select"));
  }

  /** What a list of words says now. */
  chosen(name) {
    return this.field(name).locator("option:checked").innerText();
  }

  title() {
    return this.sheet.getByRole("heading", { level: 2 }).innerText();
  }

  /** The rows of a table, without its head: the texts of the cells. */
  async rows(title) {
    const section = this.tables.locator("section").filter({ has: this.page.getByRole("heading", { name: title }) });
    const rows = await section.locator("tbody tr").all();
    return Promise.all(rows.map(async (row) => (await row.locator("td").allInnerTexts()).map((text) => text.trim())));
  }

  async patterns() {
    return (await this.rows(/^Behaviors/)).map(([, pattern]) => pattern);
  }

  async save() {
    await this.button("Save changes").click();
    await eventually(() => this.button("Save changes").getAttribute("aria-disabled"), "true");
  }

  /** Saves, and lets the time pass until every edge location has it (DST-02). */
  async deploy() {
    await this.save();
    await this.button("Wait until deployed").click();
    await eventually(() => this.button("Wait until deployed").count(), 0);
  }

  /** What the form says of what can't be done. */
  async errors() {
    return this.sheet.locator(".err").allInnerTexts();
  }

  hint() {
    return this.sheet.getByRole("status").innerText();
  }
}

const withConsole = (size, body) => walk(site, size, async (edgewalk) => body(await Console.open(edgewalk), edgewalk));

test("CB-07, POL-03: another cache policy is saved and the next walk goes past the caches; undo takes it back", async () => {
  await withConsole({}, async (console, edgewalk) => {
    assert.deepEqual(await console.patterns(), ["/api/*", "Default (*)"]);
    assert.equal(await console.title(), "Edit Default (*)");
    assert.match(await console.hint(), /^Nothing has changed/);
    await console.field("Cache policy").selectOption(DISABLED);
    assert.match(await console.hint(), /^Not saved yet/);
    assert.deepEqual((await console.rows(/^Behaviors/))[1].slice(4), ["CachingDisabled", "0 / 0 / 0"]);
    await console.deploy();
    await console.toWalk();
    assert.equal(await edgewalk.title(), "Deployed");
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    assert.ok((await edgewalk.stepLabels()).includes("Skips REC"), "REC-05");
    for (const _ of ["the request", "the wait", "the deployment"]) await edgewalk.button("Undo").click();
    await edgewalk.button("Distribution").click();
    assert.equal((await console.rows(/^Behaviors/))[1][4], "CachingOptimized");
  });
});

test("TTL-26: an order of TTLs that AWS refuses can't be saved, says what would mend it, and is mended by a button", async () => {
  await withConsole({}, async (console) => {
    await console.field("Cache policy").selectOption("legacy");
    await console.field("Minimum TTL (s)").fill("60");
    await console.field("Default TTL (s)").fill("30");
    assert.match((await console.errors()).join(), /minimum TTL is no more than the default TTL.*\(InvalidTTLOrder, TTL-26\)/);
    assert.match(await console.edgewalk.complaint(console.field("Minimum TTL (s)")), /InvalidTTLOrder/);
    assert.match((await console.rows(/^Behaviors/))[1].at(-1), /1 problem/);
    assert.equal(await console.hint(), "1 problem to solve first");
    await console.button("Save changes").click({ force: true });
    assert.equal(await console.hint(), "1 problem to solve first", "nothing is saved");
    await console.button("Default to 60").click();
    assert.deepEqual(await console.errors(), []);
    assert.equal(await console.field("Default TTL (s)").inputValue(), "60");
    await console.save();
    assert.equal((await console.rows(/^Behaviors/))[1].at(-1), "60 / 60 / 31,536,000");
  });
});

test("what is typed and is no number stays in its field with the rule, and Discard brings back what is in force", async () => {
  await withConsole({}, async (console) => {
    await console.item("shop-api").click();
    const timeout = console.field("Response timeout (s)");
    const before = await timeout.inputValue();
    await timeout.focus();
    await console.page.keyboard.press("End");
    await console.page.keyboard.type("x");
    assert.equal(await timeout.inputValue(), `${before}x`);
    assert.equal(await console.edgewalk.focused(), "Response timeout (s)", "the field is not drawn anew under the fingers");
    assert.match(await console.edgewalk.complaint(timeout), /whole number/i);
    await console.button("Discard").click();
    assert.equal(await timeout.inputValue(), before);
    assert.deepEqual(await console.errors(), []);
  });
});

test("OR-02: an origin gets another name, and all who named it follow", async () => {
  await withConsole({}, async (console) => {
    await console.item("shop-media").click();
    await console.field("Name").fill("pictures");
    assert.equal(await console.title(), "Edit pictures");
    assert.deepEqual((await console.rows(/^Behaviors/)).map((row) => row[2]), ["shop-api", "pictures"]);
    await console.save();
  });
});

test("OK-01, OK-02: what kind of origin it is, and its Region, is told from the domain alone", async () => {
  await withConsole({}, async (console) => {
    await console.button("Add origin").click();
    assert.equal(await console.title(), "Edit origin-3");
    for (const [domain, kind, region] of [
      ["music.s3-website.eu-central-1.amazonaws.com", "S3 website", "eu-central-1"],
      ["music.s3.eu-west-2.amazonaws.com", "S3 bucket", "eu-west-2"],
      ["www.example.org", "Web server", "not told"],
    ]) {
      await console.field("Origin domain").fill(domain);
      const [, , said, where] = (await console.rows(/^Origins/))[2];
      assert.deepEqual([said, where], [kind, region], domain);
    }
    await console.save();
    assert.equal((await console.rows(/^Origins/)).length, 3);
    await console.button("Remove").click();
    await console.save();
    assert.equal((await console.rows(/^Origins/)).length, 2);
  });
});

test("OK-01 to OK-13: an example of each kind is two clicks away, and its protocol comes along", async () => {
  await withConsole({}, async (console) => {
    await console.button("Add origin").click();
    for (const [kind, protocol] of [
      ["S3 website", "http-only"],
      ["API Gateway", "https-only"],
      ["Lambda function URL", "https-only"],
      ["EC2 instance", "match-viewer"],
      ["Load balancer", "https-only"],
      ["MediaStore container", "https-only"],
    ]) {
      await console.field("Example of a kind").selectOption(kind);
      assert.equal((await console.rows(/^Origins/))[2][2], kind);
      assert.equal(await console.field("Protocol").inputValue(), protocol, kind);
    }
    await console.field("Example of a kind").selectOption("S3 website");
    await console.field("Protocol").selectOption("match-viewer");
    assert.ok(await console.sheet.getByText("An S3 website speaks HTTP only").isVisible(), "what would mend it is said");
  });
});

test("OR-24, OK-12: whom a bucket lets in is chosen and shown as JSON, and an origin becomes a private one by its id", async () => {
  await withConsole({}, async (console) => {
    await console.item("shop-media").click();
    await console.field("Bucket policy").selectOption("nobody");
    assert.ok(await console.sheet.getByText('"Principal":{"AWS":"arn:aws:iam::123456789012:root"}').isVisible(), "the JSON that it means");
    await console.field("Bucket policy").selectOption("");
    assert.match(await console.hint(), /^Nothing has changed/);
    await console.item("shop-api").click();
    await console.field("VPC origin ID").fill("vo_7");
    await console.field("VPC origin ID").press("Tab");
    await eventually(() => console.field("Protocol").count(), 0);
    assert.equal(await console.field("Keep-alive timeout (s)").count(), 1);
    assert.equal(await console.field("Owner account").count(), 1);
    await console.field("VPC origin ID").fill("");
    await console.field("VPC origin ID").press("Tab");
    await eventually(() => console.field("Protocol").count(), 1);
    assert.match(await console.hint(), /^Nothing has changed/, "as it was");
  });
});

test("an edit is taken back by itself: a row that was removed, a word that was typed, what was discarded", async () => {
  await withConsole({}, async (console) => {
    const undo = console.button("Undo edit");
    assert.equal(await undo.getAttribute("aria-disabled"), "true", "there is nothing yet");
    await console.item("/api/*").click();
    const pattern = console.field("Path pattern");
    await pattern.click();
    await pattern.press("End");
    await pattern.pressSequentially("/v2");
    assert.deepEqual(await console.patterns(), ["/api/*/v2", "Default (*)"]);
    await console.button("Remove").click();
    assert.deepEqual(await console.patterns(), ["Default (*)"]);
    await undo.click();
    assert.deepEqual(await console.patterns(), ["/api/*/v2", "Default (*)"], "the row is back, as it was edited");
    await console.button("Discard").click();
    assert.deepEqual(await console.patterns(), ["/api/*", "Default (*)"]);
    await undo.click();
    assert.deepEqual(await console.patterns(), ["/api/*/v2", "Default (*)"], "so is what was discarded");
    await undo.click();
    assert.deepEqual(await console.patterns(), ["/api/*", "Default (*)"], "the letters that were typed together go together");
    assert.equal(await undo.getAttribute("aria-disabled"), "true");
    assert.match(await console.hint(), /^Nothing has changed/);
    await console.field("Compress").or(console.sheet.getByRole("switch", { name: /^Compress/ })).first().click();
    await console.save();
    assert.equal(await undo.count(), 0);
    const box = console.sheet.getByRole("switch", { name: /^Compress/ });
    const saved = await box.isChecked();
    await console.button("Undo save").click();
    assert.equal(await box.isChecked(), !saved, "what was saved last is taken back as the walk's own Undo does it");
    assert.equal(await undo.getAttribute("aria-disabled"), "true");
    assert.equal(await console.button("See it in the walk").count(), 0, "nothing is saved any more");
    await box.click();
    await console.save();
    await console.button("See it in the walk").click();
    assert.equal(await console.edgewalk.title(), "Deploying");
  });
});

test("WCAG 2.4.11: what has the focus lies under none of what stays in sight", async () => {
  for (const size of [{ width: 1440, height: 900 }, { width: 1366, height: 768 }]) {
    await withConsole(size, async (console, edgewalk) => {
      await console.section("General");
      const { page } = console;
      const hidden = () => page.evaluate(() => {
        const [field, foot] = [document.activeElement, document.querySelector(".foot")];
        const stays = getComputedStyle(foot).display === "contents" ? foot.querySelector(".stick") : foot;
        if (foot.contains(field)) return false;
        return field.getBoundingClientRect().bottom > stays.getBoundingClientRect().top + 1;
      });
      await console.sheet.getByRole("textbox").first().focus();
      const seen = new Set();
      for (let left = 40; left > 0; left -= 1) {
        const name = await edgewalk.focused();
        if (name === "Save changes") break;
        seen.add(name);
        assert.equal(await hidden(), false, `${name} at ${size.width}`);
        await page.keyboard.press("Tab");
      }
      assert.ok(seen.size > 12, [...seen].join());
    });
  }
});

test("an origin that a behavior still names can't be taken out, and both are named", async () => {
  await withConsole({}, async (console) => {
    await console.item("shop-api").click();
    await console.button("Remove").click();
    assert.match((await console.rows(/^Behaviors/))[0].at(-1), /1 problem/);
    await console.item("/api/*").click();
    assert.match((await console.errors()).join(), /NoSuchOrigin/);
    await console.field("Origin or origin group").selectOption("shop-media");
    assert.deepEqual(await console.errors(), []);
  });
});

test("FLOW-15: behaviors are moved by keys and by drag, and the order decides who takes a path", async () => {
  await withConsole({}, async (console) => {
    await console.button("Add behavior").click();
    await console.field("Path pattern").fill("/api/orders*");
    assert.deepEqual(await console.patterns(), ["/api/orders*", "/api/*", "Default (*)"]);
    const tried = () => console.side.getByRole("status").innerText();
    await console.side.getByLabel("Try a path").fill("POST /api/orders");
    assert.match(await tried(), /Matches \/api\/orders\*, precedence 0, and goes to shop-media/);

    await console.item("/api/orders*").press("Alt+ArrowDown");
    assert.deepEqual(await console.patterns(), ["/api/*", "/api/orders*", "Default (*)"]);
    assert.match(await tried(), /Matches \/api\/\*, precedence 0, and goes to shop-api/);
    await console.button("Move up").click();
    assert.equal((await console.patterns())[0], "/api/orders*");

    const row = (pattern) => console.tables.locator("tr").filter({ has: console.button(pattern) });
    await drag(row("/api/orders*"), row("/api/*"));
    assert.deepEqual(await console.patterns(), ["/api/*", "/api/orders*", "Default (*)"]);
    assert.equal(await console.title(), "Edit /api/orders*");
  });
});

test("a path that is tried says what would come of it, before anything is sent", async () => {
  await withConsole({}, async (console) => {
    const said = async (typed) => {
      await console.side.getByLabel("Try a path").fill(typed);
      return console.side.getByRole("status").innerText();
    };
    assert.match(await said("/img/hero.jpg"), /precedence 1.*can be a hit, 1\u00a0d by default/s);
    assert.match(await said("/api/orders"), /precedence 0.*skips the REC/s);
    assert.match(await said("no path"), /A path starts with a slash/);
    assert.match(await said("FETCH /a"), /A path starts with a slash; a method may stand before it/);
  });
});

test("CB-15: what needs a signature is no hit without one, in the table and where a path is tried", async () => {
  await withConsole({}, async (console) => {
    await console.button("Open and save JSON").click();
    await console.sheet.getByLabel(/get-distribution-config/).fill(await example("api-and-media.json"));
    await console.button("Open").click();
    await eventually(async () => (await console.rows(/^Origins/)).length, 5);
    await console.section("Behaviors");
    const trials = await console.rows(/^What these rules do/);
    const row = trials.find(([asked]) => asked === "/private/example");
    assert.match(row.at(-1), /^403 without a signature; with it can be a hit, 1\u00a0d by default$/);
    await console.side.getByLabel("Try a path").fill("/private/example");
    assert.match(await console.side.getByRole("status").innerText(), /403 without a signature/);
  });
});

test("each word of the course is an entry, which opens its part of the long sheet", async () => {
  await withConsole({}, async (console, edgewalk) => {
    for (const [entry, field] of [
      ["SSL certificate", "Custom SSL certificate"],
      ["Geographic restriction", "Countries"],
      ["Logging", "Bucket for logs"],
    ]) {
      await console.button(entry).click();
      assert.equal(await console.title(), "Edit general settings");
      await eventually(() => edgewalk.page.evaluate(() => document.activeElement.textContent), entry);
      assert.equal(await console.button(entry).getAttribute("aria-current"), "true");
      const box = await console.field(field).boundingBox();
      assert.ok(box.y > 0 && box.y < 900, `${entry}: ${box.y}`);
    }
    await console.section("General");
    assert.equal(await console.button("Logging").getAttribute("aria-current"), null);
  });
});

test("TLS-77: what was changed of viewer TLS is met by the next walk, which comes by the alternate name", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.button("SSL certificate").click();
    await console.field("Security policy").selectOption("TLSv1.3_2025");
    await console.deploy();
    await console.button("See it in the walk").click();
    assert.match(await edgewalk.field("Headers").inputValue(), /^Host: www\.shop\.example\n/);
    await edgewalk.openFold("Viewer");
    await edgewalk.page.getByRole("combobox", { name: /^The viewer is/ }).selectOption({ label: "one that stops at TLS\u00a01.2" });
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    assert.ok((await edgewalk.stepLabels()).includes("TLS fails"));
  });
});

test("INV-45: the classic quotas are chosen beside the form of an invalidation", async () => {
  await withConsole({}, async (console) => {
    await console.section("Invalidations");
    assert.match(await console.sheet.innerText(), /At most 150 paths and tags and 1 wildcard in a second/);
    await console.sheet.getByRole("radio", { name: "Until 2026" }).check({ force: true });
    await eventually(async () => /At most 3,000 paths and tags and 15 wildcards in progress/.test(await console.sheet.innerText()), true);
    await console.sheet.getByLabel(/^Object paths and tags/).fill("/a*\n/b*");
    await console.button("Create invalidation").click();
    assert.equal((await console.rows(/^Invalidations/)).length, 1);
  });
});

for (const [name, origins, behaviors, path] of [
  ["s3-site.json", 1, 1, "/example.html"],
  ["api-and-media.json", 5, 6, "/media/example"],
  ["legacy.json", 3, 5, "/images/example.jpg"],
]) {
  test(`a configuration of one's own is opened, shown, saved and walked: ${name}`, async () => {
    await withConsole({}, async (console, edgewalk) => {
      const text = await example(name);
      await console.button("Open and save JSON").click();
      await console.sheet.getByLabel(/get-distribution-config/).fill(text);
      await console.button("Open").click();
      await eventually(async () => (await console.rows(/^Origins/)).length, origins);
      assert.equal((await console.patterns()).length, behaviors);
      const written = await console.sheet.getByLabel("JSON of this distribution").inputValue();
      const config = (json) => json.Distribution?.DistributionConfig ?? json.DistributionConfig ?? json;
      assert.deepEqual(config(JSON.parse(written)), config(JSON.parse(text)), "it leaves as it came");
      await console.toWalk();
      await edgewalk.sendThrough({ city: "Paris", path });
      assert.match(await edgewalk.status(), /^Step (\d+) of \1\./);
      await edgewalk.button("Undo").click();
      await edgewalk.button("Undo").click();
      await edgewalk.button("Distribution").click();
      assert.deepEqual(await console.patterns(), ["/api/*", "Default (*)"], "Undo brings back the walk of before");
    });
  });
}

test("a text that is no configuration is refused with its places, and what was there stays", async () => {
  await withConsole({}, async (console) => {
    await console.button("Open and save JSON").click();
    const paper = console.sheet.getByLabel(/get-distribution-config/);
    const wrong = JSON.parse(await example("s3-site.json"));
    const config = wrong.Distribution?.DistributionConfig ?? wrong.DistributionConfig ?? wrong;
    config.DefaultCacheBehavior.TargetOriginId = "nowhere";
    for (const [text, said] of [
      ["", /nothing to read \(MissingBody\)/],
      ["{\n  \"a\": }", /line 2/],
      ["[1, 2]", /DistributionConfig/],
      ["{\"Buckets\": []}", /DistributionConfig/],
      [JSON.stringify(wrong), /DefaultCacheBehavior\.TargetOriginId.*nowhere/s],
    ]) {
      await paper.fill(text);
      await console.button("Open").click();
      await eventually(async () => said.test((await console.errors()).join("\n")), true);
      assert.equal(await paper.inputValue(), text, "what was typed stays");
      assert.deepEqual(await console.patterns(), ["/api/*", "Default (*)"]);
    }
  });
});

test("a file is opened, and the distribution leaves as a file in each of four forms", async () => {
  await withConsole({}, async (console) => {
    await console.button("Open and save JSON").click();
    const buffer = Buffer.from(await example("s3-site.json"));
    await console.sheet.locator("input[type=file]").setInputFiles({ name: "site.json", mimeType: "application/json", buffer });
    await eventually(async () => (await console.rows(/^Origins/)).length, 1);
    for (const form of ["get-distribution-config", "DistributionConfig alone", "create-distribution", "CloudFormation template"]) {
      await console.sheet.getByLabel("Save as").selectOption({ label: form });
      const file = await saved(console.page, () => console.button("Save the file").click());
      assert.equal(file.text, await console.sheet.getByLabel("JSON of this distribution").inputValue());
      assert.match(file.name, /^[a-z-]+(\(\d\))?\.json$/);
    }
  });
});

test("DS-02: the price class moves a viewer to a farther edge location, and the map shows those that are left", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.section("General");
    await console.field("Price class").selectOption({ label: "North America, Europe and Israel" });
    await console.deploy();
    await console.toWalk();
    const dots = () => edgewalk.map.locator(".pops").evaluate((path) => path.getAttribute("d").split("M").length);
    const few = await dots();
    await edgewalk.sendThrough({ city: "Sydney", path: "/app.js" });
    const served = () => edgewalk.path.locator(".st .plate").nth(1).innerText();
    assert.doesNotMatch(await served(), /Sydney/);
    for (const _ of ["the request", "the wait", "the deployment"]) await edgewalk.button("Undo").click();
    await edgewalk.sendThrough({ city: "Sydney", path: "/app.js" });
    assert.match(await served(), /Sydney/);
    assert.ok((await dots()) > few);
  });
});

test("LG-01: what switching the log on and off does to its bucket", async () => {
  await withConsole({}, async (console) => {
    await console.section("General");
    const log = console.sheet.getByRole("switch", { name: "Standard logging" });
    await log.click();
    assert.equal(await console.field("Bucket for logs").inputValue(), "");
    await log.click();
    assert.equal(await console.field("Bucket for logs").inputValue(), "my-logs.s3.amazonaws.com");
    await console.field("Bucket for logs").fill("elsewhere");
    assert.match((await console.errors()).join(), /bucket by its global name.*LG-02/);
    await console.button("Discard").click();
    assert.equal(await console.field("Bucket for logs").inputValue(), "shop-logs.s3.amazonaws.com");
  });
});

test("a path pattern and an origin's id as long as AWS takes them leave the page as wide as it is", async () => {
  for (const size of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
    await withConsole(size, async (console, edgewalk) => {
      await console.section("Origins");
      await console.field("Name").fill("o".repeat(64));
      await console.section("Behaviors");
      await console.button("Add behavior").click();
      const pattern = `/${"p".repeat(252)}`;
      await console.field("Path pattern").fill(pattern);
      const main = edgewalk.page.getByRole("main", { name: "Settings", exact: true });
      const wide = await main.locator("table").evaluateAll((all) => all.filter((it) => it.scrollWidth > it.parentElement.clientWidth + 1).length);
      assert.equal(wide, 0);
      assert.ok((await main.locator(`[title="${pattern}"]`).count()) > 0, "all of it");
    });
  }
});

test("CE-01 to CE-04: an error page takes the place of the origin's own content, with the status that was chosen", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.section("Error pages");
    assert.match(await console.sheet.innerText(), /There is none: an error reaches the viewer/);
    await console.button("Add error page").click();
    assert.equal(await console.title(), "Edit 404");
    await console.field("Response page path").fill("/about.html");
    assert.equal(await console.field("HTTP response code").inputValue(), "404", "both or neither");
    await console.field("HTTP response code").selectOption("200");
    assert.deepEqual(await console.rows(/^Error pages/), [["404", "/about.html", "*", "shop-media", "200", "10 s"]]);
    await console.deploy();
    await console.button("See it in the walk").click();
    assert.equal(await edgewalk.field("URL path").inputValue(), "/nowhere", "a path that fails so");
    await edgewalk.sendThrough({ city: "Paris", path: "/nowhere.html" });
    assert.match(await edgewalk.inspector.innerText(), /200/);
    await edgewalk.button("Distribution").click();
    await console.button("Remove").click();
    assert.match(await console.sheet.innerText(), /There is none/);
    await console.save();
  });
});

test("OG-01 to OG-03: two origins in a group, to which a behavior turns as to an origin", async () => {
  await withConsole({}, async (console) => {
    await console.section("Origin groups");
    await console.button("Add origin group").click();
    assert.deepEqual(await console.rows(/^Origin groups/), [["group-1", "shop-media", "shop-api", "500, 502, 503, 504"]]);
    await console.field("Name").fill("pair");
    await console.field("Failover criteria").fill("403, 500");
    assert.deepEqual(await console.errors(), []);
    await console.section("Behaviors");
    await console.field("Origin or origin group").selectOption({ label: "pair (group)" });
    assert.match((await console.errors()).join(), /OG-06/, "a group is not asked to write");
    await console.sheet.getByRole("radio", { name: "GET, HEAD", exact: true }).check({ force: true });
    assert.deepEqual(await console.errors(), []);
    await console.save();
  });
});

test("each setting says what it changes, with its row and the guide's page", async () => {
  await withConsole({}, async (console) => {
    await console.field("Viewer protocol policy").focus();
    const said = console.sheet.locator(".does");
    assert.match(await said.innerText(), /Viewer protocol policy\s+What becomes of plain HTTP.*\s+CB-02, guide page using-https-viewers-to-cloudfront/);
    await console.item("shop-media").click();
    await console.field("Origin path").focus();
    assert.match(await said.innerText(), /OR-03/);
  });
});

test("all of it by keys alone", async () => {
  await withConsole({}, async (console) => {
    const { keyboard } = console.page;
    await console.item("/api/*").focus();
    await keyboard.press("Enter");
    assert.equal(await console.title(), "Edit /api/*");
    await console.field("Path pattern").focus();
    await keyboard.press("End");
    await keyboard.type("x");
    await keyboard.press("Enter");
    await eventually(() => console.hint(), "Nothing has changed. What you save is deployed edge location by edge location; it purges nothing.");
    assert.equal((await console.patterns())[0], "/api/*x");
    await console.sheet.getByRole("radio", { name: "All seven" }).focus();
    await keyboard.press("ArrowLeft");
    assert.equal((await console.rows(/^Behaviors/))[0][3], "GET, HEAD, OPTIONS");
  });
});

test("on a phone what is chosen comes into view", async () => {
  await withConsole(PHONE, async (console) => {
    await console.item("shop-api").click();
    const top = () => console.sheet.evaluate((sheet) => sheet.getBoundingClientRect().top < innerHeight / 2);
    await eventually(top, true);
    assert.equal(await console.title(), "Edit shop-api");
    const isWide = await console.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(isWide, false);
  });
});

test("a link leads to the console", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.page.goto(`${site.origin}/#view=distribution`);
    assert.equal(await new Console(edgewalk).title(), "Edit Default (*)");
    await edgewalk.page.keyboard.press("p");
    assert.ok(await edgewalk.button("Add origin").isVisible(), "presented, too");
    assert.ok(await edgewalk.button("Walk").isVisible());
  });
});

test("IM-11, EDGE-08: a function is added, put to use, and rewrites the path before the key is made", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.section("Functions");
    assert.match(await console.sheet.innerText(), /There is none/);
    await console.button("Add function").click();
    assert.deepEqual(await console.rows(/^Functions/), [["function-1", "Function", "Rewrite paths for a single-page app", "nobody yet"]]);
    await console.field("Name").fill("spa");
    await console.field("Name").blur();
    assert.equal(await console.title(), "Edit spa");
    await console.button("Use it in Default (*)").click();
    assert.equal(await console.chosen("Function at viewer request"), "spa");
    await console.deploy();
    assert.deepEqual((await console.rows(/^Behaviors/)).length, 2);
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/account" });
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.page.getByRole("region", { name: "Inspector" }).innerText(), /makes \/account into \/index\.html/);
    // EDGE-35, EDGE-38: what it was given and what it returned lie folded beside that, as JSON.
    const summary = edgewalk.page.getByText("What the function is given", { exact: true });
    await summary.click();
    const fold = edgewalk.inspector.locator("details").filter({ has: summary });
    const [given, gave] = (await fold.locator("pre").allInnerTexts()).map((text) => JSON.parse(text));
    assert.deepEqual([given.version, given.context.eventType, given.request.uri], ["1.0", "viewer-request", "/account"]);
    assert.equal(gave.uri, "/index.html");
    assert.deepEqual(await accessibilityFaults(edgewalk.page), []);
  });
});

test("VSEC-21: rules are typed as lines; one that is none says so, and a web ACL in force refuses", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.section("Security");
    await console.button("Add").click();
    assert.equal(await console.title(), "Edit acl-1");
    await console.field("Rules").fill("forbid all");
    await console.field("Rules").blur();
    assert.equal(await console.field("Rules").inputValue(), "forbid all");
    assert.match(await edgewalk.complaint(console.field("Rules")), /VSEC-21|IM-14|ER-03/);
    assert.match(await console.hint(), /to solve first/);
    await console.field("Rules").fill("block path /admin\nblock country FR");
    await console.field("Rules").blur();
    assert.deepEqual(await console.errors(), []);
    await console.button("Use it in General").click();
    assert.equal(await console.title(), "Edit general settings");
    assert.equal(await console.chosen("Web ACL (WAF)"), "acl-1");
    await eventually(() => edgewalk.focused(), "Web ACL (WAF)");
    await console.button("Undo edit").click();
    assert.equal(await console.chosen("Web ACL (WAF)"), "None");
    await console.section("Security");
    await console.item("acl-1").click();
    await console.button("Use it in General").click();
    assert.equal(await console.chosen("Web ACL (WAF)"), "acl-1");
    await console.deploy();
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    assert.match(await edgewalk.page.getByRole("region", { name: "Inspector" }).innerText(), /403/);
  });
});

test("CB-07, CK-03: an own cache policy says which parameters split the cache", async () => {
  await withConsole({}, async (console) => {
    await console.section("Policies");
    await console.button("Add").click();
    const query = console.field("Query parameters in the key");
    await query.fill("all but utm");
    await query.blur();
    assert.equal(await query.inputValue(), "all but utm");
    assert.match((await console.rows(/^Policies/))[0][2], /query: all but utm/);
    await console.button("Use it in Default (*)").click();
    assert.equal(await console.chosen("Cache policy"), "my-cache-policy-1");
    await console.save();
    await console.section("Policies");
    assert.equal((await console.rows(/^Policies/))[0][3], "Default (*)");
    await console.button("Remove").click();
    await console.button("Discard").click();
    assert.equal((await console.rows(/^Policies/)).length, 1);
  });
});

test("IM-01: a policy that is pasted as the CLI prints it goes beside this distribution", async () => {
  await withConsole({}, async (console) => {
    await console.button("Open and save JSON").click();
    const paper = console.sheet.getByLabel(/get-distribution-config/);
    const config = { Name: "pasted", MinTTL: 5, DefaultTTL: 60, MaxTTL: 600 };
    const printed = (config) => JSON.stringify({ CachePolicy: { Id: "658327ea-0000-4000-8000-000000000001", CachePolicyConfig: config } });
    await paper.fill(printed({ ...config, MinTTL: "soon" }));
    await console.button("Open").click();
    assert.match(await console.sheet.innerText(), /CachePolicyConfig\.MinTTL: this must be a whole number/);
    await paper.fill(printed(config));
    await console.button("Open").click();
    assert.equal(await console.title(), "Edit pasted");
    assert.equal(await console.field("Minimum TTL (s)").inputValue(), "5");
    await console.save();
  });
});

test("IM-15: the paths of a site come with a configuration of one's own, and one that is none is named", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.button("Open and save JSON").click();
    await console.sheet.getByLabel(/get-distribution-config/).fill(await example("s3-site.json"));
    const paths = console.sheet.getByLabel(/^Paths of the site/);
    await paths.fill("/mine.html\nno slash");
    await console.button("Open").click();
    assert.match(await console.sheet.innerText(), /line 2: a URL path starts with a slash/);
    await paths.fill("/mine.html\n/other.png");
    await console.button("Open").click();
    await eventually(async () => /hold 2 objects/.test(await console.sheet.innerText()), true);
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/mine.html" });
    assert.match(await edgewalk.page.getByRole("region", { name: "Inspector" }).innerText(), /200/);
  });
});

test("what is edited of one distribution is not put in force in another that is opened", async () => {
  await withConsole({}, async (console) => {
    await console.field("Cache policy").selectOption(DISABLED);
    assert.match(await console.hint(), /^Not saved yet/);
    await console.button("Open and save JSON").click();
    await console.sheet.getByLabel(/get-distribution-config/).fill(await example("s3-site.json"));
    await console.button("Open").click();
    await eventually(async () => (await console.rows(/^Origins/)).length, 1);
    await console.item("Default (*)").click();
    assert.match(await console.hint(), /^Nothing has changed/);
  });
});

test("DST-03, DST-02: until it is deployed an edge location may answer by the configuration before, and says so", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.field("Cache policy").selectOption(DISABLED);
    await console.save();
    await console.toWalk();
    assert.equal(await edgewalk.title(), "Deploying");
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    assert.ok(!(await edgewalk.stepLabels()).includes("Skips REC"), "by the one before");
    await edgewalk.goTo("POP looks");
    assert.match((await edgewalk.reasons()).join(), /still goes by the configuration before/);
    await edgewalk.last();
    await edgewalk.button("Wait until deployed").click();
    await eventually(() => edgewalk.button("Wait until deployed").count(), 0);
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    assert.ok((await edgewalk.stepLabels()).includes("Skips REC"), "REC-05");
  });
});

test("INV-30, INV-46: an invalidation is created in the console, listed with its price, and watched on the map", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.button("Distribution").click();
    await console.section("Invalidations");
    const paths = console.sheet.getByLabel(/^Object paths and tags/);
    await paths.fill("/a b");
    await console.button("Create invalidation").click();
    assert.match(await console.sheet.innerText(), /line 1: /);
    assert.equal((await console.rows(/^Invalidations/)).length, 0);
    await paths.fill("/img/*\n/app.js");
    await console.button("Create invalidation").click();
    const [[, items, , status]] = await console.rows(/^Invalidations/);
    assert.deepEqual([items, status.replaceAll("\u00a0", " ")], ["/img/*, /app.js", "In progress: 0 caches reached"]);
    assert.match(await console.hint(), /It counts as 2 paths/);
    await console.button("Watch it spread").click();
    assert.match(await edgewalk.title(), /^Invalidate/);
    await edgewalk.last();
    await edgewalk.button("Distribution").click();
    assert.deepEqual((await console.rows(/^Invalidations/))[0].slice(3), ["Completed", "2"]);
  });
});

test("PRC-21, PRC-31, PRC-44: the console says what the walk would cost so far, and a million of them in a month", async () => {
  await withConsole({}, async (console, edgewalk) => {
    await console.section("Cost");
    assert.match(await console.tables.innerText(), /There is none yet/);
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.button("Distribution").click();
    const first = await console.rows(/^Cost/);
    const [requests, bytes] = first;
    // 0.0120 for 10,000, and in a month the first 10 million are free.
    assert.deepEqual(requests, ["HTTPS requests, Europe", "1", "US$0.012\u00a0/\u00a010,000", "US$0.0000012", "US$0", "PRC-31"]);
    assert.deepEqual([bytes[0], bytes[2], bytes[5]], ["To viewers, Europe", "US$0.085\u00a0/\u00a0GB", "PRC-21"]);
    const dollars = (text) => Number(text.replace(/^US\$/, "").replaceAll(",", ""));
    // A million times the bytes, less the free TB of 1,024 GB; three figures of the sum are shown.
    const expected = 1e6 * dollars(bytes[3]) - 1024 * 0.085;
    assert.ok(expected <= 0 ? bytes[4] === "US$0" : Math.abs(dollars(bytes[4]) - expected) < 0.01 * expected, `${bytes}`);
    assert.match(await console.sheet.innerText(), /The flat-rate plan \w+ holds such a month|No flat-rate plan holds such a month/);
    await console.toWalk();
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.button("Distribution").click();
    assert.equal((await console.rows(/^Cost/))[0][3], "US$0.0000024", "a hit is a request, too");
  });
});
