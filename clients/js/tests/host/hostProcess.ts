import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../../../', import.meta.url));
const assembly = process.env['REALTIME_TEST_HOST'] || join(repository, 'src/Realtime.Host/bin/Debug/net10.0/Realtime.Host.dll');

const isCi = ['true', '1'].includes(process.env['CI'] ?? '');

/** Why the tests against the Host are skipped, if they are. Where CI=true they fail instead: a check must not run less. */
export const skip = isCi || existsSync(assembly) ? false : 'The Host is not built: dotnet build src/Realtime.Host';

/** The real Host, on a free port, with data of its own. */
export class HostProcess {
  #process: ChildProcess | undefined;
  #data = '';
  #output = '';
  url = 'http://127.0.0.1:0';

  /** Sent with what a server says, where the Host wants one. */
  apiKey: string | undefined;

  private constructor(private readonly settings: Record<string, string>) {}

  /** Starts one, and waits until it is ready. Settings are named as `Realtime__ResumeWindow`. */
  static async start(settings: Record<string, string> = {}): Promise<HostProcess> {
    const host = new HostProcess(settings);
    host.#data = await mkdtemp(join(tmpdir(), 'realtime-js-'));
    await host.startAgain();
    return host;
  }

  /** After a kill: on the same port, with the same data. */
  async startAgain(): Promise<void> {
    this.#output = '';
    const child = this.#process = spawn('dotnet', [assembly, '--urls', this.url], {
      env: { ...process.env, ASPNETCORE_ENVIRONMENT: 'Development', Realtime__Data: this.#data, ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout!.on('data', chunk => { this.#output += chunk; });
    child.stderr!.on('data', chunk => { this.#output += chunk; });
    await this.#until(() => {
      const found = /Realtime is ready\. .*?(http:\/\/[^/\s]+)/.exec(this.#output);
      if (found) this.url = found[1]!;
      return found !== null;
    });
    await this.#until(async () => (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.ok === true);
  }

  /** As kill -9 does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** Says something to a room, as a server would. */
  async broadcast(room: string, event: string, data: unknown, idempotencyKey?: string): Promise<any> {
    const answer = await fetch(`${this.url}/api/rooms/${encodeURIComponent(room)}/broadcast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.apiKey === undefined ? {} : { 'x-api-key': this.apiKey } },
      body: JSON.stringify({ event, data, ...idempotencyKey === undefined ? {} : { idempotencyKey } }),
    });
    if (!answer.ok) throw new Error(`The broadcast was answered with ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  async #until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 30_000; !await condition();) {
      if (this.#process!.exitCode !== null) throw new Error(`The Host ended with code ${this.#process!.exitCode}:\n${this.#output}`);
      if (Date.now() > end) throw new Error(`The Host did not become ready:\n${this.#output}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
