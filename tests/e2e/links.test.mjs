// A walk leaves the page as a link or a file and comes back; what is no walk is refused by name, and nothing is lost.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CLIPBOARD, saved } from "./browsers.mjs";
import { Edgewalk, eventually, same, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const hash = (page) => page.evaluate(() => location.hash);
const title = (page) => page.locator("button.lesson").innerText().then((text) => text.trim());
const alert = (page) => page.getByRole("alert").innerText().then((text) => text.replace(/\s+/g, " ").trim());

async function openLesson(page, name) {
  await page.locator("button.lesson").click();
  await page.getByRole("dialog", { name: "Walks" }).getByRole("button", { name }).click();
}

/** Puts a file into the file input, as choosing one does. */
async function choose(page, text, name = "some.walk.json") {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

/** The picture, and everything else that a refused link or file must leave alone. */
async function state(edgewalk) {
  return `${await edgewalk.picture()}\n${await title(edgewalk.page)}`;
}

test("the address follows, and opened again shows this very step", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    assert.equal(await hash(page), "", "a page that was just opened has a plain address");
    await openLesson(page, /^3 ?Another city/);
    await eventually(() => hash(page), "#walk=another-city");
    await edgewalk.last();
    await edgewalk.send({ city: "Lagos, Nigeria", path: "/app.js", query: "a=1&b=<b>", headers: "Accept: */*\nX-Class: 4b, blue" });
    await edgewalk.goTo("POP looks");
    await page.evaluate(() => document.activeElement.blur());
    const settled = async () => {
      const before = await hash(page);
      // The address follows a moment after a step.
      await page.waitForTimeout(600);
      return /&do=.+&step=\d+$/.test(before) && before === (await hash(page));
    };
    await eventually(settled, true, 10_000);
    const link = await hash(page);
    assert.match(link, /^#walk=another-city&do=GET:lagos:\/app\.js\?a=1%26b=%3Cb%3E:bare:/);
    assert.ok(link.length < 300, link);
    const before = await edgewalk.picture();

    await site.visit(`/${link}`, {}, async (other) => {
      const again = new Edgewalk(other);
      assert.equal(await title(other), "3. Another city: a hit in the regional cache");
      assert.equal(await again.status(), await edgewalk.status());
      await again.openFold("Query string");
      await again.openFold("Headers");
      await edgewalk.openFold("Query string");
      await edgewalk.openFold("Headers");
      same(await again.picture(), before, "the same step");
    });
  });
});

test("copying puts a link into the clipboard that opens this step, and says so", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await page.context().grantPermissions(CLIPBOARD);
    await openLesson(page, /First visit/);
    await edgewalk.goTo("REC looks");
    await page.getByRole("button", { name: "Copy link to this step" }).click();
    await page.getByRole("status").getByText("The link to this step is in the clipboard.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, `${site.origin}/#walk=first-visit&step=7`);
  });
});

test("where the browser forbids to copy, the link can be copied by hand", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("no")); });
    await page.getByRole("button", { name: "Copy link to this step" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Link to this step" }).inputValue(), `${site.origin}/`);
    await page.getByRole("button", { name: "Close message" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Link to this step" }).count(), 0);
  });
});

test("a link that would be too long offers a file, which opens as the same walk", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ headers: `X-Long: ${"a".repeat(3_000)}` });
    await edgewalk.goTo("REC looks");
    await page.getByRole("button", { name: "Copy link to this step" }).click();
    const offer = page.getByRole("status").filter({ hasText: "This link would have 3,0" });
    const { name, text } = await saved(page, () => offer.getByRole("button", { name: "Save this walk" }).click());
    assert.equal(name, "edgewalk.walk.json");
    assert.equal(JSON.parse(text).edgewalk, 1);
    const shown = await edgewalk.status();
    await openLesson(page, /Second visit/);
    await choose(page, text);
    await eventually(() => edgewalk.status(), shown);
    assert.equal(await edgewalk.title(), "Regional edge cache: miss");
  });
});

