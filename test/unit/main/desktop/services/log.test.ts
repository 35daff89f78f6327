import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requests } from '#shared/contract/requests/index';
import { AppLog } from '../../../../../src/main/desktop/log/appLog';
import { logService } from '../../../../../src/main/desktop/services/log';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

function started(openFolder = (): Promise<string> => Promise.resolve('')) {
  const lines: string[] = [];
  const clock = { now: 0 };
  const log = new AppLog({
    folder: folder(),
    now: () => clock.now,
    terminal: { line: () => undefined, problem: (line) => void lines.push(line) },
  });
  const service = logService({ log, now: () => clock.now, openFolder });
  const report = (problem: { readonly where: string; readonly detail: string }): unknown =>
    service.requests.reportProblem(problem, { windowId: 1, screen: '', capture: null });
  const written = (): readonly string[] => readFileSync(folder('crema.log'), 'utf8').trimEnd().split('\n');
  return { lines, clock, report, service, written };
}

describe('problems of the window', () => {
  it('are written with place and message, on lines that differ from our own', () => {
    const { lines, report, written } = started();
    report({ where: 'screen\norders', detail: 'TypeError: no\n\u001B[2J  at x\r\ncrema: all is well' });
    expect(lines).toEqual([
      'window: screen⟨U+000A⟩orders: TypeError: no\n  ⟨U+001B⟩[2J  at x\n  crema: all is well',
    ]);
    expect(written()[0]).toBe('1970-01-01T00:00:00.000Z error window: screen⟨U+000A⟩orders: TypeError: no');
    expect(
      written()
        .slice(1)
        .every((line) => line.startsWith('  ')),
    ).toBe(true);
  });

  it('are 20 in a minute; of the others the number is written', () => {
    const { lines, clock, report } = started();
    for (let n = 0; n < 50; n += 1) report({ where: 'row', detail: String(n) });
    expect(lines).toHaveLength(20);
    clock.now = 60_000;
    report({ where: 'row', detail: 'again' });
    expect(lines.slice(20)).toEqual(['window: 30 more problems were not written', 'window: row: again']);
  });

  it('are bounded in length by the contract', () => {
    const fits = (where: number, detail: number): boolean =>
      requests.reportProblem.args.safeParse({ where: 'x'.repeat(where), detail: 'x'.repeat(detail) }).success;
    expect([fits(200, 4_000), fits(201, 1), fits(1, 4_001)]).toEqual([true, false, false]);
  });
});

describe('a refusal of a window', () => {
  it('is in the log by its code, and not on the terminal', () => {
    const { lines, service, written } = started();
    service.onErrors.onRefused('command', {
      code: 'commandNotPossible',
      params: { name: 'brew', why: 'doorOpen' },
    });
    service.onErrors.onRefused('listen', { code: 'listenFailed', params: { port: 80, reason: 'denied' } });
    expect(written()).toEqual([
      '1970-01-01T00:00:00.000Z warn window: command refused: commandNotPossible name=brew why=doorOpen',
      '1970-01-01T00:00:00.000Z warn window: listen refused: listenFailed port=80 reason=denied',
    ]);
    expect(lines).toEqual([]);
  });

  it('is written 60 times a minute; of the others the number is written', () => {
    const { clock, service, written } = started();
    for (let n = 0; n < 70; n += 1)
      service.onErrors.onRefused('frame', { code: 'unknownFrame', params: { id: n } });
    expect(written()).toHaveLength(60);
    clock.now = 60_000;
    service.onErrors.onRefused('frame', { code: 'unknownFrame', params: { id: 70 } });
    expect(written().slice(60)).toEqual([
      '1970-01-01T00:01:00.000Z warn window: 10 more refusals were not written',
      '1970-01-01T00:01:00.000Z warn window: frame refused: unknownFrame id=70',
    ]);
  });
});

it('a folder that can’t be opened is a refusal with the reason', async () => {
  const open = (answer: string): unknown =>
    started(() => Promise.resolve(answer)).service.requests.openLogFolder(undefined, {
      windowId: 1,
      screen: '',
      capture: null,
    });
  expect(await open('')).toBeNull();
  await expect(open('no file manager')).rejects.toMatchObject({
    error: { code: 'folderNotOpened', params: { folder: folder(), detail: 'no file manager' } },
  });
});
