// The states in which every screen is looked at: how a person gets there.

const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };

/** Opens the form where a small screen hides it behind one line. */
export async function showForm({ page, form }) {
  if (!(await form.isVisible())) await page.getByRole("button", { name: /Edit request$/ }).click();
}

/** In an order in which each follows from the one before. */
export const STATES = [
  ["empty", async () => {}],
  ["a miss, mid-way", async (edgewalk, request = FROM_PARIS) => {
    await showForm(edgewalk);
    await edgewalk.send(request);
    await edgewalk.goTo("REC looks");
  }],
  ["a hit", async (edgewalk) => {
    await edgewalk.last();
    await showForm(edgewalk);
    await edgewalk.send();
    await edgewalk.goTo("POP looks");
  }],
  ["past the REC", async (edgewalk) => {
    await showForm(edgewalk);
    await edgewalk.compose({ ...FROM_PARIS, path: "/api/orders" });
    await edgewalk.flip("Proxy method");
    await edgewalk.send();
    await edgewalk.goTo("Skips REC");
  }],
  ["an error from the origin", async (edgewalk) => {
    await showForm(edgewalk);
    await edgewalk.choose("GET");
    await edgewalk.sendThrough({ path: "/nowhere.html" });
  }],
  ["a stale object", async (edgewalk) => {
    await showForm(edgewalk);
    await edgewalk.sendThrough({ path: "/index.html" });
    await showForm(edgewalk);
    await edgewalk.openFold("Between requests");
    await edgewalk.field("Wait").selectOption({ label: "1 h" });
    await edgewalk.button("Wait").click();
    await edgewalk.send();
    await edgewalk.goTo("POP looks");
  }],
  ["all folds open", async (edgewalk) => {
    await showForm(edgewalk);
    const folds = ["Query string", "Headers", "Cookies", "Paste a curl command", "Between requests", "Cache size"];
    for (const title of folds) await edgewalk.openFold(title);
    await edgewalk.field("Paste a curl command").fill("curl http://elsewhere.example/app.js -d a=1 --insecure");
    await edgewalk.button("Use this command").click();
    await edgewalk.page.getByText(/The command is in the form/).first().waitFor();
  }],
  ["errors at fields", async (edgewalk) => {
    await showForm(edgewalk);
    await edgewalk.compose({ city: "Atlantis", path: "nowhere", query: "a b", headers: "nothing" });
    await edgewalk.button("Send request").click();
    await edgewalk.field("Paste a curl command").fill("no command");
    await edgewalk.button("Use this command").click();
    await edgewalk.page.getByText(/A curl command starts/).first().waitFor();
    await edgewalk.invalidate("img/*");
  }],
];

/** Goes to a section of the console, whose button has its count in its name. */
const section = ({ page }, name) => page.getByRole("button", { name: new RegExp(`^${name}( \\d+)?$`) }).click();

/** Those of the console. They come last, since they leave the walk. */
export const CONSOLE_STATES = [
  ["the console", async (edgewalk) => {
    await edgewalk.page.keyboard.press("Escape");
    await edgewalk.button("Distribution").click();
    await edgewalk.page.getByRole("main", { name: "Settings", exact: true }).waitFor(); // its code is fetched now
  }],
  ["an origin's sheet", async (edgewalk) => edgewalk.button("shop-api").click()],
  ["a sheet with errors", async (edgewalk) => {
    await edgewalk.button("Default (*)").click();
    await edgewalk.field("Cache policy").selectOption("legacy");
    await edgewalk.field("Minimum TTL (s)").fill("60");
    await edgewalk.field("Default TTL (s)").fill("30");
  }],
  ["the whole", async (edgewalk) => section(edgewalk, "General")],
  ["no error page", async (edgewalk) => section(edgewalk, "Error pages")],
  ["an error page", async (edgewalk) => edgewalk.button("Add error page").click()],
  ["an origin group", async (edgewalk) => {
    await section(edgewalk, "Origin groups");
    await edgewalk.button("Add origin group").click();
  }],
  ["the invalidations", async (edgewalk) => {
    await section(edgewalk, "Invalidations");
    await edgewalk.page.getByLabel(/^Object paths and tags/).fill("/a b");
    await edgewalk.button("Create invalidation").click();
  }],
  ["what the walk would cost", async (edgewalk) => section(edgewalk, "Cost")],
  ["no function", async (edgewalk) => section(edgewalk, "Functions")],
  ["a function", async (edgewalk) => edgewalk.button("Add function").click()],
  ["an own cache policy", async (edgewalk) => {
    await section(edgewalk, "Policies");
    await edgewalk.button("Add").click();
  }],
  ["a web ACL with a line that is no rule", async (edgewalk) => {
    await section(edgewalk, "Security");
    await edgewalk.button("Add").click();
    await edgewalk.field("Rules").fill("block country FR DE\nforbid all");
    await edgewalk.field("Rules").blur();
  }],
  ["no staging distribution", async (edgewalk) => section(edgewalk, "Continuous deployment")],
  ["a staging distribution", async (edgewalk) => edgewalk.button("Create staging distribution").click()],
  ["the staging distribution in view", async (edgewalk) => edgewalk.page.getByRole("radio", { name: "Staging" }).click()],
  ["JSON that is refused", async (edgewalk) => {
    await edgewalk.button("Open and save JSON").click();
    await edgewalk.page.getByLabel(/get-distribution-config/).fill("{");
    await edgewalk.button("Open").click();
  }],
];
