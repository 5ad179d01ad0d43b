// More "What if": Origin Shield, TTLs, an object's size, the origin's health, viewers who send together; jumps of the clock,
// events worth stopping at, an invalidation on its way, and a presenter's remote.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const POP = "Edge location NBO, Nairobi";
const REC = "Regional edge cache me-central-1";
const stations = (edgewalk) => edgewalk.path.locator(".st .plate b").allInnerTexts();
const alert = (edgewalk) => edgewalk.page.getByRole("alert").filter({ hasText: /./ }).innerText();
const marks = (edgewalk, state) => edgewalk.map.locator(`.wave[data-state="${state}"]`).count();

test("SHD-01 Origin Shield is a station on the way, and a tier of its own, and goes again", async () => {
  await walk(site, async (edgewalk) => {
    assert.deepEqual(await stations(edgewalk), ["Viewer", "Edge location", "Regional edge cache", "Origin"]);
    await edgewalk.flip("Origin Shield");
    assert.deepEqual(await stations(edgewalk), ["Viewer", "Edge location", "Regional edge cache", "Origin Shield", "Origin"]);
    await edgewalk.sendThrough();
    const labels = await edgewalk.stepLabels();
    assert.deepEqual(labels.slice(5, 12), ["POP looks", "REC looks", "Shield looks", "At origin", "Answer", "Shield keeps", "REC keeps"]);
    assert.deepEqual(await edgewalk.objects("Origin Shield us-east-1"), ["hero.jpg"]);
    assert.equal(await edgewalk.timeline.getByText("Shield", { exact: true }).count(), 1, "the strip has a row for it");
    await edgewalk.flip("Origin Shield");
    assert.equal(await edgewalk.toggle("Origin Shield").isChecked(), false);
    assert.equal((await stations(edgewalk)).length, 4);
    await edgewalk.button("Undo").click();
    assert.equal(await edgewalk.toggle("Origin Shield").isChecked(), true);
  });
});

test("SHD-05 past the regional edge cache the way leads to Origin Shield", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.flip("Origin Shield");
    await edgewalk.send({ method: "POST" });
    await edgewalk.goTo("Shield looks");
    assert.match(await edgewalk.map.innerText(), /Straight to Origin Shield, past Dubai/);
    assert.match(await edgewalk.path.innerText(), /POST may change data, no cache may answer/);
  });
});

test("TTL-01, TTL-26: other TTLs hold for what is fetched, and those in a wrong order are refused", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("TTLs");
    await edgewalk.field("Maximum").fill("7200");
    await edgewalk.button("Set TTLs").click();
    const field = edgewalk.field("Minimum");
    assert.match(await edgewalk.complaint(field), /default TTL \(86400 s\)/);
    assert.equal(await edgewalk.focused(), "Minimum");
    await edgewalk.field("Default").fill("no");
    await edgewalk.button("Set TTLs").click();
    const refusal = 'The default TTL is a whole number of seconds from 0 to 999999999, not "no".';
    assert.equal(await edgewalk.complaint(edgewalk.field("Default")), refusal);
    await edgewalk.field("Default").fill("600");
    await edgewalk.button("Set TTLs").click();
    assert.equal(await edgewalk.title(), "Other TTLs for *");
    await edgewalk.sendThrough();
    await edgewalk.goTo("POP keeps");
    assert.ok((await edgewalk.reasons()).some((reason) => /Cut to the maximum TTL of 7,200\ss/.test(reason)), String(await edgewalk.reasons()));
  });
});

test("FLOW-09 an object of another size is a new version, which no cache hears of", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough();
    await edgewalk.openFold("Between requests");
    assert.equal(await edgewalk.field("Object size (MB)").inputValue(), "0.412672");
    await edgewalk.field("Object size (MB)").fill("0.1");
    await edgewalk.button("Publish so").click();
    assert.match(await edgewalk.inspector.innerText(), /a new version, of 100\sKB/);
    await edgewalk.sendThrough();
    assert.equal(await edgewalk.header("Content-Length"), "412672");
    await edgewalk.invalidateThrough("/img/*");
    await edgewalk.sendThrough();
    assert.equal(await edgewalk.header("Content-Length"), "100000");
    await edgewalk.field("Object size (MB)").fill("200000");
    await edgewalk.button("Publish so").click();
    assert.match(await edgewalk.complaint(edgewalk.field("Object size (MB)")), /at most 100000000000 bytes/);
  });
});

