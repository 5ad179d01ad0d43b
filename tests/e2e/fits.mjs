// Whether what is on the page fits.

/** What scrolls sideways, and what is cut off without dots that say so. */
export function tooWide({ page }) {
  return page.evaluate(() => {
    const cuts = (element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const isPage = element === document.documentElement;
      // A bracket of the strip shows its words whole or not at all: what does not fit wraps out of sight.
      if (element.matches(".phases li")) return false;
      return (isPage || overflowX !== "visible") && textOverflow !== "ellipsis" && !element.matches("input, select, textarea");
    };
    const wide = [...document.querySelectorAll("*")].filter(
      (element) => element.checkVisibility() && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && cuts(element),
    );
    const name = (element) => element.ariaLabel ?? `${element.localName}.${element.className}`;
    return wide.map((element) => `${name(element)} is ${element.clientWidth} px wide, its content ${element.scrollWidth} px`);
  });
}
