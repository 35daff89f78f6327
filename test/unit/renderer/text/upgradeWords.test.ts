import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { PackageRefusal } from '#shared/model/upgrade';
import { appErrorWords } from '../../../../src/renderer/src/text/appErrorWords';
import { statusSentence, statusWord } from '../../../../src/renderer/src/text/machineWords';
import {
  paceOf,
  stageWords,
  stuckWords,
  transferWords,
} from '../../../../src/renderer/src/text/upgradeWords';
import { queuedCommand } from '../../../../src/main/machines/commands/judge';
import { row } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';

const refusals: Readonly<Record<PackageRefusal, true>> = {
  unreadable: true,
  noFile: true,
  notZip: true,
  damagedDirectory: true,
  moreMembers: true,
  empty: true,
  damagedMember: true,
  unsafeMember: true,
  unusableName: true,
  device: true,
  link: true,
  duplicate: true,
  encrypted: true,
  tooManyMembers: true,
  tooMuch: true,
  tooBig: true,
  noSpace: true,
  diskFull: true,
  noUpdateXml: true,
  updateXmlOdd: true,
  packageNotBeside: true,
  checksumFileOdd: true,
  checksumDiffers: true,
  spoilt: true,
  cancelled: true,
};

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);

  it('has a text for each reason why a file is not a package', () => {
    const said = Object.keys(refusals).map((reason) =>
      appErrorWords(words, {
        code: 'packageRefused',
        params: {
          reason,
          detail: 'vendui/main',
          needs: 2_048,
          free: 1_024,
          file: '',
          expected: 'a',
          actual: 'b',
        },
      }),
    );
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) expect(sentence).not.toMatch(/packageRefused|\{\{|\[object/);
  });
});

describe('a refused package, in words', () => {
  const at = new Date(2026, 0, 5, 14, 3, 20).getTime();
  const command = (status: number): Command => ({
    ...queuedCommand({ id: 1, vmcNo: 7, name: 'upgrade', input: {}, sessionId: 's1' }, 0),
    steps: [{ at, what: 'downloadRefused', entry: null, params: { remoteAddress: '192.0.2.7', status } }],
  });
  const said = (language: 'en' | 'zh-CN', status: number) =>
    stuckWords(wordsOf(language), command(status), { stage: 'refused', since: at }, at + 60_000);
  it('has the time, the answer and the reason, and does not blame the network', () => {
    expect(stageWords(wordsOf('en'), command(404), 'refused')).toBe('requested; this computer answered 404');
    expect(said('en', 404)).toBe(
      'The machine requested it at 14:03:20, and this computer answered 404: the package’s file is gone from the data folder. Add the package again, then upgrade again.',
    );
    expect(said('zh-CN', 416)).toMatch(/^机器在 14:03:20 请求下载，本机答复 416：/);
    for (const language of ['en', 'zh-CN'] as const) {
      const all = [404, 409, 412, 416, 500].map((status) => said(language, status).replace(/\d{3}/, ''));
      expect(new Set(all).size).toBe(all.length);
      expect(said(language, 403).replace('403', '500')).toBe(said(language, 500));
    }
  });
});

describe('a download in words', () => {
  const mib = 1024 ** 2;
  it('has size, speed and remaining time', () => {
    const facts = { done: 12.3 * mib, total: 45.6 * mib, rate: 3.1 * mib, left: 10_700 };
    expect(transferWords(wordsOf('en'), facts)).toBe('12.3 MiB of 45.6 MiB · 3.1 MiB/s · 11 s left');
  });
  it('shows no rate before it can be measured, and none at the end', () => {
    const facts = { done: mib, total: mib, rate: mib, left: 0 };
    expect(transferWords(wordsOf('en'), facts)).toBe('1 MiB of 1 MiB · 1 MiB/s');
    expect(transferWords(wordsOf('en'), { ...facts, done: 0, rate: null, left: null })).toBe('0 B of 1 MiB');
  });
});

describe('a machine that stays silent, in words', () => {
  const at = (hour: number, day = 5): number => new Date(2026, 0, day, hour, 2, 11).getTime();
  const given = (since: number, now: number): Command => ({
    ...queuedCommand({ id: 1, vmcNo: 7, name: 'upgrade', input: { version: '2.0' }, sessionId: '1' }, 0),
    state: 'expired',
    steps: [{ what: 'noProof', at: now, entry: null, params: { since } }],
  });

  it.each([
    ['en', 'no data since 14:02'],
    ['zh-CN', '14:02 之后没有数据'],
  ] as const)('shows since when (%s)', (language, said) => {
    expect(stageWords(wordsOf(language), given(at(14), at(15)), 'unheard')).toBe(said);
  });

  it('has the date if it is another day', () => {
    const said = stageWords(wordsOf('en'), given(at(23, 4), at(1, 5)), 'unheard');
    expect(said).toContain(wordsOf('en').dateTime(at(23, 4)));
  });

  it('has the same text after a restart command, when its time is over', () => {
    const gone = row(7, { online: false, restarting: at(14), since: at(14), lastHeard: at(14) });
    const word = (now: number): string => statusWord(wordsOf('en'), gone, now);
    expect(word(at(14) + 299_000)).toBe('restarting 4 min 59 s');
    expect(word(at(14) + 300_000)).toBe('offline 5 min after a restart command');
    expect(statusSentence(wordsOf('zh-CN'), gone, null, at(15))).toBe('下发重启后没有再上线，已离线1小时。');
  });
});

it('a download has a rate and a remaining time when there is enough data', () => {
  expect(paceOf(0, 100, 5_000)).toEqual({ rate: null, left: null });
  expect(paceOf(50, 100, 10)).toEqual({ rate: null, left: null });
  expect(paceOf(50, 100, 1_000)).toEqual({ rate: 50, left: 1_000 });
});
