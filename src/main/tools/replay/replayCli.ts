/** `npm run journal -- replay`: prints a line for each sent frame and for each received or missing answer. */
import { randomBytes } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import { DatabaseSync } from '@photostructure/sqlite';
import type { SendRisk } from '#shared/compose/sendRisk';
import type { DialTarget } from '#shared/model/dial';
import {
  mostReplayConnections,
  type ReplayPart,
  type ReplayRole,
  type ReplayRow,
  type ReplaySurvey,
} from '#shared/model/replay';
import { orAbort } from '../../lib/threads/orAbort';
import type { Write } from '../../core/captures/types';
import type { ScanQuery } from '../../journal/embed';
import { chosenPages, pagesWithin } from './recording';
import { machineLink } from './machineLink';
import { ReplayRun, type ReplayOptions } from './run';
import { surveyOf } from './survey';
import { targetOf, tcpLink } from './tcp';
import { systemTiming } from './waker';
import { counted, Problem } from '../captures/cliMessages';
import { openBench, type BenchScripts } from './replayBench';
import { linesOf } from './replayLines';
import type { ReplayCommand } from './replaySwitches';
import { withJournalOf } from '../captures/temporaryJournal';
import { printStatus } from '../captures/terminal';

export interface ReplayParts extends BenchScripts {
  /** @throws Problem if the folder has no journal */
  readonly journalOf: (dataDir: string) => string;
  readonly query: (dataDir: string | null) => ScanQuery;
  readonly print: Write;
  readonly cancel: AbortSignal;
}

/** Resolves to true if every difference from the recording is explained by a rule or a clock. */
export async function replay(command: ReplayCommand, parts: ReplayParts): Promise<boolean> {
  const { source } = command;
  if ('dataDir' in source) return replayJournal(parts.journalOf(source.dataDir), command, parts);
  return withJournalOf(source.file, parts, (journal) => replayJournal(journal, command, parts));
}

async function replayJournal(journal: string, command: ReplayCommand, parts: ReplayParts): Promise<boolean> {
  const { source, to } = command;
  const query = parts.query('dataDir' in source ? source.dataDir : null);
  const db = new DatabaseSync(journal, { readOnly: true });
  const input = new Input();
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const survey = await surveyOf(chosenPages(db, query));
    // A signal may have arrived during the survey of the recording.
    parts.cancel.throwIfAborted();
    const playing: Playing = { command, parts, input, pages: (extent) => pagesWithin(db, query, extent) };
    if ('listen' in to) return await toMachine(survey, to.listen, playing);
    const { machine } = survey;
    const extent = checked(machine, 'machine', command.vmcNo);
    printStatus(
      `${counted(machine.frames, 'frame', 'frames')} of ${machine.machines.join(', ')} to ${targetOf(to.server)}`,
    );
    return await play('machine', playing, {
      extent,
      vmcNo: command.vmcNo,
      open: (events, cancel) => tcpLink(to.server, events, { now: Date.now, cancel }),
    });
  } finally {
    input.close();
    db.close();
  }
}

interface Playing {
  readonly command: ReplayCommand;
  readonly parts: ReplayParts;
  readonly input: Input;
  readonly pages: (extent: Extent) => ReplayOptions['pages'];
}
type Extent = NonNullable<ReplayPart['extent']>;

/** Replays to the machine that connects, after the user has confirmed. */
async function toMachine(
  { server, risks }: ReplaySurvey,
  at: DialTarget,
  playing: Playing,
): Promise<boolean> {
  const { command, parts, input } = playing;
  const extent = checked(server, 'server', null);
  printStatus(
    `${counted(server.frames, 'frame', 'frames')} to the machine: ${server.commands.map(({ cmd }) => cmd ?? 'bytes').join(', ')}`,
  );
  const does = risks.flatMap((risk) => (risk?.risk === 'none' ? [] : [riskWords[risk?.risk ?? 'unknown']]));
  for (const words of does) printStatus(`It ${words}.`);
  if (does.length > 0 && !command.yes) {
    printStatus('Somebody should be at the machine. Type yes to send it.');
    const typed = await orAbort(input.line(), parts.cancel);
    if (typed?.trim() !== 'yes') throw new Problem('Nothing was sent.');
  }
  const bench = await openBench(at, parts, printStatus);
  try {
    printStatus(
      `Waiting for ${command.vmcNo === null ? 'a machine' : `machine ${command.vmcNo}`} at ${targetOf(at)}`,
    );
    const vmcNo = await bench.machine(command.vmcNo, parts.cancel);
    printStatus(`Machine ${vmcNo} is there.`);
    const open: ReplayOptions['open'] = (events) =>
      Promise.resolve(machineLink(bench.connect(vmcNo), events));
    return await play('server', playing, { extent, vmcNo, open });
  } finally {
    await bench.close();
  }
}

