import type { Sails } from './io.js';

/** The part of an element that is read, so that tests need no browser. */
export interface Attributes {
  getAttribute(name: string): string | null;
}

const names = ['autoConnect', 'reconnection', 'environment', 'headers', 'url', 'transports', 'path'] as const;
const texts: ReadonlySet<string> = new Set(['environment', 'url', 'path']);

/** The settings on the script tag that loaded this file; `data-` attributes win (contract C-4). */
export function readAttributes(tag: Attributes): Partial<Sails> {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const text = tag.getAttribute(`data-${name}`) ?? tag.getAttribute(name);
    if (text !== null) found[name] = texts.has(name) ? text : parse(name, text);
  }
  return found;
}

/** `production` when the file's name or the page says so (contract C-4). */
export function guessEnvironment(src: string, pageSays: string | undefined): 'development' | 'production' {
  const bySource = src.endsWith('.min.js') || src.endsWith('#production');
  return bySource || pageSays === 'production' || pageSays === 'staging' ? 'production' : 'development';
}

function parse(name: string, text: string): unknown {
  if (text === '') return true; // an attribute without a value, as in <script autoConnect>
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`The attribute \`${name}\` of the script tag is no JSON: ${text}`, { cause: error });
  }
}
