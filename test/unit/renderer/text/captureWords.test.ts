import { describe, expect, it } from 'vitest';
import type { JobProblem } from '#shared/model/capture';
import {
  captureFacts,
  captureProgress,
  captureTroubles,
  jobFacts,
  jobTitle,
  percentOf,
} from '../../../../src/renderer/src/text/captureWords';
import { paceOf } from '../../../../src/renderer/src/ui/usePace';
import { capture, job } from '../../../builders/rowsOfCaptures';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

describe('an opened capture', () => {
  it('is described by its span and contents', () => {
    const said = captureFacts(en, capture(1));
    expect(said).toContain('1 machine · 2 connections · 1,234 entries');
    // One day: the date occurs once.
    expect(said.match(/2026/g)).toHaveLength(1);
  });

  it('over several days has both dates', () => {
    const said = captureFacts(en, capture(1, { to: Date.UTC(2026, 10, 26, 10) }));
    expect(said.match(/2026/g)).toHaveLength(2);
  });

  it('without entries has a text in place of zeros', () => {
    expect(captureFacts(en, capture(1, { entries: 0, from: null, to: null }))).toMatch(
      /^The file has no traffic of machines/,
    );
  });

  it('has no troubles if it was read completely', () => {
    expect(captureTroubles(en, capture(1, { passedOver: { notIp: 0 } }))).toEqual([]);
  });

  it('lists the unread parts', () => {
    const read = capture(1, {
      isCutOff: true,
      isDamaged: true,
      passedOver: { notIp: 1, fragment: 1_200 },
    });
    const said = captureTroubles(en, read);
    expect(said).toHaveLength(3);
    expect(said[1]).toContain('The end of the file is missing');
    expect(said[2]).toBe('Skipped: 1 packet that is not IP, 1,200 later fragments of IP packets.');
    expect(captureTroubles(zh, read)[2]).toContain('1,200个 IP 分片');
  });

  it('distinguishes refused connections from other protocols', () => {
    const read = capture(1, { passedOver: { noData: 1, otherConnections: 2 } });
    expect(captureTroubles(en, read)).toEqual([
      'Skipped: 1 connection without data, such as a refused one, 2 connections with another protocol.',
    ]);
    expect(captureTroubles(zh, read)[0]).toContain('1个没有数据的连接');
  });
});

