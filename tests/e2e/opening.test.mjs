// How the page opens: the first walk is ready, nothing was sent, and whatever can be pressed does something.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Edgewalk, eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

test("the page opens with nothing sent and empty shelves, and says so", async () => {
  await walk(site, async (edgewalk) => {
    assert.equal(await edgewalk.status(), "Nothing sent yet.");
    assert.equal(await edgewalk.title(), "Send the first request");
    for (const role of ["Edge location", "Regional edge cache"]) {
      const shelf = edgewalk.path.getByRole("list", { name: new RegExp(`^Objects in ${role} `) });
      assert.match(await shelf.innerText(), /^Empty\. Room for \d+\sMB$/);
    }
    assert.match(await edgewalk.station("DNS").innerText(), /not asked yet/);
    assert.match(await edgewalk.timeline.innerText(), /Each step will have a button here\./);
    for (const name of ["First step", "Step back", "Undo"]) {
      assert.equal(await edgewalk.button(name).isDisabled(), true, `${name} has nowhere to go`);
    }
    for (const name of ["Play", "Step forward", "Last step", "Send request", "Invalidate"]) {
      assert.equal(await edgewalk.button(name).isEnabled(), true, `${name} is ready`);
    }
    assert.equal(await edgewalk.playhead.isDisabled(), true, "there is nothing to scrub");
  });
});

test("the stations follow the viewer's city while nothing was sent", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ city: "Paris" });
    const names = ["Viewer, Paris", "DNS", "Edge location CDG, Paris", "Regional edge cache eu-west-2", "Origin us-east-1"];
    for (const name of names) assert.equal(await edgewalk.station(name).isVisible(), true, name);
    await edgewalk.field("Origin Region").selectOption("ap-south-1");
    assert.equal(await edgewalk.station("Origin ap-south-1").isVisible(), true);
  });
});

test("every button that can be pressed does something", async () => {
  await walk(site, async (edgewalk) => {
    const buttons = await enabledButtons(edgewalk);
    assert.ok(buttons.length >= 24, `only these were found: ${buttons.map(({ name }) => name)}`);
    for (const { name, place } of buttons) {
      await openAgain(edgewalk);
      const before = await everything(edgewalk);
      await edgewalk.page.getByRole("button").nth(place).click();
      await eventually(async () => (await everything(edgewalk)) !== before, true);
      assert.notEqual(await everything(edgewalk), before, `${name} does nothing`);
    }
  });
});

/** All folds open, and another path than those that a button fills in. */
async function openAgain(edgewalk) {
  // Not a reload: the address holds what was done.
  await edgewalk.page.goto(site.origin + "/");
  await edgewalk.page.getByRole("heading", { level: 1 }).waitFor();
  await edgewalk.compose({ path: "/docs/sizes.pdf" });
  for (const title of ["Paste a curl command", "Between requests", "Cache size"]) await edgewalk.openFold(title);
}

/** The buttons that can be pressed, each with its place among all buttons of the page. */
async function enabledButtons(edgewalk) {
  await openAgain(edgewalk);
  const buttons = [];
  for (const [place, button] of (await edgewalk.page.getByRole("button").all()).entries()) {
    if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
    // The page that is open leads nowhere, and says so.
    if ((await button.getAttribute("aria-current")) === "page") continue;
    buttons.push({ place, name: await button.evaluate((button) => button.ariaLabel ?? button.innerText) });
  }
  return buttons;
}

/** All that the page shows, and what has the focus where a press moved it somewhere else. */
function everything({ page }) {
  return page.evaluate(() => {
    const values = [...document.querySelectorAll("input, select, textarea")].map((field) => field.value);
    const focus = document.activeElement.closest("button") ? "" : document.activeElement.id;
    return [document.documentElement.outerHTML, values, focus].join("\n");
  });
}

// The page object must not find what is not there, or every test above could pass on an empty page.
test("a name that is not on the page is not found", async () => {
  await walk(site, async (edgewalk) => {
    assert.ok(edgewalk instanceof Edgewalk);
    assert.equal(await edgewalk.station("Edge location XXX, Nowhere").count(), 0);
    assert.equal(await edgewalk.button("Send").count(), 0, "names are whole");
  });
});
