/**
 * Search tokens of an entry, as 16-bit numbers: machine, command, direction, kind, connection, findings, and each
 * three neighbouring characters of its text. A block stores the set of its tokens, so a search skips blocks that
 * cannot match. Values can share a token, so a set answers "no" or "maybe", never "yes".
 */
import { foldCase } from '#shared/filter/language/patterns';
import { isAsciiPart } from '../../core/protocol/utf8';
import { bytesText } from '../store/entries';
import type { PackedReader } from '../client/packed';

/** The number of tokens, 2^16. */
export const tokenCount = 65_536;
/** A set is split into this many rows, so that a search reads only the rows of its tokens. */
export const parts = 16;
export const partBytes = tokenCount / parts / 8;

/** The token of a named fact such as `c:error` or `v:33232`. */
export function factToken(fact: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < fact.length; i += 1) hash = Math.imul(hash ^ fact.charCodeAt(i), 0x01000193);
  return fold(hash);
}

function fold(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 16)) & 0xffff;
}

function threeToken(a: number, b: number, c: number): number {
  return fold(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c);
}

/**
 * Each three neighbouring UTF-16 units of a lower-case text. For Chinese and similar scripts
 * also each single unit and each pair, because words are that short.
 */
export function eachTextToken(text: string, add: (token: number) => void): void {
  let a = 0;
  let b = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c > 0x7f) {
      add(fold(Math.imul(c, 0x27d4eb2f)));
      if (b > 0x7f) add(fold(Math.imul(Math.imul(b, 0x165667b1) ^ c, 0x27d4eb2f)));
    }
    if (i > 1) add(threeToken(a, b, c));
    a = b;
    b = c;
  }
}

export const facts = {
  vmcNo: (vmcNo: number): string => `v:${vmcNo}`,
  cmd: (cmd: string): string => `c:${foldCase(cmd).trim()}`,
  dir: (dir: string): string => `d:${dir}`,
  kind: (kind: string): string => `k:${kind}`,
  conn: (conn: number): string => `n:${conn}`,
  finding: (code: string): string => `f:${code}`,
  /** A pair of values, which is rarer than each value. */
  cmdOf: (vmcNo: number, cmd: string): string => `v:${vmcNo} c:${foldCase(cmd).trim()}`,
  anyFinding: 'f:*',
} as const;

/** Caches tokens of repeated facts, up to a limit. */
class Remembered<K> {
  readonly #known = new Map<K, number>();
  readonly #fact: (key: K) => string;

  constructor(fact: (key: K) => string) {
    this.#fact = fact;
  }

  of(key: K): number {
    let token = this.#known.get(key);
    if (token === undefined) {
      if (this.#known.size > 20_000) this.#known.clear();
      this.#known.set(key, (token = factToken(this.#fact(key))));
    }
    return token;
  }
}

const tokens = {
  vmcNo: new Remembered(facts.vmcNo),
  cmd: new Remembered(facts.cmd),
  dir: new Remembered(facts.dir),
  kind: new Remembered(facts.kind),
  conn: new Remembered(facts.conn),
  finding: new Remembered(facts.finding),
} as const;
const anyFinding = factToken(facts.anyFinding);

const pairs = new Map<string, Map<number, number>>();
let pairsKnown = 0;
function pairToken(vmcNo: number, cmd: string): number {
  let ofCmd = pairs.get(cmd);
  if (ofCmd === undefined) pairs.set(cmd, (ofCmd = new Map<number, number>()));
  let token = ofCmd.get(vmcNo);
  if (token === undefined) {
    ofCmd.set(vmcNo, (token = factToken(facts.cmdOf(vmcNo, cmd))));
    pairsKnown += 1;
  }
  if (pairsKnown > 100_000) {
    pairs.clear();
    pairsKnown = 0;
  }
  return token;
}

/** The token set of some entries, one bit per token. */
export class TokenSet {
  readonly bits = new Uint8Array(tokenCount / 8);

  add(entry: PackedReader): void {
    const { kind, vmcNo, cmd, dir } = entry;
    this.addToken(tokens.kind.of(kind));
    this.addToken(tokens.conn.of(entry.conn));
    if (vmcNo !== null) this.addToken(tokens.vmcNo.of(vmcNo));
    // Only the findings of junk show its sender, so a search for a direction includes junk.
    if (dir !== null) this.addToken(tokens.dir.of(dir));
    if (cmd !== null) {
      this.addToken(tokens.cmd.of(cmd));
      if (vmcNo !== null) this.addToken(pairToken(vmcNo, cmd));
    }
    if (entry.detail !== null) this.#addFindings(entry.findings);
    if (entry.hasBytes) this.#addText(entry);
  }

  #addFindings(findings: readonly { readonly code: string }[]): void {
    if (findings.length === 0) return;
    this.addToken(anyFinding);
    for (const { code } of findings) this.addToken(tokens.finding.of(code));
  }

  #addText({ all, from, to, kind, bodyStart }: PackedReader): void {
    const start = kind === 'frame' ? from + bodyStart : from;
    if (isAsciiPart(all, start, to)) return this.#addAscii(all, start, to);
    const text = bytesText(kind, all.subarray(start, to));
    eachTextToken(foldCase(text), (token) => this.addToken(token));
  }

  /** The same tokens as `eachTextToken` without building the string. Most messages of machines are ASCII. */
  #addAscii(bytes: Uint8Array, from: number, to: number): void {
    const { bits } = this;
    let a = lower[bytes[from] ?? 0] ?? 0;
    let b = lower[bytes[from + 1] ?? 0] ?? 0;
    for (let i = from + 2; i < to; i += 1) {
      const c = lower[bytes[i] ?? 0] ?? 0;
      const token = threeToken(a, b, c);
      bits[token >>> 3] = (bits[token >>> 3] ?? 0) | (1 << (token & 7));
      a = b;
      b = c;
    }
  }

  addToken(token: number): void {
    this.bits[token >>> 3] = (this.bits[token >>> 3] ?? 0) | (1 << (token & 7));
  }
}

/** ASCII in lower case, as `foldCase` returns it. */
const lower = Uint8Array.from({ length: 128 }, (_, c) => (c >= 0x41 && c <= 0x5a ? c + 0x20 : c));
