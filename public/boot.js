// Starts the app. Trunk would write this as an inline script, which the page's Content-Security-Policy forbids; so
// Trunk.toml makes Trunk write the two file names into <meta> tags and this file reads them.
const named = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);

try {
  const { default: start } = await import(named("app-module").href);
  await start({ module_or_path: named("app-wasm") });
} catch (error) {
  document.body.textContent = `Edgewalk could not start: ${error.message}`;
  throw error;
}
