/** A custom message that a person writes, and its bytes on the wire. */
import { commandsIn } from '#shared/compose/commandsIn';
import type { CommandName } from '#shared/commands/index';
import { riskOf, type SendRisk } from '#shared/compose/sendRisk';
import type { Template } from '#shared/compose/templates';
import type { Args } from '#shared/contract/requests/index';
import { framed, headSize, maxTotal } from '#shared/framing';
import type { FrameDetail, Head } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { answersTo } from '#shared/messages/lookup';
import { objectOf, type JsonObject } from '#shared/model/json';
import { hexText, readHex } from '../../../ui/hex';

export interface Draft {
  readonly as: 'text' | 'bytes';
  /** The template of the draft; `null`: the recorded frame. */
  readonly from: string | null;
  readonly text: string;
  readonly head: 'machine' | 'decimal' | 'le48';
  readonly hex: string;
  /** The message of `hex`. While the message stays the same, edits of its bytes stay too. */
  readonly hexOf: string | null;
}

/** Frame length in bytes from which machines may drop a frame (docs/protocol/framing.md). */
const longestRaw = 65_536;

/** Drafts that were not sent, by machine and frame, as long as the window lives. */
const kept = new Map<string, Draft>();
export const keptDraft = (key: string): Draft | null => kept.get(key) ?? null;
export const keepDraft = (key: string, draft: Draft): void => void kept.set(key, draft);

/** The first draft: our frame as it was sent, the answer to a machine's frame, or the first template. */
export function firstDraft(frame: FrameDetail | null, templates: readonly Template[]): Draft {
  const answer =
    frame?.dir === 'in' && frame.cmd !== null
      ? templates.find(({ cmd }) => answersTo('in', frame.cmd?.toLowerCase() ?? '').includes(cmd))
      : undefined;
  if (frame !== null && answer === undefined) return recordedDraft(frame);
  const template = answer ?? templates[0];
  return template === undefined ? empty : templateDraft(template, frame?.json ?? null);
}

const empty: Draft = { as: 'text', from: '', text: '', head: 'machine', hex: '', hexOf: null };

/** The recorded bytes, until the draft is changed. */
export function recordedDraft(frame: FrameDetail): Draft {
  const draft: Draft = {
    ...empty,
    as: frame.kind === 'junk' ? 'bytes' : 'text',
    from: null,
    text: frame.kind === 'junk' ? '' : frame.fullText,
  };
  return { ...draft, hex: hexText(frame.bytes), hexOf: messageOf(draft) };
}

const messageOf = ({ head, text }: Draft): string => `${head} ${text}`;

/** Crema's framing for a machine: its head, and the number of the next frame. */
export interface Framing {
  readonly head: Head;
  readonly sequence: number;
}
/** The bytes of the draft belong to an earlier text of its message. */
export const hexIsOld = (draft: Draft): boolean => draft.text !== '' && draft.hexOf !== messageOf(draft);

/** The draft as bytes, for wrong frames on purpose. If the frame is too long for its head, only the body. */
export function bytesDraft(draft: Draft, { head, sequence }: Framing): Draft {
  if (!hexIsOld(draft)) return { ...draft, as: 'bytes' };
  const body = utf8.encode(draft.text);
  const frame = framed(body, draft.head === 'machine' ? head : draft.head, sequence);
  return { ...draft, as: 'bytes', hex: hexText(frame.ok ? frame.bytes : body), hexOf: messageOf(draft) };
}

const utf8 = new TextEncoder();
const latin1 = new TextDecoder('latin1');

/** Fields that a template copies from the message it answers. */
const carried = ['order_no', 'product_id', 'qr_type', 'Amount', 'c_uid'] as const;
export function templateDraft({ id, body }: Template, given: JsonObject | null): Draft {
  const filled = { ...body };
  for (const name of carried) {
    const value = given?.[name];
    if (name in body && value !== undefined) filled[name] = value;
  }
  return { ...empty, from: id, text: JSON.stringify(filled) };
}

type Content = Args<'sendFrame'>['content'];
export interface Outcome {
  /** `null`: it can't be sent. */
  readonly content: Content | null;
  /** Bytes on the wire; `null`: unknown. */
  readonly size: number | null;
  readonly wrong: 'empty' | 'tooLong' | 'hexWrong' | null;
  readonly risk: SendRisk;
  /** Commands that a machine may read in it. */
  readonly mayBe: readonly CommandName[];
  readonly cmd: string | null;
}

/** The outcome of a draft; `platform`: of the receiving machine. */
export function outcomeOf({ as, text, head, hex }: Draft, platform: Platform | null = null): Outcome {
  if (as === 'bytes') {
    const bytes = readHex(hex);
    const size = bytes?.length ?? null;
    const wrong =
      bytes === null ? 'hexWrong' : size === 0 ? 'empty' : bytes.length > longestRaw ? 'tooLong' : null;
    const content =
      bytes === null || wrong !== null
        ? null
        : ({ as, hex: hexText(bytes).replaceAll(' ', '').toLowerCase() } as const);
    // A machine may read wrong bytes as anything.
    const mayBe = bytes === null ? [] : commandsIn(latin1.decode(bytes));
    return { content, size, wrong, risk: null, mayBe, cmd: null };
  }
  const size = headSize + utf8.encode(text).length;
  const wrong = text === '' ? 'empty' : size > maxTotal ? 'tooLong' : null;
  const cmd = objectOf(text)?.['cmd'];
  return {
    content: wrong === null ? { as, text, head } : null,
    size,
    wrong,
    risk: riskOf(text, platform),
    mayBe: commandsIn(text),
    cmd: typeof cmd === 'string' ? cmd.trim().toLowerCase() : null,
  };
}
