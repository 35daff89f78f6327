/**
 * A site, its reader and their broker in three network namespaces, with a router between them that stops passing packets for minutes.
 * Only Linux, and only root. The broker is set up as deploy/ says, with TLS.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SiteRole } from '#shared/model/sites';
import type { BrokerAccess } from '../../../src/main/sites/broker/connect';
import { makeDeployed, seedOf, startDeployed } from '../../builders/deployed';
import { kill, newestOf, pause, readAll, readStream, run } from './processes';

/** drop: the router is silent. reject: it answers that the other side is unreachable. */
const ways = { drop: 'blackhole', reject: 'unreachable' } as const;
const places = ['site', 'desk', 'broker'] as const;
type Place = (typeof places)[number];
type Cut = Exclude<Place, 'broker'>;

interface CutResult {
  readonly between: Cut;
  readonly way: keyof typeof ways;
  /** Seconds from the cut until the process reported that it is not connected, and its report; `null`: it never did. */
  readonly noticed: number | null;
  readonly trouble: string;
  /** Entries that the reader lacked when the network came back. */
  readonly behind: number;
  /** Seconds until the reader had them. */
  readonly caughtUp: number;
}

export interface CutsResult {
  readonly cuts: readonly CutResult[];
  readonly entries: number;
  /** Entries in the broker's messages, in order. */
  readonly inOrder: number;
  readonly messages: number;
  readonly journals: number;
  readonly isEqual: boolean;
}

const siteName = 'north';
const subnet = (place: Place): string => `10.231.${places.indexOf(place) + 1}`;
const addressOf = (place: Place): string => `${subnet(place)}.2`;

