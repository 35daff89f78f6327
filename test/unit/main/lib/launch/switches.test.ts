import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpFor, parseSwitches } from '../../../../../src/main/lib/launch/switches';

describe('command line', () => {
  it('no arguments: the defaults', () => {
    expect(parseSwitches([])).toEqual({
      kind: 'run',
      switches: {
        machineListen: null,
        updateListen: null,
        dataDir: null,
        lang: null,
        simulate: 0,
        rescue: null,
        connections: null,
        open: [],
        notOpened: [],
      },
    });
  });
  it('parses every switch, in both spellings', () => {
    const args = [
      '--machine-listen',
      '0.0.0.0:9800',
      '--update-listen=[::1]:0',
      '--data-dir',
      'x',
      '--lang=zh-CN',
      '--simulate',
      '12',
      '--rescue=y',
      '--connections=20',
    ];
    expect(parseSwitches(args)).toEqual({
      kind: 'run',
      switches: {
        machineListen: { host: '0.0.0.0', port: 9800 },
        updateListen: { host: '::1', port: 0 },
        dataDir: resolve('x'),
        lang: 'zh-CN',
        simulate: 12,
        rescue: resolve('y'),
        connections: 20,
        open: [],
        notOpened: [],
      },
    });
  });
  it('the help names the start command', () => {
    expect(helpFor('app')).toContain('  npm start -- [switches] [FILE or LINK]...\n');
    expect(helpFor('app', 'Crema.exe')).toContain('  Crema.exe [switches] [FILE or LINK]...\n');
    expect(helpFor('serve')).toContain('  npm run serve -- [switches]\n');
    expect(helpFor('serve')).not.toMatch(/LINK|--lang/);
  });
  it('opens arguments that are not switches, also after `--`', () => {
    const file = import.meta.filename;
    expect(parseSwitches([file, '--lang', 'en', '--', file])).toMatchObject({
      kind: 'run',
      switches: {
        open: [
          { to: 'capture', file },
          { to: 'capture', file },
        ],
        notOpened: [],
      },
    });
    expect(parseSwitches(['crema://errors', '--', 'crema://settings'])).toMatchObject({
      kind: 'run',
      switches: { open: [{ to: 'errors' }], notOpened: ['the link "crema://settings" leads nowhere.'] },
    });
    expect(parseSwitches(['--', '--help'])).toMatchObject({ kind: 'wrong' });
    expect(parseSwitches([file], 'serve')).toMatchObject({ kind: 'wrong' });
    expect(parseSwitches(['--lang', 'en'], 'serve')).toMatchObject({ kind: 'wrong' });
  });
  it('--doctor checks this computer, and --json requires it', () => {
    const asked = parseSwitches(['--doctor', '--data-dir', 'x', '--lang=zh-CN']);
    expect(asked).toMatchObject({
      kind: 'doctor',
      asJson: false,
      switches: { dataDir: resolve('x'), lang: 'zh-CN' },
    });
    expect(parseSwitches(['--doctor', '--json'], 'serve')).toMatchObject({ kind: 'doctor', asJson: true });
    expect(parseSwitches(['--json'])).toMatchObject({ kind: 'wrong' });
  });
  it('next to a link nothing else is opened or checked, because quotes in a link can split it', () => {
    const file = import.meta.filename;
    expect(parseSwitches(['--', 'crema://errors', file, '\\\\host\\share', '--data-dir=x'])).toMatchObject({
      kind: 'run',
      switches: {
        open: [{ to: 'errors' }],
        dataDir: null,
        notOpened: [
          `${JSON.stringify(file)} stands beside a link, so it is not opened.`,
          '"\\\\\\\\host\\\\share" stands beside a link, so it is not opened.',
          '"--data-dir=x" stands beside a link, so it is not opened.',
        ],
      },
    });
  });
  it('ignores the switches of Chromium', () => {
    expect(parseSwitches(['--no-sandbox', '--disable-gpu', '--log-level=3', '--lang', 'en']).kind).toBe(
      'run',
    );
  });
  it.each([
    [['--machine-listen', '9700'], '--machine-listen'],
    [['--machine-listen', '127.0.0.1:99999'], '--machine-listen'],
    [['--machine-listen', 'nowhere:9700'], '--machine-listen'],
    [['--update-listen', '1.2.3:4'], '--update-listen'],
    [['--lang', 'de'], '--lang'],
    [['--simulate', '-1'], '--simulate'],
    [['--simulate=many'], '--simulate'],
    [['--simulate', '2001'], '--simulate'],
    [['--data-dir='], '--data-dir'],
    [['--connections=9'], '--connections'],
    [['--connections', '10001'], '--connections'],
    [['--colour', 'red'], '--colour'],
    [['stray'], 'stray'],
  ])('refuses %j with a sentence that names the switch', (args, name) => {
    const parsed = parseSwitches(args);
    expect(parsed.kind).toBe('wrong');
    expect(parsed.kind === 'wrong' ? parsed.sentence : '').toContain(name);
  });
  it('help wins over everything that parses', () => {
    expect(parseSwitches(['--help', '--lang', 'de'])).toEqual({ kind: 'help' });
  });
});
