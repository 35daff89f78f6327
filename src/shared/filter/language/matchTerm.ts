/** Compiles one term. */
import { isInRole } from '../../messages/lookup';
import { numberTest, some, textOf, wordOf } from './compare';
import type { FilterFacts } from './facts';
import {
  amountTest,
  bodyTest,
  errorTest,
  orderTest,
  productTest,
  severityTest,
  type ValueTest,
} from './matchBody';
import { foldedText, needleOf } from './patterns';
import type { Choice, Term } from './tree';
import { findingSet } from './choices';
import { peerTest } from './matchPeer';

type Test = (facts: FilterFacts) => boolean;
interface Costed {
  readonly test: Test;
  readonly cost: number;
}

export function termTest({ field, path, any }: Term): Costed {
  switch (field) {
    case 'time':
      return { cost: 1, test: ofNumber(any, ({ at }) => at) };
    case 'size':
      return { cost: 1, test: ofNumber(any, ({ size }) => size) };
    case 'seq':
      return { cost: 1, test: ofNumber(any, ({ sequence }) => sequence) };
    case 'conn':
      return { cost: 1, test: ofNumber(any, ({ conn }) => conn) };
    case 'id':
      return { cost: 1, test: ofNumber(any, ({ id }) => id) };
    case 'gap':
      return { cost: 1, test: ofNumber(any, ({ gap }) => gap) };
    case 'latency':
      return { cost: 1, test: ofNumber(any, ({ latency }) => latency) };
    case 'answered':
      return { cost: 1, test: ofWord(any, ({ answered }) => answered) };
    case 'peer': {
      const test = peerTest(any);
      return { cost: 3, test: ({ peer }) => peer !== null && test(peer) };
    }
    case 'dir':
      return { cost: 1, test: ofWord(any, ({ dir }) => dir) };
    case 'kind':
      return { cost: 1, test: ofWord(any, ({ kind }) => kind) };
    case 'head':
      return { cost: 1, test: ofWord(any, ({ head, kind }) => head ?? (kind === 'frame' ? 'none' : null)) };
    case 'fold':
      return { cost: 2, test: ({ cmd }) => isInRole(cmd, 'heartbeat') };
    case 'finding':
      return { cost: 2, test: ofFinding(any) };
    case 'vmc':
      return { cost: 2, test: ofMachine(any) };
    case 'cmd':
      return { cost: 3, test: ofText(any, ({ cmd }) => cmd) };
    case 'mark':
      return { cost: 3, test: ofText(any, ({ mark }) => mark) };
    case 'note':
      return { cost: 3, test: ofText(any, ({ note }) => note) };
    case 'text': {
      const test = textOf(any);
      return {
        cost: any.some(({ is }) => is === 'regex') ? 20 : 5,
        test: ({ text }) => test(text, foldedText(text)),
      };
    }
    case 'code':
      return { cost: 10, test: ofError(errorTest(any)) };
    case 'severity':
      return { cost: 10, test: ofError(severityTest(any)) };
    case 'order':
      return { cost: 30, test: ofBody(any, orderTest) };
    case 'amount':
      return { cost: 30, test: ofBody(any, amountTest) };
    case 'product':
      return { cost: 30, test: ofBody(any, productTest) };
    case 'body':
      return { cost: 30, test: ofBody(any, (choice) => bodyTest(path, choice)) };
  }
}

function ofNumber(any: readonly Choice[], get: (facts: FilterFacts) => number | null): Test {
  const test = some(any.map(numberTest));
  return (facts) => {
    const value = get(facts);
    return value !== null && test(value);
  };
}

function ofWord(any: readonly Choice[], get: (facts: FilterFacts) => string | null): Test {
  const test = wordOf(any);
  return (facts) => test(get(facts));
}

function ofText(any: readonly Choice[], get: (facts: FilterFacts) => string | null): Test {
  const test = textOf(any);
  return (facts) => test(get(facts));
}

function ofFinding(any: readonly Choice[]): Test {
  const wanted = findingSet(any);
  if (wanted === null) return ({ findings }) => findings.length > 0;
  return ({ findings }) => findings.some(({ code }) => wanted.has(code));
}

/** Numbers match the machine's number; texts match its name and its number. */
function ofMachine(any: readonly Choice[]): Test {
  const number = some(any.map(numberTest));
  const words = any.filter(({ is }) => is === 'text' || is === 'regex');
  if (words.length === 0) return ({ vmcNo }) => vmcNo !== null && number(vmcNo);
  const text = textOf(words);
  return ({ vmcNo, vmcName }) => (vmcNo !== null && (number(vmcNo) || text(String(vmcNo)))) || text(vmcName);
}

/** Tests the error that a message reports. */
function ofError(test: ReturnType<typeof errorTest>): Test {
  return (facts) => {
    if (!isInRole(facts.cmd, 'fault')) return false;
    const body = facts.body();
    return body !== null && test(body);
  };
}

function ofBody(any: readonly Choice[], testOf: (choice: Choice) => ValueTest): Test {
  return some(
    any.map((choice): Test => {
      const needle = needleOf(choice);
      const test = testOf(choice);
      return (facts) => {
        if (needle !== null && !foldedText(facts.text).includes(needle)) return false;
        const body = facts.body();
        return body !== null && test(body);
      };
    }),
  );
}