test("ERR-01 the origin fails, takes long and answers again", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Origin");
    const origin = edgewalk.page.getByRole("combobox", { name: /^shop-media/ });
    await origin.selectOption("answers 503 to everything");
    assert.match(await edgewalk.title(), /^The origin shop-media answers everything with 503/);
    await edgewalk.sendThrough();
    assert.equal(await edgewalk.header("X-Cache"), "Error from cloudfront");
    await origin.selectOption("takes 10 s longer");
    await edgewalk.sendThrough({ path: "/app.js" });
    assert.equal(await edgewalk.header("X-Cache"), "Miss from cloudfront");
    const clock = await edgewalk.timeline.locator(".clock").innerText();
    assert.match(clock.replace(/\s+/g, " "), /^1[01]\.\d s of 1[01]\.\d s$/);
    await origin.selectOption("answers");
    assert.equal(await origin.inputValue(), "answers");
  });
});

test("COL-01, COL-02: viewers who send together wait for one answer", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Send together");
    // It says that it leads nowhere, and why where it is pressed all the same.
    await edgewalk.button("Send together").click({ force: true });
    assert.match(await alert(edgewalk), /choose at least two viewers/i);
    await edgewalk.button("3 in this city").click();
    await edgewalk.button("Remove Addis Ababa").first().click();
    const another = edgewalk.page.getByLabel("Another viewer's city");
    // Typed as a person types: Firefox takes a text that was filled in for unchanged.
    await another.pressSequentially("Nowhere");
    await another.press("Enter");
    assert.match(await alert(edgewalk), /Nowhere/);
    await another.press("ControlOrMeta+a");
    await another.pressSequentially("Addis Ababa");
    await another.press("Enter");
    await edgewalk.button("Send together").click();
    await edgewalk.last();
    assert.deepEqual((await edgewalk.stepLabels()).filter((label) => /Waits|POP answers|At origin/.test(label)),
      ["Waits", "Waits", "At origin", "POP answers", "POP answers"]);
    assert.equal(await edgewalk.header("X-Cache"), "Hit from cloudfront", "COL-02");
    assert.match(await edgewalk.status(), /^Step 18 of 18, viewer 3 of 3\./);
    await edgewalk.goTo("At origin");
    assert.match(await edgewalk.station(POP).innerText(), /2 wait here/);
    assert.match(await edgewalk.status(), /viewer 1 of 3/);
  });
});

test("COL-09 viewers behind one regional edge cache cost one request to the origin", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Send together");
    await edgewalk.button("3 behind this REC").click();
    await edgewalk.button("Send together").click();
    await edgewalk.last();
    const labels = await edgewalk.stepLabels();
    assert.equal(labels.filter((label) => label === "At origin").length, 1);
    assert.equal(labels.filter((label) => label === "Shown").length, 3);
  });
});

test("REV-01 the clock jumps to where the first object is stale, and a minute, an hour, a day ahead", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.button("Jump to the next expiry").click();
    assert.match(await alert(edgewalk), /nothing expires/);
    const { width, height } = await edgewalk.page.locator(".jump-said .err").boundingBox();
    assert.ok(width > 200 && height < 60, `it is read in lines: ${width} x ${height}`);
    await edgewalk.sendThrough();
    await edgewalk.button("Jump to the next expiry").click();
    assert.match(await edgewalk.inspector.innerText(), /hero\.jpg in Nairobi is stale now/);
    assert.match(await edgewalk.shelfText(POP), /stale/);
    const titles = [];
    for (const name of ["Jump +1 min", "Jump +1 h", "Jump +1 day"]) {
      await edgewalk.button(name).click();
      titles.push(await edgewalk.title());
    }
    assert.deepEqual(titles, ["1\u00a0min passes", "1\u00a0h passes", "1\u00a0d passes"]);
    await edgewalk.button("Undo").click();
    assert.equal(await edgewalk.title(), "1\u00a0h passes");
  });
});

