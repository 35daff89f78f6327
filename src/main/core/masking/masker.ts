/**
 * Masks stored entries, for a support file and for other places. A masked entry has the length and structure of the entry, and no private
 * text. Entries can quote private texts that other entries declare: a masker learns them from every entry. To also mask quotes before the
 * declaration, let it learn all entries first.
 */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { rowsOf, secrecyOf } from '#shared/messages/lookup';
import { messageOf } from '#shared/messages/read';
import type { Direction, Head, StoredEntry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import { readJson } from '../protocol/json';
import { decodeText } from '../protocol/text';
import { cleared } from './cleared';
import { privatePieces } from './looksPrivate';
import { learnBody, maskBody, withheld } from './maskBody';
import type { PrivateTexts } from './privateTexts';
import { readBody, type ReadBody } from './readBody';

/** Findings cut longer parameters here, so the end may be half of a private text. */
const cutAt = 60;
/** A value that findings quote: letters, digits, and the punctuation of times and amounts. */
const plain = /^[\p{L}\p{N} .:+_-]{0,24}$/u;
/** Parameters that name a person of this computer. */
const persons: ReadonlySet<string> = new Set(['by']);

/** Empty, because the known texts already contain the codes. */
const none: ReadonlySet<string> = new Set();

type StoredFrame = Extract<StoredEntry, { readonly kind: 'frame' }>;

interface Masked {
  readonly entry: StoredEntry;
  /** The bytes differ from those on the wire and reveal nothing of the message. */
  readonly isWithheld: boolean;
}

export class Masker {
  readonly #texts: PrivateTexts;

  constructor(texts: PrivateTexts) {
    this.#texts = texts;
  }

  /** Adds the private texts of an entry. */
  learn(entry: StoredEntry): void {
    if (entry.kind === 'frame') learnBody(readBody(bodyOf(entry)), this.#texts);
  }

  /** Learns the entry, then masks it. */
  mask(entry: StoredEntry): Masked {
    switch (entry.kind) {
      case 'opened':
      case 'closed':
        return { entry, isWithheld: false };
      case 'finding':
        return { entry: { ...entry, finding: this.#finding(entry.finding) }, isWithheld: false };
      case 'junk': {
        const findings = entry.findings.map((one) => this.#finding(one));
        return { entry: { ...entry, findings, bytes: withheld(entry.bytes.length) }, isWithheld: true };
      }
      case 'frame': {
        const read = readBody(bodyOf(entry));
        learnBody(read, this.#texts);
        return this.#frame(entry, read);
      }
    }
  }

  #frame(entry: StoredFrame, read: ReadBody): Masked {
    const { bytes, bodyStart, dir } = entry;
    const { body, isWithheld } = maskBody(bodyOf(entry), read, this.#texts);
    const head = this.#head(entry);
    const findings = entry.findings.map((one) => this.#finding(one));
    const masked = {
      ...entry,
      findings,
      sequence: head.equals(bytes.subarray(0, bodyStart)) ? entry.sequence : null,
      cmd: !isWithheld && this.#isOpenCommand(entry.cmd) ? entry.cmd : cmdOf(body, dir),
      bytes: Buffer.concat([head, body]),
    };
    return { entry: masked, isWithheld };
  }

  #isOpenCommand(cmd: string | null): boolean {
    return cmd !== null && rowsOf(cmd).length > 0 && this.#texts.find(cmd).length === 0;
  }

  /** An unknown head can contain anything. */
  #head(entry: StoredFrame): Buffer {
    const head = Buffer.from(entry.bytes.subarray(0, entry.bodyStart));
    if (entry.head === null) return Buffer.from(withheld(head.length));
    const padding = head.toString('latin1', lengthEnd);
    if (isFree(entry.head, padding) || this.#texts.find(head.toString('latin1')).length > 0)
      head.write(this.#texts.standIn(padding), lengthEnd, 'latin1');
    return head;
  }

  #finding(finding: Finding): Finding {
    const { params } = finding;
    if (params === undefined) return finding;
    const clean = Object.entries(params).map(([name, value]): readonly [string, string | number] => [
      name,
      typeof value === 'number'
        ? value
        : this.#param(name === 'value' ? String(params['field'] ?? '') : name, value, name),
    ]);
    return { ...finding, params: Object.fromEntries(clean) };
  }

  /** `member`: the name of the quoted member, or of the parameter. */
  #param(member: string, value: string, name: string): string {
    const texts = this.#texts;
    if (secrecyOf(member) !== null || persons.has(name)) return texts.standIn(value.trim());
    if (value.length >= cutAt || (name === 'value' && !plain.test(value))) return '[withheld]';
    // An error inside Crema can quote any text.
    if (name === 'detail') return cleared(texts.cleaned(value), none);
    return privatePieces(value).length > 0 ? '[withheld]' : texts.cleaned(value);
  }
}

const bodyOf = ({ bytes, bodyStart }: StoredFrame): Uint8Array => bytes.subarray(bodyStart);

/** The end of the length in both heads. */
const lengthEnd = 4;

/** Whether a padding can be any text: it is neither one repeated character nor a sequence number below 2^32. */
const isFree = (head: Head, padding: string): boolean =>
  !/^(.?)\1*$/s.test(padding) && !(head === 'le48' && padding.endsWith('0000'));

function cmdOf(body: Uint8Array, dir: Direction): string | null {
  const { json } = readJson(decodeText(body).text);
  return cmdOfMessage(messageOf(json, dir).message);
}
