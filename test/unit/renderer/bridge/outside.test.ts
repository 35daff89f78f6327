/** A window whose address bar contains the target of a link or a file. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outsideHash } from '#shared/outside';
import { startOutside } from '../../../../src/renderer/src/bridge/outside';
import { showCapture, startSources } from '../../../../src/renderer/src/bridge/source';
import { applyBatch, applySnapshot, useCrema } from '../../../../src/renderer/src/store';
import { navigate } from '../../../../src/renderer/src/store/navigate';
import { row } from '../../../builders/rows';
import { capture, job } from '../../../builders/rowsOfCaptures';
import { snapshot } from '../../../builders/snapshot';

const state = useCrema.getState;
const location = { hash: '' };
const history: string[] = [];
let listeners: (() => void)[] = [];
const lobby = capture(7);
const answers: Readonly<Record<string, unknown>> = {
  snapshot: snapshot({ machines: [row(1)], captures: [lobby] }),
  captureSnapshot: { capture: lobby, machines: [row(33_232)] },
};

/** Ids of entries by capture, number and journal. */
const found = new Map<string, number>();
const journal = '0f0e0d0c-1111-4222-8333-444455556666';

/** As main does. */
function come(hash: string): void {
  history.push(hash);
  location.hash = hash;
  for (const listener of listeners) listener();
}

beforeEach(() => {
  history.length = 0;
  listeners = [];
  const find = (args: { readonly number: number; readonly journal: string | null }, of: number | null) =>
    found.get(`${of} ${args.number} ${args.journal}`) ?? null;
  const crema = {
    request: (name: string, args: Parameters<typeof find>[0], of: number | null) =>
      Promise.resolve({
        ok: true,
        value: name === 'findFrame' ? find(args, of) : (answers[name] ?? null),
      }),
  };
  found.clear();
  vi.stubGlobal('window', {
    crema,
    location,
    history: {
      pushState: (_state: unknown, _title: string, hash: string) => {
        history.push(hash);
        location.hash = hash;
      },
      replaceState: (_state: unknown, _title: string, hash: string) => {
        history[Math.max(history.length - 1, 0)] = hash;
        location.hash = hash;
      },
    },
    sessionStorage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
    addEventListener: (_type: string, listener: () => void) => listeners.push(listener),
  });
  location.hash = '';
  useCrema.setState(useCrema.getInitialState(), true);
  applySnapshot(snapshot({ machines: [row(1)], captures: [lobby] }), 0);
  navigate({ screen: 'settings' });
});
afterEach(() => vi.unstubAllGlobals());

describe('a link from outside', () => {
  it('to a machine: its page, one step back from where the window was', () => {
    startOutside();
    come(outsideHash([{ to: 'machine', vmcNo: 1 }]));
    expect(state().route).toEqual({ screen: 'machines', vmcNo: 1, tab: 'overview' });
    expect(history).toEqual(['#/settings', '#/machines/1/overview']);
  });
  it('to a frame: the Inspector, with that frame selected', async () => {
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12 }]));
    await vi.waitFor(() =>
      expect(state()).toMatchObject({ route: { screen: 'inspector' }, wantedFrame: 12 }),
    );
  });
  it('to a frame of named records: this computer, with the entry’s own id', async () => {
    found.set(`null 12 ${journal}`, 12);
    found.set(`7 12 ${journal}`, 3);
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12, journal }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ source: null, wantedFrame: 12 }));
    expect(state().route).toEqual({ screen: 'inspector' });
  });
  it('to a frame of named records: the capture that has it', async () => {
    found.set(`7 12 ${journal}`, 3);
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12, journal }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ source: 7, wantedFrame: 3 }));
    expect(state().route).toEqual({ screen: 'inspector' });
  });
  it('to a frame of records that are not open: a message, and no other frame', async () => {
    found.set(`7 12 null`, 3);
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12, journal }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ missedFrame: 12, wantedFrame: null }));
    come(outsideHash([{ to: 'frame', id: 13 }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ missedFrame: null, wantedFrame: 13 }));
  });
  it('without a name: the number of the shown capture', async () => {
    found.set('7 12 null', 3);
    await showCapture(7);
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12 }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ source: 7, wantedFrame: 3 }));
  });
  it('concerns live machines: a shown capture is left', async () => {
    await showCapture(7);
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12 }]));
    await vi.waitFor(() => expect(state().source).toBeNull());
    await vi.waitFor(() =>
      expect(state()).toMatchObject({ route: { screen: 'inspector' }, wantedFrame: 12 }),
    );
  });
  it('that opened the window waits until the window is ready', async () => {
    location.hash = outsideHash([{ to: 'errors' }]);
    const go = startOutside();
    navigate({ screen: 'connect' }, 'replace');
    expect(state().route).toEqual({ screen: 'connect' });
    await go();
    expect(state().route).toEqual({ screen: 'errors' });
  });
  it('after another link: both are visited in turn', async () => {
    startOutside();
    come(outsideHash([{ to: 'frame', id: 12 }, { to: 'errors' }]));
    await vi.waitFor(() => expect(state()).toMatchObject({ route: { screen: 'errors' }, wantedFrame: 12 }));
    expect(history).toEqual(['#/settings', '#/errors']);
  });
  it('that leads nowhere changes nothing', async () => {
    const before = state();
    const go = startOutside();
    come('#/outside/settings');
    come('#/outside/machine/-1');
    await go();
    expect(state()).toBe(before);
  });
});

describe('a file opened outside', () => {
  it('is shown as soon as a part of it was read', async () => {
    await startSources();
    startOutside();
    come(outsideHash([{ to: 'job', id: 4 }]));
    expect(state()).toMatchObject({ route: { screen: 'settings' }, source: null });
    applyBatch({ seq: 5, jobs: [{ ...job(4), state: 'running', capture: null }] }, 0);
    expect(state().source).toBeNull();
    applyBatch({ seq: 6, jobs: [{ ...job(4), state: 'running', capture: 7 }], captures: [lobby] }, 0);
    await vi.waitFor(() => expect(state().source).toBe(7));
  });
});
