/** A window that switches from Live to a capture and back, against a main process that only records requests. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '#shared/contract/feed';
import type { Capture, Job } from '#shared/model/capture';
import { request } from '../../../../src/renderer/src/bridge/request';
import {
  closeCapture,
  openCapture,
  showCapture,
  showLive,
  startSources,
} from '../../../../src/renderer/src/bridge/source';
import { applyBatch, applySnapshot, tick, useCrema, watchBegins } from '../../../../src/renderer/src/store';
import { countsOf } from '../../../../src/renderer/src/store/machines';
import { navigate } from '../../../../src/renderer/src/store/navigate';
import { placeOf } from '../../../../src/renderer/src/store/source';
import { frame, row } from '../../../builders/rows';
import { capture, job } from '../../../builders/rowsOfCaptures';
import { snapshot } from '../../../builders/snapshot';

const state = useCrema.getState;
const asked: (readonly [string, unknown])[] = [];
const kept = new Map<string, string>();
let machinesNow = [row(1)];
let lastJob: Job = job(1);
let machinesInIt = [row(33232, { name: 'Lobby' })];

const now = (): Snapshot => snapshot({ machines: machinesNow, captures: [lobby] });
const lobby: Capture = capture(7);

/** Answers wait for this promise. */
let slow: Promise<void> | null = null;
const answers: Readonly<Record<string, (args: unknown) => unknown>> = {
  snapshot: now,
  captureSnapshot: (args) => {
    const { id } = args as { readonly id: number };
    return { capture: id === 7 ? lobby : capture(id), machines: machinesInIt };
  },
  openCapture: () => lastJob,
};

beforeEach(() => {
  asked.length = 0;
  kept.clear();
  machinesNow = [row(1)];
  machinesInIt = [row(33232, { name: 'Lobby', lastHeard: lobby.to })];
  const crema = {
    request: (name: string, args: object | undefined, source: number | null) => {
      asked.push([name, source === null ? args : { capture: source, ...args }]);
      const answer = { ok: true, value: answers[name]?.(args) ?? null };
      return slow === null ? Promise.resolve(answer) : slow.then(() => answer);
    },
  };
  const location = { hash: '' };
  const go = (_state: unknown, _title: string, hash: string): void => {
    location.hash = hash;
  };
  vi.stubGlobal('window', {
    crema,
    location,
    history: { pushState: go, replaceState: go },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
  });
  useCrema.setState(useCrema.getInitialState(), true);
  applySnapshot(now(), 0);
  navigate({ screen: 'machines', vmcNo: 1, tab: 'orders' });
});
afterEach(() => vi.unstubAllGlobals());

const argsOf = (verb: string): readonly unknown[] =>
  asked.filter(([name]) => name === verb).map(([, args]) => args);
const settled = async (): Promise<void> => vi.waitFor(() => expect(state().source).not.toBe(7));

describe('a capture', () => {
  it('shows its own machines, and leaves the live feed', async () => {
    expect(await showCapture(7)).toBeNull();
    expect(state()).toMatchObject({ source: 7, route: { screen: 'inspector' } });
    expect([...state().machines.keys()]).toEqual([33232]);
    expect(state().configs[33232]?.name).toBe('Lobby');
    const before = state();
    applyBatch(
      {
        seq: 5,
        machines: { rows: [row(1)], removed: [33232] },
        frames: { token: 1, rows: [frame(1)], skipped: 0, named: [], gone: [] },
      },
      0,
    );
    applyBatch({ seq: 6, jobs: [job(4)] }, 0);
    expect(state()).toMatchObject({ machines: before.machines, frameNews: before.frameNews, jobs: [job(4)] });
  });

  it('stops at its end: no machine becomes silent later', async () => {
    await showCapture(7);
    expect(countsOf(state().list)).toMatchObject({ online: 1, silence: 0 });
    tick(Date.now());
    expect(countsOf(state().list).silence).toBe(0);
  });

  it('is the source of requests, except to stop following', async () => {
    await showCapture(7);
    await request('faults', { vmcNo: null, activeOnly: true, before: null, limit: 10 });
    await request('frame', { id: 3 });
    await request('watchMachine', { vmcNo: 33232 });
    await request('watchMachine', { vmcNo: null });
    await request('setMark', { entry: 3, marked: true, note: '' });
    await request('followFrames', { token: 9, filter: null, place: { before: null } });
    await request('adapters', undefined);
    expect(argsOf('faults')).toEqual([
      { capture: 7, vmcNo: null, activeOnly: true, before: null, limit: 10 },
    ]);
    expect(argsOf('frame')).toEqual([{ capture: 7, id: 3 }]);
    expect(argsOf('watchMachine')).toEqual([{ capture: 7, vmcNo: 33232 }, { vmcNo: null }]);
    expect(argsOf('setMark')).toEqual([{ capture: 7, entry: 3, marked: true, note: '' }]);
    expect(argsOf('followFrames')).toEqual([{ token: 9, filter: null, place: { before: null } }]);
    expect(argsOf('adapters')).toEqual([undefined]);
  });

  it('gets its own marks, not those of the same number elsewhere', async () => {
    await showCapture(7);
    const mark = { entry: 3, marked: true, note: '' };
    const marks = [7, 8, null].map((source) => ({
      capture: source,
      mark: { ...mark, note: `in ${source}` },
    }));
    applyBatch({ seq: 6, marks }, 0);
    expect(state().news.marks).toEqual([{ capture: 7, mark: { ...mark, note: 'in 7' } }]);
    await showLive();
    applyBatch({ seq: 7, marks }, 0);
    expect(state().news.marks).toEqual([{ capture: null, mark: { ...mark, note: 'in null' } }]);
  });

  it('sends nothing, not even a request to main', async () => {
    await showCapture(7);
    const refused = { ok: false, error: { code: 'inCapture', params: {} } };
    expect(await request('command', { vmcNo: 1, name: 'openDoor', input: {} })).toEqual(refused);
    expect(await request('cancelCommand', { id: 3 })).toEqual(refused);
    expect(asked.map(([verb]) => verb)).toEqual(['captureSnapshot']);
  });
});

