// The walks that the page brings along, the list of them, what they tell, and the first page.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Edgewalk, eventually, MISS_STEPS, walk } from "./edgewalk.mjs";
import { accessibilityFaults, launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const TITLES = [
  "First visit: a miss all the way",
  "Second visit: a hit at the edge",
  "Another city: a hit in the regional cache",
  "Pushed out of the edge: the regional cache still has it",
  "A dynamic request skips the regional cache",
  "A POST goes straight to the origin",
  "S3 in the same Region: no stop in between",
  "Invalidation: gone from both tiers",
];

const picker = ({ page }) => page.locator("button.lesson");
const list = ({ page }) => page.getByRole("dialog", { name: "Walks" });
const tale = ({ page }) => page.locator(".tale");

async function open(edgewalk, title) {
  await picker(edgewalk).click();
  await list(edgewalk).getByRole("button", { name: title }).click();
}

test("the list has all eight, and each opens at its first step, ready to step to its end", async () => {
  await walk(site, async (edgewalk) => {
    assert.equal((await picker(edgewalk).innerText()).trim(), "Choose a walk");
    await picker(edgewalk).click();
    const names = await list(edgewalk).getByRole("listitem").locator("b").allInnerTexts();
    assert.deepEqual(names, TITLES);
    await edgewalk.page.keyboard.press("Escape");
    for (const [index, title] of TITLES.entries()) {
      await open(edgewalk, title);
      await eventually(async () => (await picker(edgewalk).innerText()).trim(), `${index + 1}. ${title}`);
      assert.match(await edgewalk.status(), /^Step 1 of \d+\./, title);
      await edgewalk.last();
      assert.match(await edgewalk.status(), /^Step (\d+) of \1\./, title);
      assert.ok((await tale(edgewalk).innerText()).length > 20, `${title}: the last step is told of`);
    }
  });
});

test("the first walk is a miss all the way, step by step, with what it tells", async () => {
  await walk(site, async (edgewalk) => {
    await open(edgewalk, TITLES[0]);
    assert.deepEqual(await edgewalk.stepLabels(), MISS_STEPS);
    await edgewalk.goTo("REC looks");
    assert.equal(await edgewalk.title(), "Regional edge cache: miss");
    assert.equal(await tale(edgewalk).innerText(), "Second miss: no other edge location of the region has asked for it either.");
    await edgewalk.goTo("TLS");
    assert.equal(await tale(edgewalk).innerText(), "", "where a sentence helps, and nowhere else");
  });
});

test("another request in the middle leaves the walk, and undoing comes back to it and to what was before", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Paris", path: "/app.js" });
    const before = await edgewalk.picture();
    await open(edgewalk, TITLES[2]);
    assert.equal(await edgewalk.field("Viewer city").inputValue(), "Riyadh, Saudi Arabia");
    await edgewalk.goTo("POP looks");
    await edgewalk.send({ city: "Lagos", path: "/app.js" });
    await edgewalk.last();
    assert.equal(await tale(edgewalk).innerText(), "", "nothing is told of what the class did itself");
    await edgewalk.button("Undo").click();
    await edgewalk.first();
    await edgewalk.last();
    assert.match(await tale(edgewalk).innerText(), /^Slower than a hit at the edge/);
    await edgewalk.button("Undo").click();
    assert.equal((await picker(edgewalk).innerText()).trim(), "Choose a walk");
    // What is typed is not part of a walk.
    await edgewalk.compose({ city: "Paris", path: "/app.js" });
    await edgewalk.page.evaluate(() => document.activeElement.blur());
    await eventually(async () => (await edgewalk.picture()).replace(/Paris, France/g, "Paris"), before.replace(/Paris, France/g, "Paris"));
  });
});

