/** Mutated inputs over TCP and HTTP, and as requests of the window. */
import { connect, type Socket } from 'node:net';
import type { Tally } from '../tally';
import type { Share, World } from '../world';
import { httpCorpus, requestCorpus, tcpCorpus } from './corpora';
import { Mutated } from './mutated';
import { Session, type Asked } from './session';

/** Connections at once to the machine port, and to that of packages, where most of the time is waited. */
const connections = 24;
const httpConnections = 64;
/** Inputs of one connection to the machine port, and ms that it may take. */
const perConnection = 40;
const connectionTime = 5_000;
/** ms in which a request is answered, or is taken for one that waits for more. */
const answerTime = 30;
/** Requests of the window that are asked at once. */
const batch = 400;
/** Inputs between two looks at the window. */
const part = 2_000;

/** Plays inputs in parts until the share is used up. */
export async function inParts(
  { most, until }: Share,
  size: number,
  tally: Tally,
  play: (count: number) => Promise<void>,
): Promise<void> {
  do {
    const count = Math.min(size, most - tally.tried);
    await play(count);
    tally.tried += count;
  } while (tally.tried < most && performance.now() < until);
}

/** Many at once, until so many inputs were drawn. */
async function many(
  count: number,
  atOnce: number,
  one: (take: () => boolean) => Promise<void>,
): Promise<void> {
  let left = count;
  const take = (): boolean => (left -= 1) >= 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) await one(take);
    }),
  );
}

/** Writes inputs, takes what comes and hangs up. */
const written = (port: number, inputs: readonly Buffer[]): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(connectionTime, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve());
    socket.resume();
    socket.on('connect', () => {
      for (const input of inputs) socket.write(input);
      socket.end();
    });
  });

export async function playTcp(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('TCP');
  const mutated = new Mutated(random.fork('changes'), tcpCorpus(random.fork('corpus')));
  await Session.play(world, tally, async (session) => {
    await inParts(share, part, tally, async (count) => {
      await many(count, connections, async (take) => {
        const inputs: Buffer[] = [];
        while (inputs.length < perConnection && take()) inputs.push(mutated.next());
        await written(session.crema.port, inputs);
      });
      await session.look();
    });
  });
}

/** One connection after the other: a new one where the last was closed, or waits for the rest of a request. */
class HttpClient {
  readonly #port: number;
  #socket: Socket | null = null;
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async send(input: Buffer): Promise<void> {
    this.#socket ??= this.#open();
    const socket = this.#socket;
    const isAnswered = await new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), answerTime);
      this.#wake = () => {
        clearTimeout(late);
        resolve(true);
      };
      socket.write(input);
    });
    if (isAnswered && !socket.destroyed) return;
    this.close();
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => socket.destroy());
    socket.on('data', () => this.#wake());
    socket.on('close', () => this.#wake());
    return socket;
  }
}

export async function playHttp(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('HTTP');
  const mutated = new Mutated(random.fork('changes'), httpCorpus(random.fork('corpus')));
  await Session.play(world, tally, async (session) => {
    const clients = Array.from({ length: httpConnections }, () => new HttpClient(session.crema.updatePort));
    await inParts(share, part, tally, async (count) => {
      let left = count;
      await Promise.all(
        clients.map(async (client) => {
          while ((left -= 1) >= 0) await client.send(mutated.next());
        }),
      );
      await session.look();
    });
    for (const client of clients) client.close();
  });
}

/** Its text as a request: a verb with arguments that JSON can hold. */
function requestOf(input: Buffer, other: () => string): Asked {
  const text = input.toString();
  try {
    const [verb, args] = JSON.parse(text) as readonly [unknown, unknown];
    if (typeof verb === 'string') return { verb, args };
  } catch {
    // It is no JSON any more: all of it is an argument.
  }
  return { verb: other(), args: text };
}

export async function playRequests(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('requests');
  const corpus = requestCorpus(random.fork('corpus'));
  const mutated = new Mutated(random.fork('changes'), corpus);
  const verbs = corpus(0).map((input) => (JSON.parse(input.toString()) as readonly [string])[0]);
  const known: ReadonlySet<string> = new Set(verbs);
  const anyVerb = (): string => verbs[random.int(0, verbs.length - 1)] ?? '';
  await Session.play(world, tally, async (session) => {
    await inParts(share, batch, tally, async (count) => {
      const asked = Array.from({ length: count }, () => {
        const one = requestOf(mutated.next(), anyVerb);
        return known.has(one.verb) ? one : { verb: anyVerb(), args: one.args };
      });
      for (const wrong of await session.ask(asked)) tally.die(wrong);
      await session.look();
    });
  });
}