function checked(
  { extent, machines, connections }: ReplayPart,
  role: ReplayRole,
  vmcNo: number | null,
): Extent {
  if (extent === null)
    throw new Problem(
      role === 'machine'
        ? 'There is no frame of a machine in it to be sent.'
        : 'It has no frames on the server’s own initiative.',
    );
  if (vmcNo !== null && machines.length > 1)
    throw new Problem(
      `They are frames of machines ${machines.slice(0, 10).join(', ')}: one number can stand for one of them only. Choose it with --filter 'vmc:…'.`,
    );
  if (connections > mostReplayConnections)
    throw new Problem(`They are of ${connections} connections, and ${mostReplayConnections} can be made.`);
  return extent;
}

async function play(
  role: ReplayRole,
  { command, parts, input, pages }: Playing,
  { extent, vmcNo, open }: Pick<ReplayOptions, 'vmcNo' | 'open'> & { readonly extent: Extent },
): Promise<boolean> {
  const { pace, rules, code } = command;
  const printing = new Printing(parts.print);
  const run = new ReplayRun({
    role,
    pace,
    vmcNo,
    rules,
    salt: randomBytes(16).toString('hex'),
    codeOf: () => code,
    pages: pages(extent),
    open,
    timing: systemTiming,
    onRow: (row) => printing.row(row),
    onProgress: ({ next }) => {
      if (next?.waitsFor === 'person') printing.ask(next.cmd, next.entry);
    },
  });
  parts.cancel.addEventListener('abort', () => run.cancel());
  if (pace === 'step') void stepBy(input, run);
  const { counts, sent, problem, status } = await run.run();
  parts.cancel.throwIfAborted();
  await printing.done();
  const { same, explained, differs, missing, extra } = counts;
  printStatus(
    `${counted(sent, 'frame', 'frames')} sent; answers: ${same} the same, ${explained} explained, ${differs} different, ${extra} not in the recording; ${missing} missing.`,
  );
  if (problem !== null) throw new Problem(problemWords(problem, sent));
  if (status === 'cancelled') throw new Problem(`The input ended after ${counted(sent, 'frame', 'frames')}.`);
  return differs + missing + extra === 0;
}

/** Each typed line sends one frame; the end of the input ends the replay. */
async function stepBy(input: Input, run: ReplayRun): Promise<void> {
  for (;;) {
    const line = await input.line();
    if (line === null) {
      run.cancel();
      return;
    }
    run.sendNext();
  }
}

function problemWords(problem: NonNullable<ReplayRun['progress']['problem']>, sent: number): string {
  switch (problem.code) {
    case 'unreachable':
      return `The server can't be reached. ${problem.detail}`;
    case 'closed':
      return `The other side ended the connection after frame ${sent}, before the next was sent. ${problem.detail}`.trim();
    case 'refused':
      return `After frame ${sent} the next was not sent: ${problem.error.code}`;
    case 'internal':
      return problem.detail;
  }
}

const riskWords: Readonly<Record<Exclude<NonNullable<SendRisk>['risk'], 'none'> | 'unknown', string>> = {
  opens: 'opens the door',
  dispenses: 'dispenses hot water or a drink',
  restarts: 'restarts the machine',
  restartsPart: 'restarts a part of the machine, or its whole program',
  reconnects: 'makes the machine reconnect, perhaps elsewhere',
  pays: 'reports an order as paid or not paid',
  reprices: 'changes what customers pay',
  restocks: 'changes what is counted of its materials',
  relists: 'changes its menu',
  refuses: 'refuses its login',
  stores: 'changes the servers or the customer number that it keeps',
  unknown: 'has an unknown effect',
};

/** The terminal's input, read only after the first question: a background program must not read from a terminal. */
class Input {
  #opened: Interface | null = null;
  #lines: AsyncIterator<string> | null = null;

  /** `null`: the input has ended. */
  async line(): Promise<string | null> {
    this.#opened ??= createInterface({ input: process.stdin });
    this.#lines ??= this.#opened[Symbol.asyncIterator]();
    const line = await this.#lines.next();
    return line.done === true ? null : line.value;
  }

  close(): void {
    this.#opened?.close();
  }
}

/** Prints final rows in order. */
class Printing {
  readonly #print: Write;
  #last: Promise<void> = Promise.resolve();
  #asked = 0;

  constructor(print: Write) {
    this.#print = print;
  }

  row(row: ReplayRow): void {
    if (row.outcome === 'waiting') return;
    const text = `${linesOf(row).join('\n')}\n`;
    this.#last = this.#last.then(() => this.#print(Buffer.from(text)));
    // The error is thrown where the promise is awaited.
    this.#last.catch(() => undefined);
  }

  ask(cmd: string | null, entry: number): void {
    if (this.#asked === entry) return;
    this.#asked = entry;
    printStatus(`Enter sends ${cmd ?? 'the next one'} (entry ${entry}).`);
  }

  done(): Promise<void> {
    return this.#last;
  }
}
