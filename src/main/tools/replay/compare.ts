/** Compares a recorded frame with the received one, member by member. */
import { isOwnClock, namedVariation } from '#shared/compare/varying';
import { toText } from '#shared/messages/field';
import { fieldOf, type MeaningName } from '#shared/messages/lookup';
import type { Direction, FrameEntry, Head, JsonObject, JsonValue } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type { ReplayDifference, ReplayOutcome, ReplayRule } from '#shared/model/replay';
import { readJson } from '../../core/protocol/json';
import { decodeText } from '../../core/protocol/text';
import { rewriteBody, type Rewriting } from './rewrite';

/** A received frame and its time, ms since 1970. */
export interface CameNow {
  readonly at: number;
  readonly head: Head | null;
  readonly text: string;
  readonly json: JsonObject | null;
}

interface Comparison {
  readonly outcome: Extract<ReplayOutcome, 'same' | 'explained' | 'differs'>;
  readonly differences: readonly ReplayDifference[];
}

/** A text that a rule replaces; other texts may contain it. */
export interface Renamed {
  readonly old: string;
  readonly fresh: string;
  readonly rule: ReplayRule;
}

export function compare(
  recorded: FrameEntry,
  now: CameNow,
  by: Rewriting,
  renamed: readonly Renamed[] = [],
): Comparison {
  const differences = [...headDifference(recorded, now), ...bodyDifferences(recorded, now, by, renamed)];
  if (differences.length === 0) return { outcome: 'same', differences };
  return { outcome: differences.every((one) => one.by !== null) ? 'explained' : 'differs', differences };
}

/** A server answers with the head of the machine; a machine has its own. */
function headDifference({ head, dir }: FrameEntry, now: CameNow): readonly ReplayDifference[] {
  if (head === now.head) return [];
  const isMachines = dir === 'in' && head !== null && now.head !== null;
  return [{ what: 'head', name: 'head', recorded: head, now: now.head, by: isMachines ? 'heads' : null }];
}

function bodyDifferences(
  recorded: FrameEntry,
  now: CameNow,
  by: Rewriting,
  renamed: readonly Renamed[],
): readonly ReplayDifference[] {
  const was = readJson(recorded.text).json;
  if (was === null || now.json === null)
    return recorded.text === now.text
      ? []
      : [{ what: 'body', name: 'body', recorded: recorded.text, now: now.text, by: null }];
  const expected = readJson(decodeText(rewriteBody(recorded, by).body).text).json ?? was;
  const cmd = cmdOfMessage(recorded.message);
  const is = now.json;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap(
    (name): readonly ReplayDifference[] => {
      const [before, after] = [writtenOf(was, name), writtenOf(is, name)];
      if (before === after) return [];
      const isAsRewritten = after !== null && after === writtenOf(expected, name);
      const reason = isAsRewritten
        ? (namedVariation([name], cmd, recorded.dir) ?? ruleWithin(before, after, renamed) ?? ruleBehind(by))
        : isOwnClock({ value: member(was, name), at: recorded.at }, { value: member(is, name), at: now.at })
          ? 'clock'
          : ruleWithin(before, after, renamed);
      return [{ what: 'member', name, recorded: before, now: after, by: reason }];
    },
  );
}

/** The rule for a value derived from other members (a sign) or containing them. */
const ruleBehind = ({ rules, vmcNo }: Rewriting): ReplayRule =>
  vmcNo !== null && rules.has('numbers') ? 'numbers' : 'times';

/** The rule whose replacements turn `before` into `after`; `null`: none. */
function ruleWithin(
  before: string | null,
  after: string | null,
  renamed: readonly Renamed[],
): ReplayRule | null {
  if (before === null || after === null) return null;
  let text = before;
  let by: ReplayRule | null = null;
  for (const { old, fresh, rule } of renamed)
    if (text.includes(old)) {
      text = text.replaceAll(old, fresh);
      by = rule;
    }
  return text === after ? by : null;
}

const member = (json: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(json, name) ? json[name] : undefined;

function writtenOf(json: JsonObject, name: string): string | null {
  const value = member(json, name);
  return value === undefined ? null : JSON.stringify(value);
}

/** The order or record of the message; '': none is named. */
export const subjectOf = (json: JsonObject | null, cmd: string | null, dir: Direction): string =>
  membersWith(json, cmd, dir, new Set(['recordId', 'recordTime']));

/** The subject with the kind of payment: together they distinguish answers of the same name. */
export const identityOf = (json: JsonObject | null, cmd: string | null, dir: Direction): string =>
  membersWith(json, cmd, dir, new Set(['recordId', 'recordTime', 'qrType']));

function membersWith(
  json: JsonObject | null,
  cmd: string | null,
  dir: Direction,
  meanings: ReadonlySet<MeaningName>,
): string {
  const distinguishing = Object.entries(json ?? {}).flatMap(([name, value]) => {
    const field = fieldOf(cmd, name, dir);
    const distinguishes = field !== null && (field.secrecy === 'order' || meanings.has(field.means));
    return distinguishes ? [`${field.names[0]} ${toText(value) ?? ''}`] : [];
  });
  return distinguishing.toSorted().join('\n');
}
