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

const known = new Map<string, number>();
/** Facts repeat: their numbers are remembered, within a limit. */
function remembered(fact: string): number {
  let token = known.get(fact);
  if (token === undefined) {
    if (known.size > 20_000) known.clear();
    known.set(fact, (token = factToken(fact)));
  }
  return token;
}

export function eachToken(entry: StoredEntry, add: (token: number) => void): void {
  add(remembered(facts.kind(entry.kind)));
  add(remembered(facts.conn(entry.conn)));
  if (entry.vmcNo !== null) add(remembered(facts.vmcNo(entry.vmcNo)));
  switch (entry.kind) {
    case 'frame':
      add(remembered(facts.dir(entry.dir)));
      if (entry.cmd !== null) {
        add(remembered(facts.cmd(entry.cmd)));
        if (entry.vmcNo !== null) add(remembered(facts.cmdOf(entry.vmcNo, entry.cmd)));
      }
      eachFinding(entry.findings, add);
      eachTextToken(foldCase(textOf(entry)), add);
      break;
    case 'junk':
      add(remembered(facts.dir('in')));
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
  add(remembered(facts.anyFinding));
  for (const { code } of findings) add(remembered(facts.finding(code)));
}
