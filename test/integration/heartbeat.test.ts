/// <reference types="vite/client" />
/**
 * The files that a heartbeat passes, from its socket to its row in the window: docs/architecture/heartbeat.md lists them. V8 counts the
 * calls, so another file on the way must be added to the page, or to the side branches below.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { WebContents } from 'electron';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Feed } from '../../src/main/desktop/ipc/feed';
import { Callable } from '../../src/main/lib/threads/callable';
import { emitOn, serve } from '../../src/main/lib/threads/serve';
import { nothingChosen, type ServerCalls, type ServerEvents } from '../../src/main/machines/api';
import { Server } from '../../src/main/machines/server/server';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn } from '../builders/room';
import { decimalFrame, RawClient } from '../builders/server';
import { snapshot, valueSources } from '../builders/snapshot';
import { useFolder } from '../builders/useFolder';

/** Limits of the files of the way, and of all files that run meanwhile. */
const mostPassed = 25;
const mostRun = 100;

/** Files that run beside the way, by what they are for. */
const beside = {
  answer: `main/core/connection/pace main/core/connection/rehearsal main/core/connection/replies
    main/core/connection/sending main/core/connection/written main/core/protocol/encode shared/framing shared/messages/hb`,
  journal: `main/journal/client/changedRows main/journal/client/clientStatus main/journal/client/journalClient
    main/journal/client/journalThread main/journal/client/outbox main/journal/client/packed main/journal/client/waiting
    main/machines/server/calls main/machines/server/checkpoints main/machines/server/journal`,
  otherListeners: `main/core/state/arrivals main/core/state/diagnoses main/core/state/recentTimes main/core/state/timings
    main/core/state/unnamedEntries
    main/machines/commands/commandQueue main/machines/commands/givenUp main/machines/commands/openCommands
    main/machines/commands/slot main/machines/requests/offers main/machines/requests/replaying main/machines/runs/runs
    main/machines/server/commands main/machines/server/heldEntries main/machines/server/reservedLink
    main/machines/server/newcomers main/machines/server/server main/machines/server/serverParts
    main/machines/server/unwritten
    shared/commands/kit/wire shared/model/arrivals`,
  limitsAndTurns: 'main/core/connection/leg main/machines/link/directConnection main/machines/link/turns',
  otherBytes: 'main/core/protocol/careful main/core/protocol/held main/core/protocol/utf8',
  questions: `main/core/connection/claims main/core/protocol/sign main/core/state/closings main/core/state/knownOrders
    main/machines/link/machineServer main/machines/requests/choices shared/commands/kit/rows shared/messages/common
    shared/messages/field shared/messages/lookup shared/model/machineLink shared/model/message shared/model/relayed
    shared/model/served`,
  otherMembersOfTheState: `main/core/state/activeFaults main/core/state/copies main/core/state/faults
    main/core/state/machineClock main/core/state/orders main/core/state/relayedOrders shared/model/linkMinutes`,
  otherPartsOfTheBatch: 'main/lib/live/values',
  orderOfTheList: `renderer/src/store/machines shared/model/connected shared/model/linkTrouble shared/model/problems
    shared/model/severity shared/model/verified`,
  textsOfTheRow: `renderer/src/features/machines/table/grid renderer/src/ui/StateShape renderer/src/ui/Ticking`,
};

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'src');
/** The files in the tables of the page. */
const page = readFileSync(join(root, 'docs', 'architecture', 'heartbeat.md'), 'utf8');
const passed = [...page.matchAll(/^\| *\d+ *\| `([^`]+)`/gm)].map(([, file = '']) => file);

const vmcNo = 33_232;
const electron = vi.hoisted(() => ({
  onMessage: new Map<string, (event: null, text: string) => void>(),
  crema: {} as object,
  /** The answer to a request of the window. */
  answer: (): unknown => null,
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (_name: string, api: object) => Object.assign(electron.crema, api) },
  ipcRenderer: {
    on: (channel: string, listener: (event: null, text: string) => void) =>
      electron.onMessage.set(channel, listener),
    invoke: () => Promise.resolve({ ok: true, value: electron.answer() }),
  },
  webUtils: {},
}));
// Texts of two languages and thousands of icons load slowly, and none of them is on the way.
vi.mock('../../src/renderer/src/text/useWords', () => {
  const words = { t: String, number: String, dateTime: (at: number) => new Date(at).toISOString() };
  return { useWords: () => words };
});
// The commands beside a line's dots load the forms of all commands.
vi.mock('../../src/renderer/src/features/machines/table/LineCommands', () => ({ LineCommands: () => null }));
vi.mock('@tabler/icons-react', () => ({ IconShieldX: 'i', IconSquare: 'i', IconSquareCheckFilled: 'i' }));

interface Way {
  readonly machine: RawClient;
  readonly stop: () => Promise<void>;
}

const session = new Session();
let bundles: Bundles;
const folder = useFolder();

beforeAll(async () => {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Debugger.enable');
  bundles = appBundles();
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  vi.stubGlobal('window', { crema: electron.crema, location: { hash: '' }, history: {} });
  vi.stubGlobal('navigation', { addEventListener: () => undefined });
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  session.disconnect();
  bundles.remove();
});

/** In modules of the test runner, each export has such a function. */
const isExport = (text: string): boolean => text.startsWith('() => { try { return ');

/** Source files that have functions called meanwhile; paths below src. */
async function filesThatRun(meanwhile: () => Promise<void>): Promise<readonly string[]> {
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await meanwhile();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  const files: string[] = [];
  for (const { url, scriptId, functions } of result) {
    const file = url.startsWith('file:') ? relative(source, fileURLToPath(url)).replaceAll('\\', '/') : '';
    if (!/^\w.*\.tsx?$/.test(file)) continue;
    const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId });
    const isRun = functions.some(({ ranges: [whole] }) => {
      if (whole === undefined || whole.count === 0) return false;
      return !isExport(scriptSource.slice(whole.startOffset, whole.endOffset));
    });
    if (isRun) files.push(file);
  }
  return files;
}

/** The machines thread, main's feed and a window, all in this thread, with the app's own ports, calls and channels between them. */
async function startWay(): Promise<Way> {
  const { port1, port2 } = new MessageChannel();
  const server = new Server({
    now: () => Date.now(),
    takeStep: () => 0,
    journalWorker: join(bundles.directory, 'journalWorker.js'),
    emit: emitOn<ServerEvents>(port2),
  });
  serve<ServerCalls>(port2, server.handlers, { beforeResult: () => server.reportRecorded() });
  const feed = new Feed();
  feed.open(valueSources(), () => undefined);
  const nothing = (): void => undefined;
  const thread = new Callable<ServerCalls, ServerEvents>(port1, {
    on: {
      // As in desktop/services/server.ts.
      news: feed.take,
      given: nothing,
      recorded: nothing,
      problem: (detail) => {
        throw new Error(detail);
      },
      thread: nothing,
      listener: nothing,
      journal: nothing,
      journalRestarted: nothing,
      journalDied: nothing,
      line: nothing,
      directMachine: nothing,
    },
  });
  await thread.call('open', { journal: folder('journal.sqlite'), settings: nothingChosen });
  feed.replace(await thread.call('snapshot', undefined));
  const contents = {
    id: 1,
    once: nothing,
    on: nothing,
    isDestroyed: () => false,
    isCrashed: () => false,
    send: (channel: string, text: string) => electron.onMessage.get(channel)?.(null, text),
  };
  feed.add(contents as unknown as WebContents);
  const { seq: _seq, ...facts } = snapshot();
  electron.answer = () => feed.snapshot(facts);
  await import('../../src/preload/index');
  const { startFeed, loadSnapshot } = await import('../../src/renderer/src/bridge/live');
  startFeed();
  expect(await loadSnapshot()).toBeNull();
  const state = await thread.call('listen', { host: '127.0.0.1', port: 0, avoid: [], others: [] });
  if (state.status !== 'listening') throw new Error(state.status);
  return {
    machine: await RawClient.open(state.port),
    stop: async () => {
      feed.stop();
      await thread.call('close', undefined);
      await thread.end();
    },
  };
}

/** The row of the machine as the window draws it, with the time of its last message. */
async function drawer(): Promise<() => string> {
  const { TableLine } = await import('../../src/renderer/src/features/machines/table/TableLine');
  const { useCrema } = await import('../../src/renderer/src/store');
  return () => {
    // React draws without a browser from the store's first state, so the row is handed over.
    const absent = useCrema.getState().machines.get(vmcNo);
    const columns = ['heard'] as const;
    return renderToStaticMarkup(
      createElement(TableLine, {
        vmcNo,
        absent,
        columns,
        orders: null,
        isChosen: false,
        onChoose: null,
        hasMenu: false,
      }),
    );
  };
}

/** Messages between ports and sockets come in turns of the event loop; `turns`: a limit, for what never comes. */
async function until(isThere: () => boolean, turns = 100_000): Promise<void> {
  for (let left = turns; !isThere(); left -= 1) {
    if (left === 0) throw new Error('it never came');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const send = async ({ machine }: Way, body: string, answer: string): Promise<void> => {
  machine.received = Buffer.alloc(0);
  machine.send(decimalFrame(body));
  await machine.until(() => machine.received.includes(answer));
};

it('are those of its page, and few others run', async () => {
  const way = await startWay();
  try {
    const { useCrema } = await import('../../src/renderer/src/store');
    const draw = await drawer();
    const heard = () => useCrema.getState().machines.get(vmcNo)?.lastHeard;
    const beat = `{"cmd":"hb","vmc_no":${vmcNo}}`;
    await logIn(way.machine, vmcNo);
    for (let count = 0; count < 3; count += 1) {
      await send(way, beat, '"hb"');
      vi.advanceTimersByTime(5_000);
    }
    /** The files that run while a heartbeat is on its way. */
    const measured = async (): Promise<readonly string[]> => {
      // The last message is another one, so the next heartbeat is read again.
      await send(
        way,
        `{"cmd":"productdone","vmc_no":${vmcNo},"order_no":"1","product_id":1}`,
        'productdone_r',
      );
      vi.advanceTimersByTime(2_500);
      await until(() => heard() === Date.now() - 2_500);
      draw();
      const sentAt = Date.now();
      let drawn = '';
      const ran = await filesThatRun(async () => {
        await send(way, beat, '"hb"');
        vi.advanceTimersByTime(100);
        await until(() => heard() === sentAt);
        drawn = draw();
      });
      expect(drawn).toContain(new Date(sentAt).toISOString());
      return ran;
    };
    // Sockets of earlier tests in this process may close meanwhile, but only once.
    const once = await measured();
    const again = new Set(await measured());
    const ran = once.filter((file) => again.has(file));

    expect(passed.filter((file) => !ran.includes(file))).toEqual([]);
    const known = new Set(Object.values(beside).flatMap((files) => files.split(/\s+/)));
    const others = ran.filter((file) => !passed.includes(file));
    expect(others.filter((file) => !known.has(file.replace(/\.tsx?$/, '')))).toEqual([]);
    expect(passed.length).toBeLessThanOrEqual(mostPassed);
    expect(ran.length).toBeLessThanOrEqual(mostRun);
  } finally {
    await way.stop();
  }
});

// This test does so itself. With a function of their own there, these files would be on the way.
it('do not include those that only connect the threads', () => {
  const read = (file: string): string => readFileSync(join(source, file), 'utf8');
  expect(read('main/desktop/services/server.ts')).toContain('news: feed.take,');
  expect(read('main/machines/thread.ts')).toContain('new Server({ now: clock.now,');
});
