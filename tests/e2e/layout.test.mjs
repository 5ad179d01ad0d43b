// Everything fits: no horizontal scrolling at any width, and nothing on the map, the path or the timeline lies on anything else.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Edgewalk, eventually, walk } from "./edgewalk.mjs";
import { tooWide } from "./fits.mjs";
import { CONSOLE_STATES, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

for (const width of [390, 820, 1280, 1440]) {
  test(`nothing is cut off or scrolls sideways at ${width} px`, async () => {
    await walk(site, { width, height: width < 1000 ? 900 : 720 }, async (edgewalk) => {
      for (const [state, reach] of [...STATES, ...CONSOLE_STATES]) {
        await reach(edgewalk);
        assert.deepEqual(await tooWide(edgewalk), [], state);
      }
    });
  });
}

for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768]]) {
  test(`presented at ${width}x${height} the words of each step fit: nobody scrolls in front of a room`, async () => {
    const cut = [];
    for (const name of ["first-visit", "another-city", "invalidation"]) {
      await site.visit(`/#walk=${name}`, { width, height }, async (page) => {
        const edgewalk = new Edgewalk(page);
        await page.keyboard.press("p");
        await edgewalk.first();
        const words = edgewalk.region("Inspector");
        for (const next = edgewalk.button("Step forward"); ; await edgewalk.forward()) {
          const over = await eventually(() => words.evaluate((panel) => panel.scrollHeight - panel.clientHeight), 0).catch((error) => error);
          if (over) cut.push(`${name}, ${await edgewalk.title()}`);
          if (await next.getAttribute("aria-disabled") === "true") break;
        }
      });
    }
    assert.deepEqual(cut, []);
  });
}

/** Names as long as they come: what fits for Paris must fit for these, too. */
const LONG = { city: "Addis Ababa, Ethiopia", path: "/img/products/scarf-small.jpg" };

for (const size of [{ width: 1440, height: 900 }, { width: 1280, height: 720 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
  test(`nothing on the map, the path and the timeline overlaps at ${size.width}x${size.height}`, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = new Set();
      const look = async (state) => {
        for (const fault of await overlaps(edgewalk)) faults.add(`${state}: ${fault}`);
      };
      const atEachStep = async (state) => {
        const labels = await edgewalk.stepLabels();
        for (const label of labels) {
          await edgewalk.goTo(label);
          await look(`${state}, ${label}`);
        }
      };
      for (const [state, reach] of STATES.slice(0, 6)) {
        await reach(edgewalk);
        await look(state);
        if (state !== "empty") await atEachStep(state);
      }
      const [, missMidWay] = STATES[1];
      await missMidWay(edgewalk, LONG);
      await atEachStep("long names");
      // Many at once would hide each other.
      assert.deepEqual([...faults].slice(0, 20), []);
    });
  });
}

/** On the path, what must not lie on anything else. A sign is as large as its box, a text only as large as its letters. */
const ON_THE_PATH = {
  signs: { flag: ".flag", capsule: ".pkt", shelf: ".tray", post: ".post" },
  texts: { plate: ".plate b, .plate > span", latency: ".lat", facts: ".facts", ends: ".ends", DNS: ".dns > div", reason: ".over p" },
};
const ON_THE_MAP = {
  signs: { mark: ".spot .m" },
  texts: { label: ".tag", "round trip": ".ms", caption: ".map-head h2", key: ".map-key" },
};
const ON_THE_TIMELINE = {
  signs: { button: ".transport button", choice: ".rates .pick" },
  texts: { clock: ".clock", phase: ".phases span, .phases b", row: ".row-label", step: ".steps span", number: ".steps b" },
};

async function overlaps({ map, path, timeline }) {
  return [...(await map.evaluate(intersections, ON_THE_MAP)), ...(await path.evaluate(intersections, ON_THE_PATH)), ...(await timeline.evaluate(intersections, ON_THE_TIMELINE))];
}

/** Runs in the page: pairs of boxes in a region that intersect, and boxes that leave the region. */
function intersections(region, { signs, texts }) {
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.clientWidth !== 1;
  const boxesOf = (kinds, box) =>
    Object.entries(kinds).flatMap(([kind, selector]) =>
      [...region.querySelectorAll(selector)].filter(isSeen).map((element) => {
        return { name: `${kind} "${(element.innerText ?? "").replace(/\s+/g, " ").trim()}"`, ...seenPart(element, box(element)) };
      }),
    );
  // What does not fit is cut off by the element itself or one around it.
  const seenPart = (element, box) => {
    let { left, right, top, bottom } = box.getBoundingClientRect();
    for (let around = element; around !== region; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === "visible") continue;
      const frame = around.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return { left, right, top, bottom };
  };
  const letters = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range;
  };
  const boxes = [...boxesOf(signs, (element) => element), ...boxesOf(texts, letters)];
  // Lines and rounding may touch.
  const slack = 1.5;
  const faults = [];
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > slack && high > slack) faults.push(`${one.name} and ${other.name} by ${Math.round(wide)} x ${Math.round(high)} px`);
    }
  });
  const frame = region.getBoundingClientRect();
  const leaves = (box) =>
    box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack;
  return [...faults, ...boxes.filter(leaves).map((box) => `${box.name} leaves the ${region.ariaLabel}`)];
}
