// What the browser paints stands in the list whose contrast is calculated (tests/contrast/pairs.txt), in every state and theme.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { walk } from "./edgewalk.mjs";
import { CONSOLE_STATES, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

/** The theme changes while the page is open. */
const IN_CHROMIUM = only("chromium", "can change the theme of an open page");

const site = await launch();
after(() => site.close());

/** Kind, front and ground of each line that names colours which must be told apart. */
const LISTED = readFileSync(new URL("../contrast/pairs.txt", import.meta.url), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, kind, fronts, grounds] = /^(text|large)\s+(.+?)\s+on\s+(.+)$/.exec(line) ?? [];
    if (!kind) return [];
    const pairs = fronts.split(/\s+/).flatMap((front) => grounds.split(/\s+/).map((ground) => [front, ground]));
    const outcomes = line.includes("OUTCOME") ? ["hit", "miss", "refresh", "bypass", "stale", "error"] : [""];
    return outcomes.flatMap((outcome) => pairs.map((pair) => pair.map((token) => token.replace("OUTCOME", outcome))));
  });

/** What opens over the page; each closes the one before. */
const SHEETS = ["Choose a walk", "Keys", "Glossary"].map((name) => [
  name,
  async (edgewalk) => {
    await edgewalk.page.keyboard.press("Escape");
    await edgewalk.button(name).click();
  },
]);

for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`each text stands on a ground that is listed for it at ${size.width} px`, IN_CHROMIUM, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = new Set();
      let seen = 0;
      for (const [state, reach] of [...STATES, ...SHEETS, ...CONSOLE_STATES]) {
        await reach(edgewalk);
        for (const colorScheme of ["light", "dark"]) {
          await edgewalk.page.emulateMedia({ colorScheme });
          const { texts, unlisted } = await edgewalk.page.evaluate(paintedTexts, LISTED);
          seen += texts;
          for (const fault of unlisted) faults.add(`${state}, ${colorScheme}: ${fault}`);
        }
      }
      assert.ok(seen > 1_000, `only ${seen} texts were found`);
      assert.deepEqual([...faults].slice(0, 20), []);
    });
  });
}

/** Runs in the page: the texts whose colour and ground are no pair of the list. Where a text lies over a drawing, the ground behind both counts. */
function paintedTexts(listed) {
  const probe = document.body.appendChild(document.createElement("i"));
  const painted = (token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const pairs = new Set(listed.map((pair) => pair.map(painted).join(" on ")));
  probe.remove();
  const unlisted = new Set();
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isSeen = walker.currentNode.data.trim() && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    // What nobody can use at the moment needs no contrast (WCAG 2.2, 1.4.3).
    if (!isSeen || element.clientWidth === 1 || element.closest("[aria-disabled=true], :disabled")) continue;
    texts += 1;
    const { color } = getComputedStyle(element);
    const pair = `${color} on ${groundOf(element)}`;
    if (!pairs.has(pair)) unlisted.add(`"${walker.currentNode.data.trim()}" in ${element.localName}.${element.className}: ${pair}`);
  }
  return { texts, unlisted: [...unlisted] };

  function groundOf(element) {
    for (let around = element; around; around = around.parentElement) {
      const { backgroundColor, opacity } = getComputedStyle(around);
      if (opacity !== "1") return `something that shines through ${around.className}`;
      if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
    }
    return "nothing";
  }
}
