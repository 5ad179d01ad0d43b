// A walk of many exchanges, as a Walk file: several cities and paths, methods and hours between them, so that hits of both
// tiers, misses, expiries, evictions, bypasses and errors of the origin all come up.

const CITIES = ["paris", "london", "tokyo", "lagos", "mumbai", "frankfurt", "new-york", "sydney"];
const PATHS = [
  "/img/hero.jpg", "/app.js", "/index.html", "/img/sale.jpg", "/style.css", "/img/team.jpg", "/img/map.png", "/img/products/tent.jpg",
  "/prices.json", "/terms.html", "/nowhere.html",
];

/** The text of the file. */
export function longWalk(exchanges) {
  const actions = [];
  for (let count = 0; count < exchanges; count += 1) {
    // Strides that share no factor with the lengths, so that pairs come in a long order.
    const [city, path] = [CITIES[(count * 5) % CITIES.length], PATHS[(count * 7 + Math.floor(count / 11)) % PATHS.length]];
    if (count % 50 === 49) actions.push(["wait", "3600"]);
    if (count % 200 === 199) actions.push(["invalidate", "/img/*"]);
    actions.push([count % 20 === 19 ? "HEAD" : "GET", city, path]);
  }
  return JSON.stringify({ edgewalk: 1, actions });
}

/** Opens it, as choosing a file does, and waits until its first step stands on the page. */
export async function openLongWalk(edgewalk, exchanges) {
  const { page } = edgewalk;
  const file = { name: "long.walk.json", mimeType: "application/json", buffer: Buffer.from(longWalk(exchanges)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("status").filter({ hasText: /^Step 1 of / }).waitFor({ state: "attached", timeout: 60_000 });
}
