/** `npm run journal -- replay`: a line for each frame that is sent, and for what came back or should have. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from '@photostructure/sqlite';
import { mostReplayConnections, type ReplayDifference, type ReplayRow } from '#shared/model/replay';
import type { Write } from '../journal/files/types';
import type { ScanQuery } from '../journal/queries/scan';
import { chosenPages, pagesWithin } from '../replay/recording';
import { ReplayRun } from '../replay/run';
import { surveyOf } from '../replay/survey';
import { targetOf, tcpLink } from '../replay/tcp';
import { systemTiming } from '../replay/waker';
import { counted, Problem } from './cliMessages';
import { importFile } from './importJob';
import type { ReplayCommand } from './replaySwitches';
import { printStatus, showProgress } from './terminal';

export interface ReplayParts {
  readonly journalWorker: string;
  /** @throws Problem where there is none in that folder */
  readonly journalOf: (dataDir: string) => string;
  readonly query: (dataDir: string | null) => ScanQuery;
  readonly print: Write;
  readonly cancel: AbortSignal;
}

/** Whether all that came back was as recorded, but for what rules and clocks explain. */
export async function replay(command: ReplayCommand, parts: ReplayParts): Promise<boolean> {
  const { source } = command;
  if ('dataDir' in source) return replayJournal(parts.journalOf(source.dataDir), command, parts);
  const folder = mkdtempSync(join(tmpdir(), 'crema-replay-'));
  try {
    const journal = join(folder, 'journal.sqlite');
    const { journalWorker, cancel } = parts;
    await importFile({ file: source.file, journal, journalWorker }, cancel, { onProgress: showProgress });
    return await replayJournal(journal, command, parts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function replayJournal(journal: string, command: ReplayCommand, parts: ReplayParts): Promise<boolean> {
  const { source, to, pace, vmcNo, rules, code } = command;
  const query = parts.query('dataDir' in source ? source.dataDir : null);
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const { machine } = await surveyOf(chosenPages(db, query));
    if (machine.extent === null) throw new Problem('There is no frame of a machine in it to be sent.');
    if (vmcNo !== null && machine.machines.length > 1)
      throw new Problem(
        `They are frames of machines ${machine.machines.slice(0, 10).join(', ')}: one number can stand for one of them only. Choose it with --filter 'vmc:…'.`,
      );
    if (machine.connections > mostReplayConnections)
      throw new Problem(
        `They are of ${machine.connections} connections, and ${mostReplayConnections} can be made.`,
      );
    const what = counted(machine.frames, 'frame', 'frames');
    printStatus(`${what} of ${machine.machines.join(', ')} to ${targetOf(to)}`);
    const printing = new Printing(parts.print);
    const run = new ReplayRun({
      role: 'machine',
      pace,
      vmcNo,
      rules,
      salt: randomBytes(16).toString('hex'),
      codeOf: () => code,
      pages: pagesWithin(db, query, machine.extent),
      open: (hears, cancelled) => tcpLink(to, hears, { now: Date.now, cancel: cancelled }),
      timing: systemTiming,
      onRow: (row) => printing.row(row),
      onProgress: ({ next }) => {
        if (next?.waitsFor === 'person') printing.ask(next.cmd, next.entry);
      },
    });
    const onCancel = (): void => run.cancel();
    parts.cancel.addEventListener('abort', onCancel);
    const input = pace === 'step' ? createInterface({ input: process.stdin }) : null;
    input?.on('line', () => run.sendNext()).on('close', onCancel);
    const { counts, sent, problem, status } = await run.run();
    input?.off('close', onCancel).close();
    parts.cancel.throwIfAborted();
    await printing.done();
    const { same, explained, differs, missing, extra } = counts;
    printStatus(
      `${counted(sent, 'frame', 'frames')} sent; of what came back ${same} the same, ${explained} explained, ${differs} different, ${extra} not in the recording; ${missing} missing.`,
    );
    if (problem !== null) throw new Problem(problemWords(problem, sent));
    if (status === 'cancelled')
      throw new Problem(`The input ended after ${counted(sent, 'frame', 'frames')}.`);
    return differs + missing + extra === 0;
  } finally {
    db.close();
  }
}

function problemWords(problem: NonNullable<ReplayRun['progress']['problem']>, sent: number): string {
  switch (problem.code) {
    case 'unreachable':
      return `The server can't be reached. ${problem.detail}`;
    case 'closed':
      return `The server ended the connection after frame ${sent}, before the next was sent. ${problem.detail}`.trim();
    case 'refused':
      return problem.error.code;
    case 'internal':
      return problem.detail;
  }
}

/** Rows as they become final, one after the other. */
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
    // Thrown where it is waited for.
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

function linesOf({ kind, step, cmd, entry, outcome, differences, notes }: ReplayRow): readonly string[] {
  const number = String(step).padStart(5);
  const name = cmd ?? 'bytes';
  if (kind === 'sent') {
    const told = notes.length === 0 ? '' : `  ${notes.map((note) => noteWords[note]).join('; ')}`;
    return [`${number}  sent    ${name}  (entry ${entry})${told}`];
  }
  const said = entry === null ? '' : `  (entry ${entry})`;
  return [
    `${number}  answer  ${name}  ${outcomeWords[outcome]}${said}`,
    ...differences.filter(({ by }) => by === null).map(differenceWords),
  ];
}

const differenceWords = ({ name, recorded, now }: ReplayDifference): string =>
  `               ${name}: ${recorded ?? 'absent'} -> ${now ?? 'absent'}`;

const outcomeWords: Readonly<Record<ReplayRow['outcome'], string>> = {
  waiting: 'waiting',
  same: 'same',
  explained: 'same but for rules and clocks',
  differs: 'DIFFERENT',
  missing: 'MISSING',
  extra: 'NOT IN THE RECORDING',
};

const noteWords: Readonly<Record<ReplayRow['notes'][number], string>> = {
  unread: 'sent as it was: its body can’t be read character by character',
  signKept: 'with the recorded sign: no code is known that makes it',
  tooLong: 'sent as it was: it would be too long',
};
