import { beforeEach, describe, expect, it } from 'vitest';
import type { MachineDetail } from '#shared/contract/detail';
import { defaultSettings } from '#shared/model/settings';
import {
  applyBatch,
  applySnapshot,
  languageOf,
  tick,
  useCrema,
  watchAnswered,
  wantFrame,
  watchBegins,
} from '../../../../src/renderer/src/store';
import { countsOf } from '../../../../src/renderer/src/store/machines';
import { fault, frame, machineState, order, row } from '../../../builders/rows';
import { snapshot } from '../../../builders/snapshot';

const base = snapshot({ machines: [row(1), row(2)] });
const detail = (vmcNo: number, framesIn: number): MachineDetail => ({
  state: machineState(vmcNo, { counts: { framesIn, framesOut: 0, bytesIn: 0, junkBytes: 0 } }),
});
const state = useCrema.getState;

beforeEach(() => {
  useCrema.setState(useCrema.getInitialState(), true);
  applySnapshot(base, 0);
});

describe('a snapshot', () => {
  it('shows everything, and again changes no row', () => {
    const { machines, list } = state();
    expect([...machines.keys()]).toEqual([1, 2]);
    applySnapshot({ ...base, machines: [row(1), row(2)] }, 0);
    expect(state().machines).toBe(machines);
    expect(state().list).toBe(list);
  });

  it('takes off the machines it does not have', () => {
    applySnapshot({ ...base, machines: [row(2)] }, 0);
    expect([...state().machines.keys()]).toEqual([2]);
    expect(state().list.order).toEqual([2]);
  });
});

describe('a batch', () => {
  it('changes what it names and nothing else', () => {
    const before = state();
    applyBatch({ seq: 2, settings: { ...defaultSettings, theme: 'dark' } }, 0);
    const { settings, ...rest } = state();
    const { settings: _, ...restBefore } = before;
    expect(settings.theme).toBe('dark');
    expect(rest).toEqual(restBefore);
    expect(rest.machines).toBe(before.machines);
  });

  it('brings machines, takes machines, and keeps the rows of the others', () => {
    const two = state().machines.get(2);
    applyBatch({ seq: 2, machines: { rows: [row(3, { cupBlocked: true })], removed: [1] } }, 0);
    expect([...state().machines.keys()]).toEqual([2, 3]);
    expect(state().machines.get(2)).toBe(two);
    expect(state().list.order).toEqual([3, 2]);
  });
});

describe('a batch with members of rows', () => {
  const machines = {
    patches: [[1, { name: 'Lobby', virtual: true }]],
    touched: { keys: [2], columns: [[5], [4]] },
  } as const;

  it('changes these members, and keeps the rows of the others', () => {
    applyBatch({ seq: 2, machines: { rows: [row(3)] } }, 0);
    const three = state().machines.get(3);
    applyBatch({ seq: 3, machines }, 0);
    expect([...state().machines.values()]).toEqual([
      row(1, { name: 'Lobby', virtual: true }),
      row(2, { lastHeard: 5, lastBeat: 4 }),
      row(3),
    ]);
    expect(state().machines.get(3)).toBe(three);
    expect(state().list.order).toEqual([1, 2, 3]);
  });

  it('changes nothing while a capture is shown', () => {
    useCrema.setState({ source: 7 });
    const before = state().machines;
    applyBatch({ seq: 2, machines }, 0);
    expect(state().machines).toBe(before);
  });
});

describe('watching', () => {
  it('takes the detail of the watched machine only', () => {
    watchBegins(1);
    applyBatch({ seq: 2, detail: detail(2, 9) }, 0);
    expect(state().detail).toBeNull();
  });

  it('a detail from the feed is newer than the answer that was asked for before', () => {
    watchBegins(1);
    applyBatch({ seq: 2, detail: detail(1, 9) }, 0);
    watchAnswered(1, detail(1, 4));
    expect(state().detail?.state.counts.framesIn).toBe(9);
  });

  it('an answer that comes after the person went on is dropped', () => {
    watchBegins(1);
    watchBegins(2);
    watchAnswered(1, detail(1, 4));
    expect(state().detail).toBeNull();
  });
});

describe('news', () => {
  it('is there for the lists as it came, frames under the token of who follows them', () => {
    const frames = { token: 3, rows: [frame(5)], skipped: 2, named: [], gone: [] };
    applyBatch({ seq: 2, frames, faults: [fault(1)], orders: [order(2)] }, 0);
    expect(state()).toMatchObject({ frameNews: frames, news: { faults: [fault(1)], orders: [order(2)] } });
    const { frameNews } = state();
    applyBatch({ seq: 3 }, 0);
    expect(state().frameNews).toBe(frameNews);
  });
});

describe('a frame that something follows from', () => {
  it('is wanted until a list has taken it', () => {
    wantFrame(7);
    applyBatch({ seq: 2 }, 0);
    expect(state().wantedFrame).toBe(7);
    wantFrame(null);
    expect(state().wantedFrame).toBeNull();
  });
});

describe('time', () => {
  it('makes a quiet machine silent, once', () => {
    tick(74_000);
    expect(countsOf(state().list).silence).toBe(0);
    tick(76_000);
    const { list } = state();
    expect(countsOf(list).silence).toBe(2);
    tick(77_000);
    expect(state().list).toBe(list);
  });
});

describe('the language', () => {
  it.each([
    ['system', 'zh-CN', null, 'zh-CN'],
    ['en', 'zh-CN', null, 'en'],
    ['en', 'en', 'zh-CN', 'zh-CN'],
  ] as const)('setting %s, system %s, switch %s: %s', (language, systemLanguage, languageSwitch, spoken) => {
    applySnapshot({ ...base, systemLanguage, languageSwitch, settings: { ...defaultSettings, language } }, 0);
    expect(languageOf(state())).toBe(spoken);
  });
});