test("N goes to what is worth stopping at, and Shift N back", async () => {
  await walk(site, async (edgewalk) => {
    const { keyboard } = edgewalk.page;
    await edgewalk.sendThrough();
    await edgewalk.sendThrough();
    await edgewalk.first();
    await edgewalk.page.evaluate(() => document.activeElement.blur());
    const titles = [];
    for (const key of ["n", "n", "n", "Shift+N", "Shift+N"]) {
      await keyboard.press(key);
      titles.push(await edgewalk.title());
    }
    const [pop, rec, shown] = ["Edge location: miss", "Regional edge cache: miss", "At the viewer"];
    assert.deepEqual(titles, [pop, rec, shown, rec, pop]);
  });
});

test("INV-38 an invalidation comes to each cache at its own moment, and what went is struck through", async () => {
  await walk(site, async (edgewalk) => {
    for (const city of ["Tokyo", "Addis Ababa"]) await edgewalk.sendThrough({ city });
    await edgewalk.invalidateThrough("/img/*");
    const seen = [];
    for (let step = 0; step < 6; step += 1) {
      seen.unshift([await marks(edgewalk, "ahead"), (await marks(edgewalk, "now")) + (await marks(edgewalk, "past"))]);
      await edgewalk.back();
    }
    assert.deepEqual(seen, [[4, 0], [3, 1], [2, 2], [1, 3], [0, 4], [0, 4]]);
    await edgewalk.last();
    assert.deepEqual(await edgewalk.objects(POP), [], "what went is none of its objects");
    assert.match(await edgewalk.shelfText(POP), /hero\.jpg invalidated/);
    assert.deepEqual(await edgewalk.objects(REC), []);
  });
});

test("a presenter's remote steps, and blacks the screen out", async () => {
  await walk(site, async (edgewalk) => {
    const { keyboard } = edgewalk.page;
    const isSeen = () => edgewalk.page.evaluate(() => getComputedStyle(document.body, "::after").content === "none");
    await edgewalk.send();
    await edgewalk.page.evaluate(() => document.activeElement.blur());
    await keyboard.press(".");
    assert.equal(await isSeen(), true, "only in presenter mode");
    await keyboard.press("p");
    await keyboard.press("PageDown");
    assert.match(await edgewalk.status(), /^Step 2 /);
    await keyboard.press("PageUp");
    assert.match(await edgewalk.status(), /^Step 1 /);
    await keyboard.press(".");
    await eventually(isSeen, false);
    await keyboard.press(".");
    await eventually(isSeen, true);
    await keyboard.press(".");
    await eventually(isSeen, false);
    await keyboard.press("PageDown");
    await eventually(isSeen, true);
  });
});

test("a second press brings a motion to its end, and no more", async () => {
  await walk(site, { motion: true }, async (edgewalk) => {
    const { keyboard } = edgewalk.page;
    const moves = () => edgewalk.page.evaluate(() => document.querySelector(".stage").hasAttribute("data-motion"));
    await edgewalk.send();
    await edgewalk.page.evaluate(() => document.activeElement.blur());
    // Both presses in one go: a slow machine must not outlast the motion between them.
    await edgewalk.page.evaluate(() => {
      for (let press = 0; press < 2; press += 1) {
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      }
    });
    await eventually(async () => [(await edgewalk.status()).slice(0, 7), await moves()], ["Step 2 ", false]);
    await keyboard.press("ArrowRight");
    assert.match(await edgewalk.status(), /^Step 3 /);
    await edgewalk.page.evaluate(() => {
      for (const key of ["ArrowLeft", "ArrowRight", " ", "ArrowRight"]) {
        window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      }
    });
    await edgewalk.button("Play").waitFor();
    assert.match(await edgewalk.status(), /^Step 3 /, "paused, and where it was");
  });
});

test("the first list is the walks themselves: one press takes one", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.inspector.getByRole("button", { name: /^2\s*Second visit/ }).click();
    assert.match(await edgewalk.status(), /^Step 1 of/);
    assert.match(await edgewalk.page.getByRole("banner").innerText(), /Second visit: a hit at the edge/);
  });
});