test("the list is worked by the keyboard alone, and gives the focus back", async () => {
  await walk(site, async (edgewalk) => {
    const { keyboard } = edgewalk.page;
    await picker(edgewalk).focus();
    await keyboard.press("Enter");
    await eventually(() => edgewalk.focused(), "What CloudFront is");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await eventually(() => edgewalk.focused(), TITLES[1]);
    await keyboard.press("End");
    await eventually(() => edgewalk.focused(), "Save this walk");
    await keyboard.press("Home");
    await eventually(() => edgewalk.focused(), "What CloudFront is");
    await keyboard.press("ArrowUp");
    await eventually(() => edgewalk.focused(), "What CloudFront is");
    await keyboard.press("Escape");
    assert.equal(await list(edgewalk).isVisible(), false);
    await eventually(() => edgewalk.focused(), "Choose a walk");
    await keyboard.press("Enter");
    for (let i = 0; i < 6; i++) await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await eventually(async () => (await picker(edgewalk).innerText()).trim(), `6. ${TITLES[5]}`);
    await keyboard.press("ArrowRight");
    assert.match(await edgewalk.status(), /^Step 1 of \d+\./, "on to the request, after the setting");
  });
});

test("a click beside the list closes it", async () => {
  await walk(site, async (edgewalk) => {
    await picker(edgewalk).click();
    await list(edgewalk).waitFor();
    await edgewalk.page.mouse.click(1200, 800);
    await eventually(() => list(edgewalk).isVisible(), false);
    assert.equal(await edgewalk.status(), "Nothing sent yet.");
  });
});

test("the first page says what CloudFront is, with times that the simulator calculates for a city", async () => {
  await walk(site, async (edgewalk) => {
    await picker(edgewalk).click();
    await list(edgewalk).getByRole("button", { name: "What CloudFront is" }).click();
    const page = edgewalk.page.getByRole("dialog", { name: "What CloudFront is" });
    const times = async () => (await page.getByRole("listitem").locator(":scope > b").allInnerTexts()).map((text) => parseFloat(text));
    const addis = await times();
    assert.equal(addis.length, 3);
    assert.ok(addis[0] < addis[1] && addis[1] < addis[2], `${addis}`);
    await page.getByRole("combobox", { name: "City" }).selectOption({ label: "Tokyo, Japan" });
    await eventually(async () => (await times()).every((time, index) => time !== addis[index]), true);
    assert.match(await page.innerText(), /Edge location Tokyo/);
    // As many as the places that the page knows.
    assert.match(await page.getByRole("row", { name: /^How many/ }).innerText(), /107 on this map[\s\S]*14 on this map/);
    await page.getByRole("button", { name: "Take the first walk" }).click();
    await eventually(() => page.isVisible(), false);
    assert.equal((await picker(edgewalk).innerText()).trim(), `1. ${TITLES[0]}`);
    await edgewalk.last();
    const total = /of (\d+)\sms/.exec(await edgewalk.timeline.innerText()) ?? /(\d+)\sms/.exec(await edgewalk.timeline.innerText());
    assert.equal(Number(total[1]), addis[2], "the figure is the walk's own time");
  });
});

for (const [name, options] of Object.entries({ wide: {}, dark: { theme: "dark" }, tablet: { width: 820 }, phone: { width: 390, height: 844 } })) {
  test(`list, first page, sentence and messages break no rule of accessibility: ${name}`, async () => {
    await site.visit("/#walk=another-city&step=19", options, async (page) => {
      const edgewalk = new Edgewalk(page);
      await tale(edgewalk).locator("p").waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(await isWide(), false, "nothing sticks out");
      await picker(edgewalk).click();
      assert.deepEqual(await accessibilityFaults(page), []);
      await list(edgewalk).getByRole("button", { name: "What CloudFront is" }).click();
      await page.getByRole("dialog", { name: "What CloudFront is" }).waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.equal(await isWide(), false);
      await page.keyboard.press("Escape");
      await page.evaluate(() => (location.hash = "walk=unknown"));
      await page.getByRole("alert").getByText("This link cannot be opened").waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.equal(await isWide(), false);
    });
  });
}
