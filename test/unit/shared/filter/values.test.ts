/** Names of values, and what they give for an entry. */
import { describe, expect, it } from 'vitest';
import {
  isUnique,
  nameText,
  numberReader,
  unitOf,
  valueNamed,
  valueReader,
  type ValueFacts,
  type ValueName,
} from '#shared/filter/values';

function named(text: string): ValueName {
  const read = valueNamed(text);
  if (!read.ok) throw new Error(text);
  return read.name;
}
const at = new Date(2026, 4, 1, 10, 30, 15).getTime();
const facts = (body: object, more: Partial<ValueFacts> = {}): ValueFacts => ({
  id: 5,
  at,
  conn: 3,
  vmcNo: 7,
  vmcName: 'Lobby',
  kind: 'frame',
  dir: 'in',
  head: 'decimal',
  sequence: null,
  cmd: 'error',
  size: 120,
  text: JSON.stringify(body),
  findings: [],
  body: () => body as ReturnType<ValueFacts['body']>,
  gap: null,
  latency: 12,
  answered: 'yes',
  peer: { remoteAddress: '10.0.0.7', remotePort: 4, localAddress: '10.0.0.1', localPort: 9700 },
  mark: null,
  note: null,
  login: { version: '1.2', platform: 'linux' },
  ...more,
});
const values = (text: string, body: object = {}, more: Partial<ValueFacts> = {}): unknown =>
  valueReader(named(text))(facts(body, more));
const numbers = (text: string, body: object = {}): unknown => numberReader(named(text))?.(facts(body));

describe('names', () => {
  it.each([
    ['machine', 'vmc'],
    ['机器', 'vmc'],
    ['Command', 'cmd'],
    [' version ', 'version'],
    ['平台', 'platform'],
    ['day', 'day'],
    ['小时', 'hour'],
    ['json.a."b c".0', 'body.a."b c".0'],
  ])('%s is %s', (text, usual) => {
    expect(nameText(named(text))).toBe(usual);
    expect(nameText(named(usual))).toBe(usual);
  });

  it.each(['', 'cmd:login', '-cmd', 'a b', 'body', 'fold', 'cmd OR dir', '(cmd', 'cmd:*'])(
    '%j is none',
    (text) => {
      expect(valueNamed(text).ok).toBe(false);
    },
  );

  it('say which values are never equal, and the unit of numbers', () => {
    expect(['time', 'id', 'text', 'hour', 'conn'].filter((text) => isUnique(named(text)))).toEqual([
      'time',
      'id',
      'text',
    ]);
    expect(['amount', 'latency', 'size', 'day', 'cmd', 'body.x'].map((text) => unitOf(named(text)))).toEqual([
      'fen',
      'ms',
      'bytes',
      'time',
      null,
      'plain',
    ]);
  });
});

describe('values', () => {
  it('come from the entry and its connection', () => {
    expect(values('machine')).toEqual([7]);
    expect(values('peer')).toEqual(['10.0.0.7']);
    expect(values('version')).toEqual(['1.2']);
    expect(values('platform', {}, { login: null })).toEqual([]);
    expect(values('gap')).toEqual([]);
    expect(values('hour')).toEqual([new Date(2026, 4, 1, 10).getTime()]);
    expect(values('day')).toEqual([new Date(2026, 4, 1).getTime()]);
    expect(values('head', {}, { head: null })).toEqual(['none']);
    expect(values('head', {}, { head: null, kind: 'opened' })).toEqual([]);
  });

  it('are all findings and codes, each once', () => {
    const findings = [{ code: 'json.lenient' }, { code: 'json.lenient' }, { code: 'head.none' }] as const;
    expect(values('finding', {}, { findings: findings as unknown as ValueFacts['findings'] })).toEqual([
      'json.lenient',
      'head.none',
    ]);
    expect(values('code', { error_code: '5300' })).toEqual(['ERROR:5300']);
    expect(values('severity', { error_code: 'ERROR:5300' })).toHaveLength(1);
    expect(values('code', { error_code: '5300' }, { cmd: 'hb' })).toEqual([]);
  });

  it('of members ignore case, look into lists, and keep numbers apart from long digits', () => {
    const body = {
      Items: [{ id: 1 }, { id: '2' }, { id: 1 }],
      n: '12345678901234567890',
      empty: ' ',
      no: null,
    };
    expect(values('body.items.id', body)).toEqual([1, '2']);
    expect(values('body.ITEMS.1.id', body)).toEqual(['2']);
    expect(values('body.n', body)).toEqual(['12345678901234567890']);
    expect(values('body.empty', body)).toEqual([]);
    expect(values('body.items', body)).toEqual([]);
    expect(values('body.no', body)).toEqual(['null']);
    expect(values('body.n', body, { body: () => null })).toEqual([]);
  });
});

describe('numbers', () => {
  it('may be text, and each element of a list counts', () => {
    expect(numbers('body.items.id', { items: [{ id: 1 }, { id: '2.5' }, { id: 'x' }, { id: 1 }] })).toEqual([
      1, 2.5, 1,
    ]);
    expect(numbers('latency')).toEqual([12]);
    expect(numbers('gap')).toEqual([]);
    expect(numbers('size')).toEqual([120]);
  });

  it('are not in texts', () => {
    expect(['cmd', 'version', 'hour', 'machine', 'finding'].map((text) => numberReader(named(text)))).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });
});
