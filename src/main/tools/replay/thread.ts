/** Entry of the replay thread: reads the recording, keeps the pace and, in the machine role, owns the connections. */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import { setOwnErrors } from '#shared/errors/own';
import type { ReplayProgress } from '#shared/model/replay';
import { ownPort, serve } from '../../lib/threads/serve';
import type { ReplayCalls, ReplayEvents, ReplaySource, ReplayWish } from './calls';
import { KeptRows } from './keptRows';
import { machineLink } from './machineLink';
import { chosenPages, pagesWithin } from './recording';
import { ReplayRun } from './run';
import { surveyOf } from './survey';
import { tcpLink } from './tcp';
import { systemTiming } from './waker';

/** ms between two events. */
const reportInterval = 150;

let rows = new KeptRows();
let running: ReplayRun | null = null;
let timer: NodeJS.Timeout | null = null;

const thread = serve<ReplayCalls, ReplayEvents>(
  ownPort(),
  {
    survey: (source) => reading(source, (db) => surveyOf(chosenPages(db, source))),
    run: (wish) => reading(wish.source, (db) => run(db, wish)),
    control: ({ to }) => {
      if (to === 'cancel') running?.cancel();
      else if (to === 'next') running?.sendNext();
      else running?.pause(to === 'pause');
    },
    rows: ({ before, limit, differing }) => rows.page(before, limit, differing),
  },
  { onEnd: () => running?.cancel() },
);

async function reading<T>(
  { journal, ownErrors }: ReplaySource,
  work: (db: InstanceType<typeof DatabaseSync>) => Promise<T>,
): Promise<T> {
  setOwnErrors(ownErrors ?? {});
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    return await work(db);
  } finally {
    db.close();
  }
}

async function run(db: InstanceType<typeof DatabaseSync>, wish: ReplayWish): Promise<ReplayProgress> {
  const { source, extent, to, vmcNo, pace, rules, codes } = wish;
  rows = new KeptRows();
  const one = new ReplayRun({
    role: 'server' in to ? 'machine' : 'server',
    pace,
    vmcNo,
    rules: new Set(rules),
    salt: randomBytes(16).toString('hex'),
    codeOf: (machine) => codes.get(machine) ?? null,
    pages: pagesWithin(db, source, extent),
    open: async (events, cancel) =>
      'server' in to
        ? tcpLink(to.server, events, { now: systemTiming.now, cancel })
        : machineLink(to.machine, events),
    timing: systemTiming,
    onRow: (row) => rows.put(row),
    onProgress: () => {
      timer ??= setTimeout(reportProgress, reportInterval);
    },
  });
  running = one;
  const end = await one.run();
  running = null;
  if (timer !== null) clearTimeout(timer);
  timer = null;
  return end;
}

function reportProgress(): void {
  timer = null;
  if (running !== null) thread.emit('progress', running.progress);
}