test("a saved lesson comes back with its title and what it tells", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await openLesson(page, /Invalidation/);
    await edgewalk.last();
    await page.locator("button.lesson").click();
    const { name, text } = await saved(page, () => page.getByRole("button", { name: "Save this walk" }).click());
    assert.equal(name, "invalidation-gone-from-both-tiers.walk.json");
    await page.goto(`${site.origin}/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await choose(page, text);
    await eventually(() => title(page), "Invalidation: gone from both tiers");
    assert.match(await page.locator(".tale").innerText(), /^The new picture, at the price of a whole trip\.$/);
  });
});

test("a file that is dropped on the page is opened", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const data = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['{"edgewalk": 1, "title": "Dropped", "actions": [["GET", "paris", "/app.js"]]}'], "a.json"));
      return data;
    });
    await page.dispatchEvent("main", "dragover", { dataTransfer: data });
    await page.dispatchEvent("main", "drop", { dataTransfer: data });
    await eventually(() => title(page), "Dropped");
    assert.match(await edgewalk.status(), /^Step 1 of 12\./);
  });
});

test("the browser's back and forward go from walk to walk, each at the step where it was left", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await openLesson(page, /First visit/);
    await edgewalk.goTo("REC looks");
    await eventually(() => hash(page), "#walk=first-visit&step=7");
    await openLesson(page, /POST/);
    await eventually(() => hash(page), "#walk=post");
    await page.evaluate(() => history.back());
    await eventually(() => title(page), "1. First visit: a miss all the way");
    assert.equal(await edgewalk.title(), "Regional edge cache: miss");
    await page.evaluate(() => history.back());
    await eventually(() => edgewalk.status(), "Nothing sent yet.");
    assert.equal(await hash(page), "");
    await page.evaluate(() => history.forward());
    await eventually(() => edgewalk.title(), "Regional edge cache: miss");
    await page.evaluate(() => history.forward());
    await eventually(() => title(page), "6. A POST goes straight to the origin");
    await edgewalk.button("Undo").click();
    await eventually(() => title(page), "1. First visit: a miss all the way");
  });
});

test("the first page has a link, and closing it leaves the walk's", async () => {
  await site.visit("/#view=about&walk=post&step=3", {}, async (page) => {
    const about = page.getByRole("dialog", { name: "What CloudFront is" });
    await about.waitFor();
    await page.keyboard.press("Escape");
    await eventually(() => about.isVisible(), false);
    await eventually(() => hash(page), "#walk=post&step=3");
  });
});

const BAD_LINKS = [
  ["top", /its parts are v, walk, keep, scenario, own, objects, seed, do, step, view, not "top"/],
  ["v=3&walk=third-visit", /v: version 3 is newer than this page, which knows versions up to 2/],
  ["walk=post.7", /The walk: version 7 is newer than this page/],
  ["walk=nowhere", /The walk: this must be one of first-visit, .+, not "nowhere"/],
  ["walk=post&step=99", /There is no step 99: this walk has 11\./],
  ["do=GET:atlantis:/", /[Ww]ord 2 of action 1 in the link: the viewer city must be one of the list, perhaps .+, not "atlantis"/],
  ["do=origin-region:moon-1", /[Ww]ord 2 of action 1 in the link: the Region must be one of the 34 codes, such as us-east-1, not "moon-1"/],
  ["do=wait:0", /[Aa]ction 1: a wait lasts from 1 second to 400 days, not 0 seconds/],
  ["do=GET:paris:/%3Cimg%20src=x%20onerror=alert(1)%3E", /[Ww]ord 3 of action 1 in the link: the URL path holds ' '/],
  ["do=%zz", /percent-encoded/],
  [`do=${"wait:1,".repeat(100_000)}wait:1`, /[Tt]he link: a walk holds at most 10000 actions, not 100001/],
];

for (const [link, message] of BAD_LINKS) {
  test(`a link that is none is refused, at the start and later: ${link.slice(0, 50)}`, async () => {
    await site.visit(`/#${link}`, {}, async (page) => {
      await eventually(async () => message.test(await alert(page)), true);
      assert.equal(await new Edgewalk(page).status(), "Nothing sent yet.");
    });
    await walk(site, async (edgewalk) => {
      const { page } = edgewalk;
      await edgewalk.send({ city: "Paris", path: "/app.js" });
      await edgewalk.goTo("POP looks");
      const before = await state(edgewalk);
      await page.evaluate((link) => { location.hash = link; }, link);
      await eventually(async () => message.test(await alert(page)), true);
      same(await state(edgewalk), before, "the walk is as it was");
      await page.getByRole("button", { name: "Close message" }).click();
      assert.equal(await alert(page), "");
    });
  });
}

const BAD_FILES = [
  ["", /This is no Walk file: there is nothing to read/],
  ["GIF89a\u0000\u0001", /This is no Walk file: this is not JSON: expected value at line 1, column 1/],
  ['{"name": "something else", "version": "1.0.0"}', /edgewalk: a Walk file has the number of its version here, such as 1; it is missing/],
  ['{"edgewalk": 3, "steps": []}', /edgewalk: version 3 is newer than this page/],
  ['{"edgewalk": 1, "actions": [["GET", "atlantis", "/"]]}', /actions\[0\]\[1\]: the viewer city must be one of the list/],
  ['{"edgewalk": 1, "actions": [["origin-region", "moon-1"]]}', /actions\[0\]\[1\]: the Region must be one of the 34 codes/],
  [`{"edgewalk": 1, "actions": [${"1,".repeat(999_999)}1]}`, /actions: a walk holds at most 10000 actions, not 1000000/],
  [`{"edgewalk": 1, "actions": [${'["wait","1"],'.repeat(1_400_000)}["wait","1"]]}`, /[Tt]he file has 1\d{7} bytes; a Walk file has at most 16000000/],
];

