// Thousands of steps, pressed from within the page, and what the page holds after them.

/** Presses the buttons in turn, as often as that; after each press everything that follows the signals has run. */
export function press(page, names, times) {
  return page.evaluate(
    async ({ names, times }) => {
      const turn = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); resolve(); };
        port2.postMessage(0);
      });
      const buttons = names.map((name) => document.querySelector(`button[aria-label="${name}"]`));
      for (let count = 0; count < times; count += 1) {
        buttons[count % buttons.length].click();
        await turn();
        // A frame now and then, as a person would see one.
        if (count % 20 === 19) await new Promise(requestAnimationFrame);
      }
    },
    { names, times },
  );
}

/** The bytes that the app's own memory has grown to. */
export function wasmBytes(page) {
  return page.evaluate(async () => {
    const address = document.querySelector('meta[name="app-module"]').content;
    const module = await import(new URL(address, document.baseURI)); // the one that runs the page
    return (await module.default()).memory.buffer.byteLength;
  });
}
