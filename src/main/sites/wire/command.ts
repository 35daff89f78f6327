/**
 * Commands to machines of another site, as messages that the broker does not store. Support's desk asks on
 * `cmd.<machine>.<command>` in two steps: `ask`, then `give` with the token that the site answered. The token is valid for a short time by
 * the site's clock. So a message that the network held back never becomes a command, and a repeated one gives no second command.
 */
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { commandNames, type CommandName } from '#shared/commands/index';
import { acceptableReasons } from '#shared/commands/kit/possible';
import { errorCodes, type AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import { storedCommand } from '#shared/model/stored/work';

/** All subjects of commands. */
export const commandSubjects = 'cmd.*.*';
export const commandSubject = (vmcNo: number, name: CommandName): string => `cmd.${vmcNo}.${name}`;

/** `null`: not a subject of this version. */
export function commandOfSubject(
  subject: string,
): { readonly vmcNo: number; readonly name: CommandName } | null {
  const [, vmcNo, name] = /^cmd\.(\d{1,16})\.([A-Za-z]{1,64})$/.exec(subject) ?? [];
  const known = commandNames.find((one) => one === name);
  return known === undefined || !Number.isSafeInteger(Number(vmcNo))
    ? null
    : { vmcNo: Number(vmcNo), name: known };
}

/** [ours] Bytes of a question or answer. A broker's message has at most 1 MiB. */
export const longestCommand = 500_000;

const request = z.uuid();
const question = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('ask'),
    request,
    person: z.string().max(100),
    computer: z.string().max(100),
    input: z.record(z.string().max(64), z.json()),
    accepted: z.array(z.enum(acceptableReasons)).max(acceptableReasons.length),
  }),
  z.strictObject({ step: z.literal('give'), request, token: z.uuid() }),
  z.strictObject({ step: z.literal('outcome'), request }),
  z.strictObject({ step: z.literal('withdraw'), request }),
]);
export type SiteQuestion = z.infer<typeof question>;
export type SiteAsk = Extract<SiteQuestion, { step: 'ask' }>;

/**
 * waits: a person at the site is asked. allowed: `give` may follow. refused: nothing was given. given: the command with its steps, as the
 * site knows it now. unknown: the site knows no such command.
 */
export type SiteAnswer =
  | { readonly state: 'waits' | 'unknown' }
  | { readonly state: 'allowed'; readonly token: string }
  | { readonly state: 'refused'; readonly error: AppError }
  /** `journal`: the name of the journal that has the command and its evidence. */
  | { readonly state: 'given'; readonly journal: string; readonly command: Command };

const answer: z.ZodType<SiteAnswer> = z.lazy(() =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal(['waits', 'unknown']) }),
    z.object({ state: z.literal('allowed'), token: z.uuid() }),
    z.object({
      state: z.literal('refused'),
      error: z.object({
        code: z.enum(errorCodes),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    }),
    z.object({
      state: z.literal('given'),
      journal: z.string().regex(/^[\da-f-]{36}$/),
      command: storedCommand,
    }),
  ]),
);

const encoded = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
function decoded<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | null {
  if (bytes.length > longestCommand) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}

export const encodeQuestion = (one: SiteQuestion): Uint8Array => encoded(one);
/** `null`: not of this version. */
export const decodeQuestion = (bytes: Uint8Array): SiteQuestion | null => decoded(question, bytes);
export const encodeAnswer = (one: SiteAnswer): Uint8Array => encoded(one);
export const decodeAnswer = (bytes: Uint8Array): SiteAnswer | null => decoded(answer, bytes);
