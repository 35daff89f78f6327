/** The rows' examples with the current time, for or from one machine. */
import type { JsonValue } from '../model/json';
import type { WireMessage } from '../model/wire';
import type { Field } from './field';
import { messages } from './index';
import { dateTimeOf } from './times';

/** A row's example with this machine's number, and the current time if it has one. */
function exampleOf(
  { fields, example }: { readonly fields: Readonly<Record<string, Field>>; readonly example: WireMessage },
  vmcNo: number,
  now: number,
): WireMessage {
  const members = Object.entries(example).map(([name, value]): [string, JsonValue] => {
    if (name === 'vmc_no') return [name, vmcNo];
    const isTime = Object.values(fields).some(
      ({ names, unit }) => unit === 'dateTime' && names.includes(name),
    );
    return [name, isTime ? dateTimeOf(now) : value];
  });
  return { cmd: example.cmd, ...Object.fromEntries(members) };
}

/** Answers to machines. */
export function answerExamples(vmcNo: number, now: number): readonly WireMessage[] {
  const answers = new Set(
    messages.flatMap((row) => (row.direction === 'in' && row.answer !== null ? [row.answer.with] : [])),
  );
  return messages
    .filter((row) => row.direction === 'out' && (answers as ReadonlySet<string>).has(row.cmd))
    .map((row) => exampleOf(row, vmcNo, now));
}
