// Which colours the browser paints on each other, held against the list of those that may be (tests/contrast/pairs.txt).

import { readFileSync } from "node:fs";

/** Kind, front and ground of each line that names colours which must be told apart. */
export const LISTED = readFileSync(new URL("../contrast/pairs.txt", import.meta.url), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, kind, fronts, grounds] = /^(text|large)\s+(.+?)\s+on\s+(.+)$/.exec(line) ?? [];
    if (!kind) return [];
    const pairs = fronts.split(/\s+/).flatMap((front) => grounds.split(/\s+/).map((ground) => [front, ground]));
    const outcomes = line.includes("OUTCOME") ? ["hit", "miss", "refresh", "bypass", "stale", "error"] : [""];
    return outcomes.flatMap((outcome) => pairs.map((pair) => pair.map((token) => token.replace("OUTCOME", outcome))));
  });

/** Runs in the page: the texts whose colour and ground are no pair of the list. Where a text lies over a drawing, the ground behind both counts. */
export function paintedTexts(listed) {
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
