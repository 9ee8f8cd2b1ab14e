/** How long to wait between attempts to connect (contract C-3). */
export interface BackoffOptions {
  /** Before the first attempt, in milliseconds; doubled for each further one. */
  reconnectionDelay: number;
  /** The longest wait, in milliseconds. */
  reconnectionDelayMax: number;
  /** By which part of itself, 0 to 1, a wait is made longer or shorter at random, so that clients do not come back all at once. */
  randomizationFactor: number;
}

/**
 * The wait before an attempt, in milliseconds.
 * @param attempt counts from 1.
 * @param random between 0 and 1.
 */
export function waitBefore(attempt: number, options: BackoffOptions, random: number): number {
  const doubled = options.reconnectionDelay * 2 ** Math.min(attempt - 1, 30);
  const longest = Math.min(doubled, options.reconnectionDelayMax);
  return Math.round(longest * (1 + options.randomizationFactor * (2 * random - 1)));
}
