import { describe, expect, test } from 'vitest';
import { misbehaviours } from '#shared/model/simulator';
import { readArguments, usage } from '../../../../../src/main/tools/simulator/switches';

describe('the switches of npm run sim', () => {
  test('a port is enough', () => {
    expect(readArguments(['--port', '9700'])).toEqual({
      options: {
        host: '127.0.0.1',
        port: 9700,
        count: 1,
        platform: 'mixed',
        seed: 1,
        pace: 1,
        first: 90_001,
        head: null,
        code: '00000000',
        notifyBase: null,
        answering: 'truly',
        rareSpelling: false,
      },
      misbehaviours: [],
      seconds: undefined,
    });
  });

  test('all switches', () => {
    const line =
      '--port 1 --host ::1 --machines 1000 --platform linux --seed 7 --pace 2.5 --first 33232 --head le48 ' +
      '--code ABCD1234 --notify http://127.0.0.1:8080 --fault reset --fault junkBefore --answers late --seconds 90';
    expect(readArguments(line.split(' '))).toMatchObject({
      options: {
        host: '::1',
        count: 1000,
        platform: 'linux',
        seed: 7,
        pace: 2.5,
        first: 33_232,
        head: 'le48',
        code: 'ABCD1234',
        notifyBase: 'http://127.0.0.1:8080',
        answering: 'late',
      },
      misbehaviours: ['reset', 'junkBefore'],
      seconds: 90,
    });
  });

  test('--help wins, and lists every switch and misbehaviour', () => {
    expect(readArguments(['--help', '--port', 'x'])).toBe('help');
    for (const fault of misbehaviours) expect(usage).toContain(fault);
    expect(Math.max(...usage.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test.each([
    ['', '--port takes a port from 1 to 65535, it is missing.'],
    ['--port 0', '--port takes a port from 1 to 65535, not "0".'],
    ['--port 9700x', '--port takes a port from 1 to 65535, not "9700x".'],
    ['--port 1 --machines 5001', '--machines takes a whole number from 1 to 5000, not "5001".'],
    ['--port 1 --machines 1.5', '--machines takes a whole number from 1 to 5000, not "1.5".'],
    ['--port 1 --platform ios', '--platform takes linux, android or mixed, not "ios".'],
    ['--port 1 --code 123', '--code takes exactly 8 characters, not "123".'],
    ['--port 1 --notify ftp://x', '--notify takes an address such as http://127.0.0.1:80, not "ftp://x".'],
    ['--port 1 --pace 0', '--pace takes a number from 0.01 to 1000, not "0".'],
    ['--port 1 --fault reset --fault typo', 'not "typo".'],
    ['--port 1 --bogus', "Unknown option '--bogus'."],
    ['9700', "Unexpected argument '9700'."],
    ['--port', "Option '--port <value>' argument missing."],
  ])('%s is refused with a sentence', (line, sentence) => {
    expect(readArguments(line === '' ? [] : line.split(' '))).toEqual({
      problem: expect.stringContaining(sentence) as string,
    });
  });
});
