/** Mutated inputs over TCP and HTTP, and as requests of the window. */
import { connect, type Socket } from 'node:net';
import type { Tally } from '../tally';
import type { Share, World } from '../world';
import { httpCorpus, requestCorpus, tcpCorpus } from './corpora';
import { Mutated } from './mutated';
import { Session, type Asked } from './session';

/** Parallel connections to the machine port, and to the package port. */
const connections = 24;
const httpConnections = 64;
/** Inputs of one connection to the machine port, and its time limit in ms. */
const perConnection = 100;
const connectionTime = 30_000;
/** ms within which a request must be answered, or its connection must end. */
const answerTime = 30_000;
/** Parallel requests of the window, and parallel calls with so many requests each. */
const batch = 1_000;
const batches = 2;

/** Plays inputs in parts until the share is used up; lanes run in parallel. `play` gets the number of the first input. */
export async function inParts(
  { from, most, isOver }: Share,
  size: number,
  tally: Tally,
  play: (count: number, first: number, lane: number) => Promise<void>,
  lanes = 1,
): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (next < most && (next === from || !isOver())) {
        const first = next;
        const count = Math.min(size, most - first);
        next += count;
        await play(count, first, lane);
        tally.tried += count;
      }
    }),
  );
}

/** Writes all of it, reads the answers and hangs up. Gives false if Crema then keeps the connection open. */
const written = (port: number, pieces: readonly Buffer[]): Promise<boolean> =>
  new Promise((resolve) => {
    let isLate = false;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(connectionTime, () => {
      isLate = true;
      socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(!isLate));
    socket.resume();
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  });

/** Every so many connections write each input by itself; the others write all at once, as a busy network delivers them. */
const byItself = 5;

export async function playTcp(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('TCP').fork(share.from);
  const mutated = new Mutated(random.fork('changes'), tcpCorpus(random.fork('corpus')));
  await Session.play(world, tally, async (session) => {
    const play = async (count: number, first: number): Promise<void> => {
      const inputs = Array.from({ length: count }, () => mutated.next());
      const isByItself = (first / perConnection) % byItself === 0;
      if (!(await written(session.crema.port, isByItself ? inputs : [Buffer.concat(inputs)])))
        tally.die(`the connection of inputs ${first} to ${first + count - 1} was not closed`);
    };
    await inParts(share, perConnection, tally, play, connections);
  });
}

const headEnd = '\r\n\r\n';
/** One request and nothing after it: a second one may follow on its connection. */
const isAlone = (input: Buffer): boolean =>
  input.length > headEnd.length &&
  input.indexOf(headEnd) === input.length - headEnd.length &&
  !mayWait.test(input.toString('latin1'));
const mayWait = /content-length|transfer-encoding|expect|upgrade/i;
const isLast = /^connection: *close/im;

/** Keeps its connection as long as Crema does. After anything but one whole request it hangs up, to avoid a wait. */
class HttpClient {
  readonly #port: number;
  #socket: Socket | null = null;
  #wake: (answer: string | null) => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Gives false without an answer or an end. */
  async send(input: Buffer): Promise<boolean> {
    const socket = (this.#socket ??= this.#open());
    const mayFollow = isAlone(input);
    let late: NodeJS.Timeout | undefined;
    const answered = await new Promise<string | null | undefined>((resolve) => {
      late = setTimeout(() => resolve(undefined), answerTime);
      this.#wake = (answer) => {
        // For a client that closes its side, the end of the connection is awaited.
        if (answer === null || (mayFollow && !isLast.test(answer))) resolve(answer);
      };
      if (mayFollow) socket.write(input);
      else socket.end(input);
    });
    clearTimeout(late);
    if (answered === undefined) this.close();
    return answered !== undefined;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#wake(chunk.toString('latin1')));
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#wake(null);
    });
    return socket;
  }
}

export async function playHttp(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('HTTP').fork(share.from);
  const mutated = new Mutated(random.fork('changes'), httpCorpus(random.fork('corpus')));
  await Session.play(world, tally, async (session) => {
    const idle = Array.from({ length: httpConnections }, () => new HttpClient(session.crema.updatePort));
    const play = async (count: number): Promise<void> => {
      const client = idle.pop() ?? new HttpClient(session.crema.updatePort);
      for (let n = 0; n < count; n += 1) {
        const input = mutated.next();
        if (!(await client.send(input)))
          tally.die(`no answer and no end: ${JSON.stringify(input.toString('latin1')).slice(0, 500)}`);
      }
      idle.push(client);
    };
    await inParts(share, perConnection, tally, play, httpConnections);
    for (const client of idle) client.close();
  });
}

export async function playRequests(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('requests').fork(share.from);
  const corpus = requestCorpus(random.fork('corpus'));
  const mutated = new Mutated(random.fork('changes'), corpus);
  const verbs = corpus(0).map((input) => (JSON.parse(input.toString()) as readonly [string])[0]);
  const anyVerb = (): string => verbs[random.int(0, verbs.length - 1)] ?? '';
  await Session.play(world, tally, async (session) => {
    const play = async (count: number): Promise<void> => {
      const asked = Array.from({ length: count }, (): Asked => ({
        text: mutated.next().toString(),
        verb: anyVerb(),
      }));
      for (const wrong of await session.askMutated(asked, verbs)) tally.die(wrong);
    };
    await inParts(share, batch, tally, play, batches);
  });
}
