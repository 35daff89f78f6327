/** An entry as it may be handed on. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { secrecyOf } from '#shared/messages/lookup';
import type { Entry, StoredEntry } from '#shared/model/frame';
import { readStored } from '../../core/state/readStored';
import { cleared } from '../../lib/log/cleared';
import { privatePieces } from './looksPrivate';
import type { PrivateTexts } from './privateTexts';
import { redactBody, withheld } from './redactBody';

/** A parameter of a finding is cut there: what stands at the end of a longer text may be half of a private one. */
const cutAt = 60;
/** A value that findings quote: letters, digits and the signs of times and amounts. */
const plain = /^[\p{L}\p{N} .:+_-]{0,24}$/u;

/** Codes are among the private texts. */
const none: ReadonlySet<string> = new Set();

interface RedactedEntry {
  readonly entry: Entry;
  /** Its bytes are not those that were on the wire, nor do they tell what was said. */
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
      // What is no head may be anything; a known one pads itself with what it likes.
      const own = head === null ? withheld(bodyStart) : redactHead(bytes.subarray(0, bodyStart), texts);
      const findings = entry.findings.map((one) => redactFinding(one, texts));
      return { entry: readStored({ ...entry, findings, bytes: Buffer.concat([own, body]) }), isWithheld };
    }
  }
}

/** The decimal head's own padding is no secret that somebody chose. */
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
    // What went wrong inside Crema may quote anything.
    if (name === 'detail') return [name, cleared(texts.cleaned(value), none)];
    return [name, privatePieces(value).length > 0 ? '[withheld]' : texts.cleaned(value)];
  });
  return { ...finding, params: Object.fromEntries(clean) };
}
