/** Mutated files that a person opens or a machine sends: captures, packages, lists and uploads. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AndroidMachine } from '../android';
import { giveFiles } from '../crema';
import type { Tally } from '../tally';
import type { Share, World } from '../world';
import { captureCorpus, listCorpus, packageCorpus, uploadCorpus } from './corpora';
import { Mutated, type Corpus } from './mutated';
import { Session } from './session';
import { inParts } from './wire';

/** Files that are passed at once. */
const part = 20;

interface Reader {
  readonly corpus: (world: World) => Promise<Corpus> | Corpus;
  /** Endings of the file names; a reader may depend on them. */
  readonly ending: readonly string[];
  /** So many parts are opened in parallel. */
  readonly lanes: number;
  /** Opens them all, one after the other; gives the errors. */
  readonly open: (session: Session, paths: readonly string[]) => Promise<readonly string[]>;
}

/** Reads captures and closes each after reading. */
async function openCaptures(
  { crema: { app } }: Session,
  paths: readonly string[],
): Promise<readonly string[]> {
  await giveFiles(app, paths);
  return app.page.evaluate(async (count) => {
    const wrong: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const reply = await window.crema.request('openCapture', undefined);
      if (!reply.ok) {
        if (reply.error.code === 'internal') wrong.push(JSON.stringify(reply.error));
        continue;
      }
      if (reply.value === null) continue;
      const { id } = reply.value;
      const end = performance.now() + 60_000;
      while (!window.ordealEnded.has(id) && performance.now() < end)
        await new Promise((done) => setTimeout(done, 5));
      if (!window.ordealEnded.has(id)) wrong.push('a capture was not read in 60 s');
      await window.crema.request('closeCapture', { id });
    }
    return wrong;
  }, paths.length);
}

/** Adds packages and removes them again. */
const takePackages = ({ crema: { app } }: Session, paths: readonly string[]): Promise<readonly string[]> =>
  app.page.evaluate(async (given) => {
    const wrong: string[] = [];
    for (const path of given) {
      const reply = await window.crema.request('takePackage', { path, expected: '' });
      if (!reply.ok) {
        if (reply.error.code === 'internal') wrong.push(JSON.stringify(reply.error));
        continue;
      }
      const { id } = reply.value;
      await window.crema.request('packageContents', { id, text: '' });
      await window.crema.request('packageTables', { id });
      await window.crema.request('removePackage', { id });
    }
    return wrong;
  }, paths);

const listVerbs = [
  'readRegistry',
  'readTable',
  'importProducts',
  'importOwnErrors',
  'importSequences',
] as const;

/** Lists: each file by every reader in turn; a readable registry is imported. */
async function openLists({ crema: { app } }: Session, paths: readonly string[]): Promise<readonly string[]> {
  await giveFiles(app, paths);
  return app.page.evaluate(
    async ([count, verbs]) => {
      const wrong: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const verb = verbs[n % verbs.length] ?? 'readTable';
        const reply = await window.crema.request(verb, undefined);
        if (!reply.ok && reply.error.code === 'internal')
          wrong.push(`${verb}: ${JSON.stringify(reply.error)}`);
        if (verb !== 'readRegistry' || !reply.ok || reply.value === null) continue;
        const { id } = reply.value as { readonly id: number };
        const taken = await window.crema.request('takeRegistry', { id });
        if (!taken.ok && taken.error.code === 'internal') wrong.push(JSON.stringify(taken.error));
      }
      return wrong;
    },
    [paths.length, listVerbs] as const,
  );
}

export const readers = {
  captures: {
    corpus: (world) => captureCorpus(world.random.fork('captures')),
    ending: ['pcap', 'pcapng', 'jsonl'],
    lanes: 2,
    open: openCaptures,
  },
  packages: { corpus: packageCorpus, ending: ['zip', 'xml'], lanes: 1, open: takePackages },
  lists: { corpus: () => listCorpus, ending: ['csv', 'json'], lanes: 1, open: openLists },
} as const satisfies Readonly<Record<string, Reader>>;
export type ReaderName = keyof typeof readers;

export async function playFiles(name: ReaderName, share: Share, tally: Tally, world: World): Promise<void> {
  const { corpus, ending, lanes, open }: Reader = readers[name];
  const random = world.random.fork(name).fork(share.from);
  const mutated = new Mutated(random, await corpus(world));
  const folder = world.newFolder();
  mkdirSync(folder);
  await Session.play(world, tally, async (session) => {
    const play = async (count: number, first: number): Promise<void> => {
      const paths = Array.from({ length: count }, (_, n) => {
        const path = join(folder, `odd-${first + n}.${ending[random.int(0, ending.length - 1)]}`);
        writeFileSync(path, mutated.next());
        return path;
      });
      for (const wrong of await open(session, paths)) tally.die(`${name} from ${first}: ${wrong}`);
      for (const path of paths) rmSync(path);
    };
    await inParts(share, part, tally, play, lanes);
  });
  rmSync(folder, { recursive: true });
}

const boundary = 'ordeal-7f3a';

/** A form with the file in it. */
const formOf = (vmcNo: number, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="vmc"\r\n\r\n${vmcNo}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="odd.zip"\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);

/** Machines that send in parallel: most of their time is a wait for the next command. */
const senders = 6;
/** Files of one machine in a row. */
const inARow = 5;

interface Sender {
  readonly machine: AndroidMachine;
  readonly forms: Mutated;
  /** Its command, and the address in it; `null` once a file was accepted there. */
  asked: { readonly id: number; readonly address: string } | null;
}

/** Android machines are asked for a file and send mutated ones, in whole and in mutated forms, until one is accepted. That file is opened. */
export async function playUploads(share: Share, tally: Tally, world: World): Promise<void> {
  const random = world.random.fork('uploads').fork(share.from);
  const mutated = new Mutated(random.fork('files'), await uploadCorpus());
  const openSender = async (port: number, vmcNo: number): Promise<Sender> => ({
    machine: await AndroidMachine.open(port, vmcNo),
    forms: new Mutated(random.fork(vmcNo), () =>
      Array.from({ length: 50 }, () => formOf(vmcNo, mutated.next())),
    ),
    asked: null,
  });
  await Session.play(world, tally, async (session) => {
    const { ask, port } = session.crema;
    const send = async (sender: Sender): Promise<void> => {
      const { machine, forms } = sender;
      const { vmcNo } = machine;
      if (sender.asked === null) {
        const input = { type: 'recipe', day: '' } as const;
        const { id } = await ask('command', { vmcNo, name: 'fetchFile', input });
        sender.asked = { id, address: await machine.address() };
      }
      const { id, address } = sender.asked;
      const body = random.chance(0.3) ? forms.next() : formOf(vmcNo, mutated.next());
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: new Uint8Array(body),
      });
      await answer.arrayBuffer();
      if (!answer.ok) return;
      sender.asked = null;
      for (const wrong of await session.ask('fetchedContent', { id })) tally.die(wrong);
      await session.ask('removeFetched', { id });
    };
    const opened = Array.from({ length: senders }, (_, n) => openSender(port, 72_001 + n));
    const all = await Promise.all(opened);
    const play = async (count: number, _first: number, lane: number): Promise<void> => {
      const sender = all[lane];
      for (let n = 0; n < count && sender !== undefined; n += 1) await send(sender);
    };
    await inParts(share, inARow, tally, play, senders);
    for (const { machine } of all) machine.close();
  });
}
