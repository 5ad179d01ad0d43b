// Starts the app. Trunk would write this as an inline script, which the page's Content-Security-Policy forbids; so
// Trunk.toml makes Trunk write the two file names into <meta> tags and this file reads them.
const named = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);

// A chosen theme is there before the first frame, not only once the app has loaded.
try {
  const theme = localStorage.getItem("edgewalk.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // The browser keeps no storage: the system's theme it is.
}

try {
  const { default: start } = await import(named("app-module").href);
  await start({ module_or_path: named("app-wasm") });
} catch (error) {
  const advice = "Reload the page; it needs a browser of the last two years.";
  document.body.setAttribute("role", "alert");
  document.body.textContent = `Edgewalk could not start: ${error?.message ?? error}. ${advice}`;
  throw error;
}