describe('going back to Live', () => {
  it('requests a new snapshot, and restores the place', async () => {
    await showCapture(7);
    machinesNow = [row(1), row(2)];
    expect(await showLive()).toBeNull();
    expect(state()).toMatchObject({ source: null, route: { screen: 'machines', vmcNo: 1, tab: 'orders' } });
    expect([...state().machines.keys()]).toEqual([1, 2]);
    await request('frame', { id: 3 });
    expect(argsOf('frame')).toEqual([{ id: 3 }]);
  });

  it('and to the capture again restores its place too', async () => {
    await showCapture(7);
    navigate({ screen: 'machines', vmcNo: 33232, tab: 'errors' });
    await showLive();
    await showCapture(7);
    expect(state().route).toEqual({ screen: 'machines', vmcNo: 33232, tab: 'errors' });
  });

  it('only the latest request counts', async () => {
    const first = showCapture(7);
    const second = showLive();
    await Promise.all([first, second]);
    expect(state().source).toBeNull();
  });

  it('happens before the shown capture is closed', async () => {
    await showCapture(7);
    expect(await closeCapture(7)).toBeNull();
    expect(state().source).toBeNull();
    expect(asked.map(([verb]) => verb)).toEqual(['captureSnapshot', 'snapshot', 'closeCapture']);
  });
});

describe('from the start of the page', () => {
  it('a reload shows the capture again; its end and the screens of this computer lead to Live', async () => {
    kept.set('crema.source', '7');
    await startSources();
    expect(state()).toMatchObject({ source: 7, route: { screen: 'machines', vmcNo: 1, tab: 'orders' } });

    navigate({ screen: 'settings' });
    await settled();
    expect(state()).toMatchObject({ source: null, route: { screen: 'settings' } });
    expect(kept.size).toBe(0);
    expect(placeOf(null)).toEqual({ screen: 'settings' });

    await showCapture(7);
    expect(state().route).not.toEqual({ screen: 'settings' });
    applyBatch({ seq: 9, captures: [] }, 0);
    await settled();
    expect(state().source).toBeNull();
  });

  it('a file opened by this window is shown when it has been read; another window’s is not', async () => {
    await startSources();
    lastJob = job(5);
    expect(await openCapture()).toBeNull();
    applyBatch({ seq: 10, jobs: [job(5), job(6, { state: 'done', capture: 7 })] }, 0);
    expect(state().source).toBeNull();
    applyBatch({ seq: 11, jobs: [job(5, { state: 'done', capture: 7 })] }, 0);
    await vi.waitFor(() => expect(state().source).toBe(7));
  });

  it('is shown from its first entries on, and read again as it grows', async () => {
    await startSources();
    lastJob = job(7);
    await openCapture();
    const reading = { state: 'running' } as const;
    applyBatch(
      { seq: 10, jobs: [job(7, { capture: 7 })], captures: [capture(7, { entries: 10, reading })] },
      0,
    );
    await vi.waitFor(() => expect(state().source).toBe(7));
    watchBegins(33232);
    machinesInIt = [row(33232, { name: 'Lobby', errorCount: 2 }), row(33233)];
    const rows = [capture(7, { entries: 900, reading })];
    applyBatch({ seq: 11, captures: rows }, 0);
    await vi.waitFor(() => expect([...state().machines.keys()]).toEqual([33232, 33233]));
    expect(argsOf('watchMachine')).toContainEqual({ capture: 7, vmcNo: 33232 });
    // Another capture's growth, and one without news, ask nothing.
    const quiet = async (): Promise<number> => {
      await new Promise((done) => setTimeout(done, 30));
      return asked.length;
    };
    const before = await quiet();
    applyBatch({ seq: 12, captures: [...rows, capture(8, { entries: 5 })] }, 0);
    expect(await quiet()).toBe(before);
  });

  it('is read again after its last growth, even if an earlier answer is pending', async () => {
    await startSources();
    const grown = (seven: number, eight: number): void =>
      applyBatch({ seq: 20, captures: [capture(7, { entries: seven }), capture(8, { entries: eight })] }, 0);
    grown(10, 10);
    await showCapture(7);
    let answered = (): void => undefined;
    slow = new Promise((resolve) => (answered = resolve));
    grown(20, 10);
    const about = argsOf('captureSnapshot').length;
    slow = null;
    await showCapture(8);
    expect(state().source).toBe(8);
    grown(20, 20);
    answered();
    await vi.waitFor(() => expect(argsOf('captureSnapshot').slice(about)).toEqual([{ id: 8 }, { id: 8 }]));
  });

  it('an unreadable one changes nothing', async () => {
    await startSources();
    lastJob = job(8);
    await openCapture();
    applyBatch({ seq: 12, jobs: [job(8, { state: 'failed' })] }, 0);
    expect(argsOf('captureSnapshot')).toEqual([]);
  });
});
