// A long access log: the lines of the example over and over, each a second later, on so many paths.

import { readFileSync } from "node:fs";

const EXAMPLE = readFileSync(new URL("../../docs/reference/examples/access.log", import.meta.url), "utf8");

const [VERSION, FIELDS, ...LINES] = EXAMPLE.trimEnd().split("\n");

/** The example itself. */
export const exampleLog = () => EXAMPLE;

/** The text of a log of so many lines. */
export function longLog(lines) {
  const two = (number) => String(number).padStart(2, "0");
  const line = (place) => {
    const values = LINES[(place * 7 + Math.floor(place / 11)) % LINES.length].split("\t");
    values[1] = [Math.floor(place / 3_600) % 24, Math.floor(place / 60) % 60, place % 60].map(two).join(":");
    values[7] = `/object/${place % 5_000}.html`;
    return values.join("\t");
  };
  return `${[VERSION, FIELDS, ...Array.from({ length: lines }, (_, place) => line(place))].join("\n")}\n`;
}
