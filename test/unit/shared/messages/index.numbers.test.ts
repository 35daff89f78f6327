/** Machines send numbers where texts are due. Crema reads and shows them like those texts. */
import { describe, expect, it } from 'vitest';
import { messages } from '#shared/messages/index';
import { messageOf } from '#shared/messages/read';
import type { JsonObject } from '#shared/model/json';
import { frameMeaning } from '../../../../src/renderer/src/text/frameWords';
import { wordsOf } from '../../../builders/wordsOf';
import { frame } from '../../../builders/rows';

/** Each text of the example as a number. */
const numbered = (example: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      name !== 'cmd' && typeof value === 'string' ? 20_150_624 : value,
    ]),
  );

describe.each(messages.map((row) => [`${row.direction} ${row.cmd}`, row] as const))('%s', (_, row) => {
  const body = numbered(row.example);

  it('is read', () => {
    const { message, findings } = messageOf(body, row.direction);
    expect(findings).toEqual([]);
    const whole = messageOf(row.example, row.direction).message.body as Readonly<Record<string, unknown>>;
    const lost = Object.entries(message.body).filter(
      ([name, value]) => value === null && whole[name] !== null,
    );
    expect(lost).toEqual([]);
  });

  it('is shown in both languages', () => {
    const line = frame(1, { dir: row.direction, cmd: row.cmd, text: JSON.stringify(body) });
    for (const language of ['en', 'zh-CN'] as const)
      expect(frameMeaning(wordsOf(language), line) ?? '').not.toMatch(/undefined|\[object|\{\{/);
  });
});
