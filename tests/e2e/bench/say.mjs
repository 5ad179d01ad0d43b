// How a figure is said: a name, what was measured and its limit, with tabs between, which `cargo xtask bench` reads.

export const row = (name, value, limit) => console.log(`${name}\t${value}\t${limit}`);

export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
export const milliseconds = (span) => `${span.toFixed(1)} ms`;

const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
export const median = (numbers) => percentile(numbers, 50);
export const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

/** The smallest of the numbers that at least so many percent of them do not exceed. */
export function percentile(numbers, percent) {
  return sorted(numbers)[Math.max(0, Math.ceil((numbers.length * percent) / 100) - 1)];
}

export const pause = (span) => new Promise((resolve) => setTimeout(resolve, span));
