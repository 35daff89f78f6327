/**
 * What an entry can be found by, as numbers of 16 bits: its machine, command, direction, kind, connection, findings, and every three
 * neighbouring characters of its text. A block of entries keeps the set of its numbers, so a search passes over blocks that can't
 * have what it looks for. Different things may share a number: a set says "not here" or "perhaps here", never "here".
 */
import { foldCase } from '#shared/filter/language/patterns';
import { textOf, type StoredEntry } from './entries';

/** Numbers there are: 2^16. */
export const tokenCount = 65_536;
/** A set is kept in this many rows, so that a search reads only the rows that hold the numbers it asks for. */
export const parts = 16;
export const partBytes = tokenCount / parts / 8;

/** A named fact, such as `c:error` or `v:33232`. */
export function factToken(fact: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < fact.length; i += 1) hash = Math.imul(hash ^ fact.charCodeAt(i), 0x01000193);
  return fold(hash);
}

function fold(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 16)) & 0xffff;
}

/**
 * Every three neighbouring UTF-16 units of a text that is in lower case already; of Chinese and the like also every one and every
 * two, as words are as short as that.
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
    if (i > 1) add(fold(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c));
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
  /** Two at once: rare together though neither is. */
  cmdOf: (vmcNo: number, cmd: string): string => `v:${vmcNo} c:${foldCase(cmd).trim()}`,
  anyFinding: 'f:*',
} as const;

/** Facts repeat: their numbers are remembered, within a limit, by what they are made of. */
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

export function eachToken(entry: StoredEntry, add: (token: number) => void): void {
  add(tokens.kind.of(entry.kind));
  add(tokens.conn.of(entry.conn));
  if (entry.vmcNo !== null) add(tokens.vmcNo.of(entry.vmcNo));
  switch (entry.kind) {
    case 'frame':
      add(tokens.dir.of(entry.dir));
      if (entry.cmd !== null) {
        add(tokens.cmd.of(entry.cmd));
        if (entry.vmcNo !== null) add(pairToken(entry.vmcNo, entry.cmd));
      }
      eachFinding(entry.findings, add);
      eachTextToken(foldCase(textOf(entry)), add);
      break;
    case 'junk':
      add(tokens.dir.of('in'));
      eachFinding(entry.findings, add);
      eachTextToken(foldCase(textOf(entry)), add);
      break;
    case 'finding':
      eachFinding([entry.finding], add);
      break;
    case 'opened':
    case 'closed':
      break;
  }
}

function eachFinding(findings: readonly { readonly code: string }[], add: (token: number) => void): void {
  if (findings.length === 0) return;
  add(anyFinding);
  for (const { code } of findings) add(tokens.finding.of(code));
}
