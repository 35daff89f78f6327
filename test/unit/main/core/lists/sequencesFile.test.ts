/** The workshop's sequences as a file: an export can be imported again, and errors are reported with their place. */
import { describe, expect, it } from 'vitest';
import { mostSequences } from '#shared/limits';
import type { OwnSequence } from '#shared/model/sequence';
import { readSequences, writeSequences } from '../../../../../src/main/core/lists/sequencesFile';

const evening: OwnSequence = {
  name: '晚上',
  note: '',
  steps: [
    { do: 'ask', question: { en: 'Empty?', zh: '空了？' } },
    { do: 'command', name: 'makeDrink', input: null },
    { do: 'command', name: 'rinse', input: {}, withoutProof: true },
    { do: 'wait', seconds: 30 },
  ],
};
const fileOf = (...entries: readonly string[]): string =>
  `{\n"crema": "sequences",\n"version": 1,\n"sequences": [\n${entries.join(',\n')}\n]\n}`;
const one = (steps: string, name = 'x'): string => `{"name": "${name}", "note": "", "steps": [${steps}]}`;
const wait = '{"do": "wait", "seconds": 5}';

describe('a file of sequences', () => {
  it('is read as written', () => {
    const text = writeSequences([evening]);
    expect(readSequences(text)).toEqual({ ok: true, all: [evening], refused: [] });
    expect(readSequences(`\uFEFF${text}`)).toMatchObject({ ok: true, refused: [] });
  });

  it('keeps valid ones and names each wrong one with its line, step and reason', () => {
    const text = fileOf(
      one(wait, 'a'),
      one(`${wait},\n{"do": "wait", "seconds": 0}`, 'b'),
      one('{"do": "command", "name": "makeDrink", "input": {"productId": "9"}}', 'c'),
      one('{"do": "command", "name": "explode", "input": {}}', 'd'),
      one('{"do": "ask", "question": "ok?", "when": 1}', 'e'),
      one('', 'f'),
      '7',
      `{"note": "", "steps": [${wait}]}`,
      one(wait, 'a'),
      `{"name": "g", "note": "", "steps": [${wait}], "by": "me"}`,
      one(`{"do": "ask", "question": "${'x'.repeat(501)}"}`, 'h'),
      one(wait, 'z'),
    );
    const read = readSequences(text);
    expect(read.ok && read.all.map(({ name }) => name)).toEqual(['a', 'z']);
    expect(
      read.ok &&
        read.refused.map(({ line, name, reason, step, member }) => [line, name, reason, step, member]),
    ).toEqual([
      [7, 'b', 'wrongValue', 2, 'seconds'],
      [8, 'c', 'wrongInput', 1, 'input'],
      [9, 'd', 'wrongValue', 1, 'name'],
      [10, 'e', 'unknownMember', 1, 'when'],
      [11, 'f', 'wrongValue', null, 'steps'],
      [12, null, 'noEntry', null, null],
      [13, null, 'noName', null, 'name'],
      [14, 'a', 'twice', null, null],
      [15, 'g', 'unknownMember', null, 'by'],
      [16, 'h', expect.stringMatching(/tooLong|wrongValue/), 1, 'question'],
    ]);
  });

  it('a question is in both languages, in one, or in that of its characters, and never empty', () => {
    const asked = (question: string): string => `{"do": "ask", "question": ${question}}`;
    const read = readSequences(
      fileOf(
        one([asked('{"zh": "空了？"}'), asked('"空了？"'), asked('"Empty?"')].join(','), 'a'),
        one(asked('{}'), 'b'),
        one(asked('{"en": " "}'), 'c'),
        one(asked('{"fr": "Vide ?"}'), 'd'),
      ),
    );
    expect(read.ok && read.all.map(({ steps }) => steps)).toEqual([
      [
        { do: 'ask', question: { zh: '空了？' } },
        { do: 'ask', question: { zh: '空了？' } },
        { do: 'ask', question: { en: 'Empty?' } },
      ],
    ]);
    expect(read.ok && read.refused.map(({ name, step, reason }) => [name, step, reason])).toEqual([
      ['b', 1, 'wrongValue'],
      ['c', 1, 'wrongValue'],
      ['d', 1, expect.stringMatching(/wrongValue|unknownMember/)],
    ]);
  });

  it('has no step for one moment or one machine only', () => {
    const read = readSequences(
      fileOf(
        ...['upgrade', 'payResult', 'fetchFile'].map((name) =>
          one(`{"do": "command", "name": "${name}", "input": null}`, name),
        ),
      ),
    );
    expect(read).toMatchObject({
      all: [],
      refused: [{ member: 'name' }, { member: 'name' }, { member: 'name' }],
    });
  });

  it('has a limit, which includes the existing ones', () => {
    const known = Array.from({ length: mostSequences }, (_, at) => String(at));
    const read = readSequences(fileOf(one(wait, '5'), one(wait, 'new')), known);
    expect(read).toMatchObject({
      ok: true,
      all: [{ name: '5' }],
      refused: [{ name: 'new', reason: 'tooMany' }],
    });
  });

  it.each([
    ['', 1],
    ['{"crema": "sequences",\n"version": 1\n"sequences": []}', 3],
    ['{"crema": "error catalogue", "version": 1, "sequences": []}', 1],
    ['{"crema": "sequences", "version": 2, "sequences": []}', 1],
    ['{"crema": "sequences", "version": 1, "sequences": {}}', 1],
  ])('%j is refused', (text, line) => {
    expect(readSequences(text)).toEqual({ ok: false, line });
  });
});
