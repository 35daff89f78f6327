/** Desktop notifications of faults, and the effect of a click. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '#shared/model/history';
import type { OutsidePlace } from '#shared/outside';
import type { Notice } from '../../../../../src/main/desktop/electron/notify';
import { noticesService, type NoticesService } from '../../../../../src/main/desktop/services/notices';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../../../../src/main/lib/settings/store';
import { fault as faultRow } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let store: SettingsStore;
let shown: Notice[] = [];
let opened: OutsidePlace[] = [];
let lines: string[] = [];
let isSupported = true;
let now = 1_000;
let uptime = 1_000;
let telling: NoticesService;

beforeEach(() => {
  const never = (text: string): string => text;
  store = new SettingsStore(
    folder(),
    { available: () => false, encrypt: never, decrypt: never },
    openPlainly,
  );
  [shown, opened, lines, isSupported, now, uptime] = [[], [], [], true, 1_000, 1_000];
  telling = noticesService({
    store,
    now: () => now,
    uptime: () => uptime,
    language: () => (store.settings.language === 'zh-CN' ? 'zh' : 'en'),
    platform: () => 'linux',
    show: (notice) => {
      if (isSupported) shown.push(notice);
      return isSupported;
    },
    open: (place) => void opened.push(place),
    line: (text) => void lines.push(text),
  });
});

const fault = (id: number, code = 'ERROR:5300'): Fault =>
  faultRow(id, { code, setAt: 1_000 + id, isFatal: null, isPersistent: null });

describe('after the clock was set back', () => {
  it('a new fault is shown, and a fault from before the start is not', () => {
    const back = 3_600_000;
    uptime += 60_000;
    now += 60_000 - back;
    telling.take([
      { ...fault(1), setAt: 1_000 - back - 5_000 },
      { ...fault(2, 'ERROR:5301'), setAt: now },
    ]);
    expect(shown).toHaveLength(1);
    expect(lines).toEqual(['notified of 33232 ERROR:5301']);
  });
});

describe('a notification', () => {
  it('has machine, fault and remedy, and its click opens the fault', () => {
    store.changeMachines(new Map([[33_232, { name: 'Lobby' }]]));
    telling.take([fault(7)]);
    expect(shown.map(({ title, body }) => [title, body])).toEqual([
      [
        'Lobby · 33232: No cups',
        'Critical · ERROR:5300\nRefill cups. If there are cups, check the cup sensor.',
      ],
    ]);
    shown[0]?.onClick();
    expect(opened).toEqual([{ to: 'error', id: 7 }]);
    expect(lines).toEqual(['notified of 33232 ERROR:5300']);
  });

  it('is in the user’s language, with the user’s own texts', () => {
    store.change({
      language: 'zh-CN',
      ownErrors: { '9A01': { name: '蒸汽阀', remedy: '敲一敲。', severity: 'warning' } },
    });
    telling.take([fault(7, '9A01')]);
    expect(shown[0]).toMatchObject({ title: '33232: 蒸汽阀', body: '预警 · 9A01\n敲一敲。' });
  });

  it('is not shown for a muted machine or code', () => {
    store.change({ ownErrors: { 'ERROR:5300': { muted: true } } });
    telling.take([fault(1)]);
    store.changeMachines(new Map([[33_232, { notices: 'off' }]]));
    telling.take([fault(2, 'EC_2')]);
    expect(shown).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('is not an error on a system without notifications', () => {
    isSupported = false;
    telling.take([fault(1)]);
    expect(lines).toEqual(['this system shows no notifications (33232 ERROR:5300)']);
  });

  it('of a storm is replaced with a note about more errors, and continues after a minute', () => {
    telling.take(Array.from({ length: 50 }, (_, n) => fault(n + 1, `MADE_${n}`)));
    expect(shown).toHaveLength(6);
    expect(shown.at(-1)?.title).toBe('More new errors');
    shown.at(-1)?.onClick();
    expect(opened).toEqual([{ to: 'errors' }]);
    now += 60_000;
    telling.take([fault(99, 'EC_2')]);
    expect(shown.at(-1)?.title).toBe('33232: No I/O board');
  });
});
