import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const TARGET = process.env['CARGO_TARGET_DIR'] ?? join(homedir(), '.cache/kith/target');
const BINARY = process.env['KITH_BIN'] ?? join(TARGET, 'debug/kith');

const START_MS = 30_000;
const DRAIN_MS = 20_000;

/** Below the range from which the system hands out ports by itself, so that nobody takes one between probe and use. */
const FIRST_PORT = 18_000;
const PORTS_PER_WORKER = 100;

/** The real binary with a data folder of its own, stopped by its own process id. */
export class Kith {
  /** What the server printed, line by line, without colours. */
  readonly log: string[] = [];
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** Starts a server on a free port; `settings` are `KITH_*` variables on top of the usual ones. */
  static async start(worker: number, settings: Record<string, string>): Promise<Kith> {
    if (!existsSync(BINARY)) {
      throw new Error(`There is no ${BINARY}: run the tests through the Makefile, or name the binary in KITH_BIN`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'kith-end2end-'));
    const port = await freePort(FIRST_PORT + worker * PORTS_PER_WORKER);
    const kith = new Kith(folder, port, settings);
    try {
      await kith.up();
      return kith;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Browsers use the name: cookies and passkeys are bound to it. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Lines in a stretch of the log that no healthy server prints. */
  troubles(from: number, to?: number): string[] {
    return this.log.slice(from, to).filter((line) => /\bERROR\b|panicked at/.test(line));
  }

  /** What an update does: the server drains, goes, and comes back on the same data. */
  async restart(): Promise<void> {
    await this.down();
    await this.up();
  }

  async stop(): Promise<void> {
    try {
      await this.down();
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  private async up(): Promise<void> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KITH_'));
    const child = spawn(BINARY, ['serve'], {
      cwd: REPOSITORY,
      env: {
        ...Object.fromEntries(inherited),
        NO_COLOR: '1',
        RUST_BACKTRACE: '1',
        KITH_DATA_DIR: this.folder,
        KITH_LISTEN: `127.0.0.1:${this.port}`,
        KITH_PUBLIC_URL: this.url,
        // A whole suite signs up from one address in a minute.
        KITH_RATE_FACTOR: '100',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => this.log.push(withoutColours(line)));
    }
    await this.ready(child);
  }

  private async ready(child: ChildProcess): Promise<void> {
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && child.exitCode === null) {
      const answer = await Promise.race([fetch(`${this.url}/readyz`).catch(() => undefined), failed]);
      if (answer?.ok) return;
      await Promise.race([pause(50), failed]);
    }
    const how = child.exitCode === null ? `was not ready in ${START_MS} ms` : `went with code ${child.exitCode}`;
    child.kill('SIGKILL');
    throw new Error(`kith ${how}:\n${this.log.slice(-40).join('\n')}`);
  }

  private async down(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) {
      throw new Error(`kith was gone before it was told to stop:\n${this.log.slice(-40).join('\n')}`);
    }
    const gone = new Promise<number | null>((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const late = new AbortController();
    const code = await Promise.race([gone, pause(DRAIN_MS, 'late', { signal: late.signal }).catch(() => 'late')]);
    late.abort();
    if (code === 0) return;
    child.kill('SIGKILL');
    throw new Error(`kith did not drain (${code}):\n${this.log.slice(-40).join('\n')}`);
  }
}

/** A port that nobody listens on, searched upwards from `first`. */
async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + PORTS_PER_WORKER; port += 1) {
    const free = await new Promise<boolean>((done) => {
      const probe = createServer();
      probe.once('error', () => done(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
    });
    if (free) return port;
  }
  throw new Error(`No port is free from ${first} on`);
}

function withoutColours(line: string): string {
  return line.replaceAll(/\x1b\[[0-9;]*m/g, '');
}