function must(...[program = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

class Network {
  readonly #prefix = `crema${process.pid}`;

  /** The command that runs another in the namespace. */
  within(place: Place | 'router'): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name(place)];
  }

  #name(place: Place | 'router'): string {
    return `${this.#prefix}-${place}`;
  }

  start(): void {
    for (const place of [...places, 'router'] as const) {
      must('ip', 'netns', 'add', this.#name(place));
      must('ip', '-n', this.#name(place), 'link', 'set', 'lo', 'up');
    }
    const router = this.#name('router');
    must(...this.within('router'), 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    for (const place of places) {
      const own = this.#name(place);
      must('ip', '-n', own, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', place, 'netns', router);
      for (const [name, link, address] of [
        [own, 'eth0', addressOf(place)],
        [router, place, `${subnet(place)}.1`],
      ] as const) {
        must('ip', '-n', name, 'address', 'add', `${address}/24`, 'dev', link);
        must('ip', '-n', name, 'link', 'set', link, 'up');
      }
      must('ip', '-n', own, 'route', 'add', 'default', 'via', `${subnet(place)}.1`);
    }
  }

  #rules(does: 'add' | 'del', place: Cut, way: keyof typeof ways): void {
    const [one, other] = [addressOf(place), addressOf('broker')];
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      must('ip', '-n', this.#name('router'), 'rule', does, 'pref', '10', 'from', from, 'to', to, ways[way]);
  }

  cut(place: Cut, way: keyof typeof ways): () => void {
    this.#rules('add', place, way);
    return () => this.#rules('del', place, way);
  }

  end(): void {
    for (const place of [...places, 'router'] as const) spawnSync('ip', ['netns', 'del', this.#name(place)]);
  }
}

/** The newest line of a process about its connection. */
class Said {
  line = '';
  at = 0;

  constructor({ stdout }: ChildProcess) {
    if (stdout === null) throw new Error('no stdout');
    createInterface(stdout).on('line', (line) => {
      this.line = line;
      this.at = performance.now();
    });
  }
}

async function until(isTrue: () => boolean, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1_000;
  while (!isTrue()) {
    if (performance.now() > end) return false;
    await pause(100);
  }
  return true;
}

const secondsSince = (begun: number, end = performance.now()): number => Math.round((end - begun) / 100) / 10;

/** `seconds`: of each cut. `note`: what happens, for a person who waits. */
export async function playCuts(
  folder: string,
  seconds: number,
  note: (text: string) => void,
): Promise<CutsResult> {
  const [journal, copyFolder, broker] = ['journal.sqlite', 'desk', 'broker'].map((name) =>
    join(folder, name),
  );
  if (journal === undefined || copyFolder === undefined || broker === undefined) throw new Error('no folder');
  mkdirSync(copyFolder, { recursive: true });
  makeDeployed(broker, [siteName], [addressOf('broker'), 'localhost']);
  const authority = join(broker, 'certs', 'authority.pem');
  const access = (role: SiteRole): string =>
    JSON.stringify({
      servers: `${addressOf('broker')}:4222`,
      role,
      credentials: new TextDecoder().decode(seedOf(broker, siteName, role === 'send' ? 'site' : 'desk')),
      authority: readFileSync(authority, 'utf8'),
    } satisfies BrokerAccess);
  const network = new Network();
  const running: ChildProcess[] = [];
  const begin = (child: ChildProcess): ChildProcess => {
    running.push(child);
    return child;
  };
  const send = (records: string): ChildProcess =>
    begin(
      run(
        'sender.ts',
        [journal, join(folder, 'place.json'), access('send'), '', '0', records],
        network.within('site'),
      ),
    );
  const copy = (): string => {
    const name = readdirSync(copyFolder).find((one) => one.endsWith('.sqlite')) ?? 'none';
    return join(copyFolder, name);
  };
  try {
    network.start();
    const [ip = '', ...inBroker] = network.within('broker');
    const server = begin(
      spawn(ip, [...inBroker, 'nats-server', '-c', 'nats-server.conf'], { cwd: broker, stdio: 'ignore' }),
    );
    const streams = [
      process.execPath,
      join(import.meta.dirname, '../../../deploy/make-streams.mjs'),
      '--server',
      `${addressOf('broker')}:4222`,
      '--ca',
      authority,
      '--out',
      join(broker, 'broker'),
    ];
    if (!(await until(() => spawnSync(ip, [...inBroker, ...streams]).status === 0, 20)))
      throw new Error('the broker has no streams');
    let sender = send('records');
    const reader = begin(run('receiver.ts', [copyFolder, access('read')], network.within('desk')));
    const said = { site: new Said(sender), desk: new Said(reader) };
    if (!(await until(() => newestOf(copy()) > 3_000, 60))) throw new Error('the reader has nothing');
    const cuts: CutResult[] = [];
    for (const way of ['drop', 'reject'] as const)
      for (const between of ['site', 'desk'] as const) {
        const begun = performance.now();
        const one = said[between];
        const heal = network.cut(between, way);
        const isNoticed = await until(() => one.at > begun && one.line.startsWith('waiting'), seconds);
        const [noticed, trouble] = isNoticed ? [secondsSince(begun, one.at), one.line] : [null, one.line];
        await pause(Math.max(0, seconds * 1_000 - (performance.now() - begun)));
        heal();
        const healed = performance.now();
        const newest = newestOf(journal);
        const behind = newest - newestOf(copy());
        if (!(await until(() => newestOf(copy()) >= newest, 120)))
          throw new Error(`${between}, ${way}: the reader does not catch up`);
        cuts.push({ between, way, noticed, trouble, behind, caughtUp: secondsSince(healed) });
        note(JSON.stringify(cuts.at(-1)));
        await pause(5_000);
      }
    // The last sender records nothing, and sends what is left.
    await kill(sender);
    sender = send('');
    const last = newestOf(journal);
    await until(() => newestOf(copy()) >= last, 60);
    for (const child of [sender, reader, server]) await kill(child);
    const [own, other] = [readAll(journal), readAll(copy())];
    // The same store, started where this process reaches it.
    const again = await startDeployed(broker);
    try {
      const client = await again.client(siteName, 'admin');
      const { inOrder, messages } = await readStream(client);
      await client.close();
      return {
        cuts,
        entries: own.last,
        inOrder,
        messages,
        journals: readdirSync(copyFolder).filter((name) => name.endsWith('.sqlite')).length,
        isEqual: own.hash === other.hash && own.last === other.last,
      };
    } finally {
      await again.end();
    }
  } finally {
    for (const child of running) await kill(child);
    network.end();
  }
}
