/** Redacts an entry for a support file. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { secrecyOf } from '#shared/messages/lookup';
import type { Entry, StoredEntry } from '#shared/model/frame';
import { readStored } from '../../core/state/readStored';
import { cleared } from '../../lib/log/cleared';
import { privatePieces } from './looksPrivate';
import type { PrivateTexts } from './privateTexts';
import { redactBody, withheld } from './redactBody';

/** Findings cut longer parameters here, so the end may be half of a private text. */
const cutAt = 60;
/** A value that findings quote: letters, digits, and the punctuation of times and amounts. */
const plain = /^[\p{L}\p{N} .:+_-]{0,24}$/u;

/** Empty, because `texts` already contains the codes. */
const none: ReadonlySet<string> = new Set();

interface RedactedEntry {
  readonly entry: Entry;
  /** The bytes differ from those on the wire and reveal nothing of the message. */
  readonly isWithheld: boolean;
}

export function redactEntry(entry: StoredEntry, texts: PrivateTexts): RedactedEntry {
  switch (entry.kind) {
    case 'opened':
    case 'closed':
      return { entry, isWithheld: false };
    case 'finding':
      return { entry: { ...entry, finding: redactFinding(entry.finding, texts) }, isWithheld: false };
    case 'junk': {
      const findings = entry.findings.map((one) => redactFinding(one, texts));
      return { entry: { ...entry, findings, bytes: withheld(entry.bytes.length) }, isWithheld: true };
    }
    case 'frame': {
      const { bytes, bodyStart, head } = entry;
      const { body, isWithheld } = redactBody(bytes.subarray(bodyStart), texts);
      // An unknown head can contain anything. The padding of a known head is also free.
      const own = head === null ? withheld(bodyStart) : redactHead(bytes.subarray(0, bodyStart), texts);
      const findings = entry.findings.map((one) => redactFinding(one, texts));
      return { entry: readStored({ ...entry, findings, bytes: Buffer.concat([own, body]) }), isWithheld };
    }
  }
}

/** The decimal head's default padding, which is not a secret. */
const usualPadding = '00000000';

function redactHead(head: Uint8Array, texts: PrivateTexts): Uint8Array {
  const text = Buffer.from(head).toString('latin1');
  if (text.endsWith(usualPadding)) return head;
  return Buffer.from(texts.cleaned(text), 'latin1');
}

function redactFinding(finding: Finding, texts: PrivateTexts): Finding {
  const { params } = finding;
  if (params === undefined) return finding;
  const clean = Object.entries(params).map(([name, value]): readonly [string, string | number] => {
    if (typeof value === 'number') return [name, value];
    const secrecy = secrecyOf(name === 'value' ? String(params['field'] ?? '') : name);
    if (secrecy !== null) return [name, texts.standIn(value.trim(), secrecy)];
    if (value.length >= cutAt || (name === 'value' && !plain.test(value))) return [name, '[withheld]'];
    // An error inside Crema can quote any text.
    if (name === 'detail') return [name, cleared(texts.cleaned(value), none)];
    return [name, privatePieces(value).length > 0 ? '[withheld]' : texts.cleaned(value)];
  });
  return { ...finding, params: Object.fromEntries(clean) };
}