describe('a job', () => {
  it('shows its progress', () => {
    expect(jobTitle(en, job(1))).toBe('Reading lobby.pcapng');
    expect(jobFacts(en, job(1))).toBe(`${en.bytes(1_000_000)} of ${en.bytes(4_000_000)} · 2,000 frames`);
    expect(jobFacts(en, job(1, { what: 'export' }))).toBe('2,000 frames');
  });

  it('with a site shows bytes, and what it waits for', () => {
    const sending = job(1, { what: 'send' });
    expect(jobTitle(en, sending)).toBe('Sending lobby.pcapng');
    expect(jobFacts(en, sending)).toBe(`${en.bytes(1_000_000)} of ${en.bytes(4_000_000)}`);
    expect(jobTitle(en, job(1, { what: 'fetch', state: 'waiting' }))).toBe(
      'Waiting for the broker to fetch lobby.pcapng',
    );
    expect(jobFacts(en, job(1, { what: 'fetch', state: 'done' }))).toBe('');
    expect(jobTitle(zh, job(1, { what: 'mask' }))).toBe('正在遮盖 lobby.pcapng 中的隐私内容');
    expect(jobFacts(en, job(1, { what: 'mask' }))).toBe('25 % done · 2,000 frames');
    const full = { code: 'siteFull', detail: 'maximum bytes exceeded' } as const;
    expect(jobFacts(en, job(1, { what: 'send', state: 'failed', problem: full }))).toMatch(
      /^The broker has no room/,
    );
  });

  it('shows speed and remaining time, rounded so that they do not flicker', () => {
    const MiB = 1_048_576;
    const at = job(1, { startedAt: 0, done: 12 * MiB, total: 40 * MiB });
    expect(paceOf(at, 900)).toBeNull();
    expect(paceOf({ ...at, done: 0 }, 5_000)).toBeNull();
    expect(paceOf({ ...at, total: null }, 5_000)).toBeNull();
    expect(jobFacts(en, at, paceOf(at, 1_300))).toBe(
      '12 MiB of 40 MiB · 2,000 frames · 9 MiB/s · about 3 s left',
    );
    expect(jobFacts(zh, at, paceOf(at, 1_300))).toBe(
      '12 MiB / 共 40 MiB · 2,000帧 · 每秒 9 MiB · 大约还要3秒',
    );
    const last = (rate: number, left: number): string =>
      jobFacts(en, at, { rate, left }).split(' · ').slice(2).join(' ');
    expect(last(11.4 * MiB, 31_000)).toBe('11 MiB/s about 30 s left');
    expect(last(11.4 * MiB, 32_900)).toBe('11 MiB/s about 35 s left');
    expect(last(700_000, 10)).toBe('684 KiB/s about 1 s left');
    expect(last(1, 3_723_000)).toMatch(/about 1 h 2 min left/);
    const out = job(1, { what: 'export', startedAt: 0, done: 123_456, total: 1_000_000, frames: 100 });
    expect(jobFacts(en, out, paceOf(out, 1_000))).toBe('100 frames · 120,000 frames/s · about 7 s left');
  });

  it('that left a part of its file unread reports this', () => {
    const cut = job(1, { state: 'cancelled', capture: 1 });
    expect(jobTitle(en, cut)).toBe('Cancelled: only the beginning of lobby.pcapng was read.');
    const failed = { code: 'noSpace', detail: '' } as const;
    expect(jobTitle(en, job(1, { state: 'failed', capture: 1, problem: failed }))).toBe(
      'lobby.pcapng was only partly read.',
    );
    expect(captureTroubles(en, capture(1, { reading: { state: 'cancelled' } }))).toEqual([
      'Reading was cancelled. Only the beginning of the file is shown.',
    ]);
    expect(captureTroubles(en, capture(1, { reading: { state: 'failed', problem: failed } }))).toEqual([
      'The file was not read to its end. Only the part before is shown. The disk is full. Free some space and try again.',
    ]);
  });

  it('is shown in the tab while it runs, and afterwards if a part is unread', () => {
    const running = capture(1, { reading: { state: 'running' } });
    expect(captureProgress(en, running, job(1))).toBe('reading 25 %');
    expect(captureProgress(zh, running, job(1))).toBe('读取中 25%');
    expect(captureProgress(en, running, null)).toBe('reading 0 %');
    expect(captureProgress(en, capture(1, { reading: { state: 'cancelled' } }), null)).toBe('incomplete');
    expect(captureProgress(en, capture(1), null)).toBeNull();
    expect(percentOf({ done: 999, total: 1_000 })).toBe(99);
    expect(percentOf({ done: 1_001, total: 1_000 })).toBe(100);
  });

  it('that is done reports the written frames', () => {
    const done = job(1, { what: 'export', state: 'done', frames: 1 });
    expect(`${jobTitle(en, done)} ${jobFacts(en, done)}`).toBe('lobby.pcapng exported 1 frame');
  });

  it('that found damage in the records reports it', () => {
    const done = (damaged: number, missing: number) =>
      job(1, { what: 'export', state: 'done', frames: 7, damage: { damaged, missing } });
    expect(jobFacts(en, done(3, 2))).toBe(
      '7 frames · 3 of them are damaged and marked as such · entries are missing in 2 places, because the records are damaged',
    );
    expect(jobFacts(en, done(0, 1))).toBe(
      '7 frames · entries are missing in one place, because the records are damaged',
    );
    expect(jobFacts(zh, done(3, 2))).toBe('7帧 · 其中3条已损坏，并已注明 · 记录文件有损坏，2处缺少记录');
  });

  it('that was cancelled reports that nothing was written', () => {
    const cancelled = job(1, { state: 'cancelled' });
    expect(jobTitle(en, cancelled)).toBe('Cancelled: lobby.pcapng was not opened.');
    expect(jobFacts(en, cancelled)).toBe('');
  });

  it('whose file is not a capture names the expected formats', () => {
    const says = (code: JobProblem): string => {
      const failed = job(1, { state: 'failed', problem: { code, detail: '' } });
      return `${jobTitle(en, failed)} ${jobFacts(en, failed)}`;
    };
    expect(says('notACapture')).toMatch(
      /^lobby\.pcapng was not opened\. This file is not pcap, pcapng or JSONL\./,
    );
    expect(says('notJsonl')).toContain('This file contains no records of Crema.');
  });

  const problems: readonly JobProblem[] = [
    'notACapture',
    'notJsonl',
    'packed',
    'emptyFile',
    'unreadable',
    'unwritable',
    'noPlace',
    'noSpace',
    'internal',
  ];
  it.each(problems)('that failed shows the reason: %s', (code) => {
    const failed = job(1, { state: 'failed', problem: { code, detail: 'EIO' } });
    for (const words of [en, zh]) {
      const said = jobFacts(words, failed);
      expect(said).not.toContain('capture.problem');
      expect(said).not.toContain('{{');
    }
  });
});
