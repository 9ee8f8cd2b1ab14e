import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { format, promisify } from 'node:util';
import { createIo } from '../../src/io.js';
import { until } from '../fakeHub.js';
import { HostProcess, skip } from './hostProcess.js';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../../../../docs/getting-started/', import.meta.url));

// Which numbers and times another run gives: only their kind is compared.
const changing = new Set(['epoch', 'id', 'createdAt', 'updatedAt']);

for (const name of ['run-the-service', 'from-sails']) {
  test(`docs/getting-started/${name}.md does what it says`, { skip }, t => play(t, readFileSync(`${folder}${name}.md`, 'utf8')));
}

/** Runs the blocks of a document in their order: `js` here, `sh` in a shell; `text` is what was printed since. */
async function play(t: TestContext, document: string): Promise<void> {
  const host = await HostProcess.start();
  t.after(() => host.dispose());
  const io = createIo({ url: host.url });
  io.socket = io.sails.connect();
  t.after(() => io.socket.disconnect());

  const printed: string[] = [];
  const steps = blocks(document).map(({ language, text }) => ({
    js: text,
    sh: `await shell(${JSON.stringify(text)});`,
    text: `await prints(${JSON.stringify(text)});`,
    html: `await served(${JSON.stringify(text)});`,
  })[language] ?? '');
  const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => (...args: unknown[]) => Promise<void>;
  await new AsyncFunction('io', 'console', 'shell', 'prints', 'served', steps.join('\n'))(
    io,
    { log: (...words: unknown[]) => printed.push(format(...words)) },
    (script: string) => shell(script, host),
    async (text: string) => {
      const lines = text.trim().split('\n');
      await until(() => printed.length >= lines.length, text);
      assert.deepEqual(printed.splice(0), lines);
    },
    async (html: string) => {
      const [, url] = /src="http:\/\/localhost:5080([^"]+)"/.exec(html)!;
      assert.equal((await fetch(host.url + url)).status, 200);
    });
  assert.deepEqual(printed, [], 'what was printed without the document saying so');
}

function blocks(document: string): { language: string; text: string }[] {
  return [...document.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language: language!, text: text! }));
}

/** Runs each command, and compares what it answers with the comment after it. */
async function shell(script: string, host: HostProcess): Promise<void> {
  for (const [, command, comment] of script.matchAll(/^(curl (?:.*\\\n)*.*)\n(?:# (.*)\n)?/gm)) {
    const { stdout } = await run('bash', ['-c', `${command!.replaceAll('localhost:5080', host.url)} --fail-with-body --silent`]);
    if (comment !== undefined) assert.deepEqual(plain(JSON.parse(stdout)), plain(JSON.parse(comment)), command);
  }
}

function plain(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json), (key, value) => changing.has(key) ? typeof value : value);
}
