/** The command line: `npm start -- --machine-listen 0.0.0.0:4567`. No Electron here, so that plain Node can test it. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Opening } from '#shared/outside';
import { readArguments } from './openArguments';

export interface Address {
  readonly host: string;
  readonly port: number;
}
export interface Switches {
  readonly machineListen: Address | null;
  readonly updateListen: Address | null;
  readonly dataDir: string | null;
  readonly lang: 'en' | 'zh-CN' | null;
  readonly simulate: number;
  /** Target for entries that the disk rejects at the end. */
  readonly rescue: string | null;
  /** Maximum simultaneous connections of machines; `null`: the default. */
  readonly connections: number | null;
  /** Items for the window to open. */
  readonly open: readonly Opening[];
  /** For the terminal: reasons why items are not opened. */
  readonly notOpened: readonly string[];
}
export type ParsedSwitches =
  | { readonly kind: 'run'; readonly switches: Switches }
  /** Check this computer and end. `asJson`: for programs. */
  | { readonly kind: 'doctor'; readonly switches: Switches; readonly asJson: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string };

/**
 * `serve`: without a window, and without switches for it. `command`: the start
 * command, because packages have a program of their own.
 */
export function helpFor(program: 'app' | 'serve', command = 'npm start --'): string {
  if (program === 'app') return help.replace('npm start --', command);
  const [switches = ''] = help.replace(' [FILE or LINK]...', '').split(/(?<=this text\n)/);
  return switches.replace('npm start', 'npm run serve').replace(/^  --lang .*\n/m, '');
}

const help = `Crema: field-service console for Jetinno coffee vending machines

  npm start -- [switches] [FILE or LINK]...

  --machine-listen HOST:PORT  listening address for machines (default 127.0.0.1:4567 until an adapter is chosen; port 0: any free port)
  --update-listen HOST:PORT   listening address for upgrade downloads (default 127.0.0.1:12345)
  --data-dir DIR              folder for settings and records
  --lang en|zh-CN             language of the window for this run
  --simulate N                start N virtual machines (0 to 2000)
  --rescue DIR                folder for records that can't be written to the disk when Crema ends
  --doctor [--json]           check this computer without changes, then end with 0 (no problems), 1 (warnings) or 2 (problems)
  --connections N             maximum simultaneous connections of machines (10 to 10000, default 10000)
  --help                      this text

  FILE is a capture: pcap, pcapng, or Crema's JSONL. LINK is crema://machine/N, crema://frame/ID, crema://errors or
  crema://error/ID. A Crema that is open with the same data folder opens them.
`;

const host = z.union([z.ipv4(), z.ipv6()]);

/** Chromium's own switches, which Electron leaves in the command line. */
const chromiumSwitches = new Set([
  'no-sandbox',
  'disable-gpu',
  'log-level',
  'user-data-dir',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
]);

/** Parses the arguments after the app's path. */
export function parseSwitches(args: readonly string[], program: 'app' | 'serve' = 'app'): ParsedSwitches {
  const ours = args.filter((arg) => !chromiumSwitches.has(/^--([a-z-]+)/.exec(arg)?.[1] ?? ''));
  let values;
  let positionals: readonly string[];
  try {
    ({ values, positionals } = parseArgs({
      args: ours,
      strict: true,
      allowPositionals: program === 'app',
      options: {
        'machine-listen': { type: 'string' },
        'update-listen': { type: 'string' },
        'data-dir': { type: 'string' },
        lang: { type: 'string' },
        simulate: { type: 'string' },
        rescue: { type: 'string' },
        doctor: { type: 'boolean' },
        json: { type: 'boolean' },
        connections: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { kind: 'wrong', sentence: `${firstSentence(error)} See --help.` };
  }
  if (values.help === true) return { kind: 'help' };
  const problems: string[] = [];
  const machineListen = address('machine-listen', values['machine-listen'], problems);
  const updateListen = address('update-listen', values['update-listen'], problems);
  const lang = values.lang ?? null;
  if (lang !== null && lang !== 'en' && lang !== 'zh-CN') {
    problems.push(`--lang takes en or zh-CN, not "${lang}".`);
  }
  const simulate = values.simulate ?? '0';
  if (!/^\d{1,4}$/.test(simulate) || Number(simulate) > 2_000) {
    problems.push(`--simulate takes a whole number from 0 to 2000, not "${simulate}".`);
  }
  if (lang !== null && program === 'serve' && values.doctor !== true)
    problems.push('--lang goes with --doctor here: this program has no window.');
  if (values.json === true && values.doctor !== true) problems.push('--json goes with --doctor.');
  const connections = values.connections ?? null;
  if (connections !== null && !isCount(connections, 10, 10_000))
    problems.push(`--connections takes a whole number from 10 to 10000, not "${connections}".`);
  for (const name of ['data-dir', 'rescue'] as const)
    if (values[name] === '') problems.push(`--${name} takes a folder, not an empty text.`);
  const read = readArguments(positionals);
  for (const one of read) if (one.kind === 'wrong') problems.push(one.sentence);
  if (problems.length > 0) return { kind: 'wrong', sentence: problems.join(' ') };
  const switches: Switches = {
    machineListen,
    updateListen,
    dataDir: folderOf(values['data-dir']),
    lang: lang as Switches['lang'],
    simulate: Number(simulate),
    rescue: folderOf(values.rescue),
    connections: connections === null ? null : Number(connections),
    open: read.flatMap((one) => (one.kind === 'opening' ? [one.opening] : [])),
    notOpened: read.flatMap((one) => (one.kind === 'ignored' ? [one.sentence] : [])),
  };
  return values.doctor === true
    ? { kind: 'doctor', switches, asJson: values.json === true }
    : { kind: 'run', switches };
}

const isCount = (text: string, least: number, most: number): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;

const folderOf = (path: string | undefined): string | null => (path === undefined ? null : resolve(path));

function address(name: string, text: string | undefined, problems: string[]): Address | null {
  if (text === undefined) return null;
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const named = match?.[1] ?? match?.[2];
  const parsed = host.safeParse(named === 'localhost' ? '127.0.0.1' : named);
  const port = Number(match?.[3] ?? Number.NaN);
  if (!parsed.success || !(port <= 65_535)) {
    problems.push(
      `--${name} takes HOST:PORT with an IP address of this computer and a port from 0 to 65535, such as 0.0.0.0:4567, not "${text}".`,
    );
    return null;
  }
  return { host: parsed.data, port };
}

function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${text.split(/\.\s|\n/)[0] ?? text}.`;
}

/** Exit code: Crema ended in order, but records are lost, or are in a data folder that was moved away. 1: failed start; 2: wrong switch. */
export const recordsLost = 3;
