// A trace of Chromium's, and what each frame of a page cost its main thread.

/** What the main thread does in a frame, by the names of Chromium's own trace. */
const SORTS = {
  script: ["EvaluateScript", "FunctionCall", "TimerFire", "FireAnimationFrame", "EventDispatch", "RunMicrotasks", "v8.callFunction"],
  style: ["UpdateLayoutTree", "ParseAuthorStyleSheet"],
  layout: ["Layout"],
  paint: ["PrePaint", "Paint", "Layerize", "Commit"],
};
const SORT_OF = new Map(Object.entries(SORTS).flatMap(([sort, names]) => names.map((name) => [name, sort])));

/** A frame ends where its picture is divided into layers, which is once for each. */
const FRAME_ENDS = "Layerize";

/** Traces the whole browser while `act` runs; returns the trace's events. */
export async function traced(browser, act) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline", "toplevel", "blink.user_timing"], excludedCategories: ["*"] },
  });
  await act();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return events;
}

/**
 * The frames of the main thread on which the mark was made: milliseconds of each sort of work, from the end of one frame to
 * the end of the next. Work inside other work counts once, for what it is itself. The milliseconds are the thread's own: on a
 * busy machine the clock would count the others, too.
 */
export function framesOf(events, mark) {
  const marked = events.find((event) => event.name === mark);
  if (!marked) throw new Error(`the trace has no mark ${mark}`);
  const isOnThread = ({ ph, pid, tid }) => ph === "X" && pid === marked.pid && tid === marked.tid;
  const spans = events.filter((event) => isOnThread(event) && event.ts >= marked.ts && SORT_OF.has(event.name));
  // Outer ones before what they hold.
  spans.sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const frames = [];
  const open = [];
  let frame = none();
  for (const { name, ts, dur = 0, tdur = dur } of spans) {
    while (open.length > 0 && open.at(-1).end <= ts) open.pop();
    const sort = SORT_OF.get(name);
    frame[sort] += tdur / 1000;
    // The one around it did not do this itself.
    if (open.length > 0) open.at(-1).frame[open.at(-1).sort] -= tdur / 1000;
    open.push({ sort, frame, end: ts + dur });
    if (name === FRAME_ENDS) {
      frames.push(frame);
      frame = none();
    }
  }
  if (frames.length === 0) throw new Error(`the trace has no ${FRAME_ENDS}, by which frames are known`);
  return frames;
}

const none = () => Object.fromEntries(Object.keys(SORTS).map((sort) => [sort, 0]));