test("a file that is none is refused, and the walk stays", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.send({ city: "Paris", path: "/app.js" });
    await edgewalk.goTo("POP looks");
    const before = await state(edgewalk);
    for (const [text, message] of BAD_FILES) {
      await choose(page, text);
      await eventually(async () => message.test(await alert(page)), true);
      same(await state(edgewalk), before, text.slice(0, 60));
    }
    // And a good one still opens, which also takes the message away.
    await choose(page, '{"edgewalk": 1, "actions": [["wait", "5"]]}');
    await eventually(() => alert(page), "");
  });
});

test("nothing of a link or file ever becomes markup", async () => {
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const file = JSON.stringify({
    edgewalk: 1,
    title: evil,
    summary: evil,
    actions: [{ do: ["GET", "paris", "/%3Cb%3E", `X-Evil: ${evil}`], say: { url: evil } }, ["publish", "/app.js"]],
  });
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const elements = () => page.locator("img, .tale script, .lesson script, .inspector script").count();
    await choose(page, file, `${evil}.json`);
    await eventually(() => title(page), evil.slice(0, 120));
    assert.equal(await page.locator(".tale").innerText(), evil);
    await edgewalk.last();
    assert.equal(await elements(), 0);
    await choose(page, JSON.stringify({ edgewalk: 1, actions: [["GET", evil, "/"]] }));
    await eventually(async () => (await alert(page)).includes("<img src=x"), true);
    await page.evaluate((evil) => { location.hash = `walk=${evil}`; }, evil);
    await eventually(async () => (await alert(page)).includes("img"), true);
    assert.equal(await elements(), 0);
    assert.equal(await page.title(), "Edgewalk");
  });
});

test("back and forward go through the pages of a walk, and what was done meanwhile stays", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ city: "Paris", path: "/app.js" });
    const told = await edgewalk.status();
    await edgewalk.button("Distribution").click();
    await eventually(() => hash(page).then((said) => said.includes("view=distribution")), true);
    await edgewalk.button("Logs").click();
    await eventually(() => hash(page).then((said) => said.includes("view=logs")), true);
    await page.goBack();
    await page.getByRole("main", { name: "Settings", exact: true }).waitFor();
    await page.goBack();
    await edgewalk.inspector.waitFor();
    assert.equal(await edgewalk.status(), told);
    // A walk that goes on beside an entry of the history is not taken back with it.
    await page.goForward();
    await page.getByRole("main", { name: "Settings", exact: true }).waitFor();
    await page.getByRole("region", { name: "Edit", exact: true }).getByRole("switch", { name: /ompress/ }).click();
    await edgewalk.button("Save changes").click();
    await page.goBack();
    await edgewalk.inspector.waitFor();
    await eventually(() => hash(page).then((said) => /deploy/.test(said)), true);
  });
});

test("back from a walk that was loaded anew or typed opens the one before it", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ city: "Paris", path: "/app.js" });
    await eventually(() => hash(page).then((said) => /do=GET:paris/.test(said)), true);
    await openLesson(page, /^3 ?Another city/);
    await eventually(() => hash(page), "#walk=another-city");
    await page.reload();
    await edgewalk.inspector.waitFor();
    await page.goBack();
    await eventually(() => hash(page).then((said) => /do=GET:paris/.test(said)), true);
    await eventually(() => title(page).then((said) => said.startsWith("Choose a walk")), true);
    await page.evaluate(() => { location.hash = "walk=post"; });
    await eventually(() => title(page).then((said) => said.startsWith("6.")), true);
    await page.goBack();
    await eventually(() => title(page).then((said) => said.startsWith("Choose a walk")), true);
    await eventually(() => hash(page).then((said) => /do=GET:paris/.test(said)), true);
  });
});

test("a refused fragment does not stay in the address of the walk that is open", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ city: "Paris", path: "/app.js" });
    await eventually(() => hash(page).then((said) => /do=GET:paris/.test(said)), true);
    await page.evaluate(() => { location.hash = "walk=nope"; });
    assert.match(await alert(page), /nope/);
    await eventually(() => hash(page).then((said) => /do=GET:paris/.test(said)), true);
  });
});
