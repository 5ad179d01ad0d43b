// A picture of the page as a PNG with a palette, a third as large as one of true colours: a page has few colours and many
// shades between a letter and its ground, and shades that the eye cannot tell apart become one.

import { deflateSync } from "node:zlib";

const MOST_COLOURS = 256;
/** By how much of 255 a channel may be off, while the colours are few enough. */
const CLOSE = 6;

/**
 * @param {{ width: number, height: number, data: Buffer }} picture four bytes a pixel: red, green, blue, and one that is not kept
 * @returns {Buffer} a PNG file
 */
export function withPalette({ width, height, data }) {
  const colours = Array.from({ length: width * height }, (_, pixel) => data.readUInt32BE(pixel * 4) >>> 8);
  const { palette, place } = paletteOf(colours);
  // Each row begins with a byte for its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, pixel) => {
    rows[pixel + Math.floor(pixel / width) + 1] = place.get(colour);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette.
  header.set([8, 3], 8);
  const plte = Buffer.from(palette.flatMap(channels));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", plte),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, none close to another, and for each colour the place of the nearest. */
function paletteOf(colours) {
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([one, many], [other, more]) => more - many || one - other).map(([colour]) => colour);
  let palette;
  for (let close = CLOSE; !palette || palette.length > MOST_COLOURS; close += 1) {
    palette = [];
    for (const colour of byCount) {
      if (palette.length <= MOST_COLOURS && palette.every((kept) => distance(kept, colour) > close)) palette.push(colour);
    }
  }
  const nearest = (colour) => {
    const distances = palette.map((kept) => distance(kept, colour));
    return distances.indexOf(Math.min(...distances));
  };
  return { palette, place: new Map(byCount.map((colour) => [colour, nearest(colour)])) };
}

function channels(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function distance(one, other) {
  const [red, green, blue] = channels(other);
  const [itsRed, itsGreen, itsBlue] = channels(one);
  return Math.max(Math.abs(red - itsRed), Math.abs(green - itsGreen), Math.abs(blue - itsBlue));
}

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** CRC-32 as PNG has it (ISO 3309). */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
