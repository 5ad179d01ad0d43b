// Whether what is on the page fits.

/** What scrolls sideways, and what is cut off without dots that say so. */
export function tooWide({ page }) {
  return page.evaluate(() => {
    const cuts = (element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const isPage = element === document.documentElement;
      // A bracket of the strip shows its words whole or not at all: what does not fit wraps out of sight.
      if (element.matches(".phases li")) return false;
      // On a phone the sections of the console are one row, which is pushed aside by a finger.
      if (element.matches(".nav") && innerWidth <= 600) return false;
      return (isPage || overflowX !== "visible") && textOverflow !== "ellipsis" && !element.matches("input, select, textarea");
    };
    const wide = [...document.querySelectorAll("*")].filter(
      (element) => element.checkVisibility() && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && cuts(element),
    );
    const name = (element) => element.ariaLabel ?? `${element.localName}.${element.className}`;
    return wide.map((element) => `${name(element)} is ${element.clientWidth} px wide, its content ${element.scrollWidth} px`);
  });
}

/** Runs in the page. What stands for a radio button or a switch is its label. */
export function tooSmall(least) {
  const pressed = document.querySelectorAll("a[href], button, input, select, textarea, summary");
  return [...pressed].flatMap((element) => {
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    const isSeen = element.checkVisibility({ visibilityProperty: true }) && width > 1;
    const isInSentence = getComputedStyle(element).display === "inline" || element.matches(".term");
    if (!isSeen || isInSentence || (width >= least && height >= least)) return [];
    const name = element.ariaLabel ?? element.innerText.split("\n")[0];
    return `${element.localName}.${element.className} "${name}" is ${width.toFixed(1)} x ${height.toFixed(1)}`;
  });
}
