import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { SupportAsk } from '#shared/model/sites';
import type { SupportCommand } from '../../../../../src/main/desktop/audit/acts';
import { SupportDoor } from '../../../../../src/main/desktop/services/supportDoor';
import { queuedCommand } from '../../../../../src/main/machines/commands/judge';
import type { SiteDecision } from '../../../../../src/main/sites/api';

const vmcNo = 33_232;
const name = 'reboot';
const asked = { vmcNo, name } as const;
const minute = 60_000;

let now: number;
let isAllowed: boolean;
let canAsk: boolean;
let refusal: AppError | null;
let given: Command[];
let notes: SupportCommand[];
let found: 'unreadable' | null;
/** Resolves a pending `give`; empty: it answers at once. */
let slow: (() => void)[] | null;
let door: SupportDoor;

beforeEach(() => {
  now = 0;
  isAllowed = false;
  canAsk = true;
  refusal = null;
  given = [];
  notes = [];
  found = null;
  slow = null;
  door = new SupportDoor({
    now: () => 1_700_000_000_000 + now,
    steady: () => now,
    isAllowed: () => isAllowed,
    canAsk: () => canAsk,
    refusal: () => Promise.resolve(refusal),
    give: async (ask: SupportAsk, from) => {
      if (slow !== null) await new Promise<void>((resolve) => slow?.push(resolve));
      const command = queuedCommand({ id: given.length + 1, sessionId: 's', ...ask, from }, now);
      given.push(command);
      return command;
    },
    find: (_vmcNo, request) => Promise.resolve(given.find(({ from }) => from?.request === request) ?? found),
    note: (one) => void notes.push(one),
    changed: () => undefined,
  });
});

const ask = (request: string, command: CommandName = name): Promise<SiteDecision> =>
  door.decide({
    vmcNo,
    name: command,
    question: { step: 'ask', request, person: 'Anna', computer: 'DESK', input: {}, accepted: [] },
  });
const give = (request: string, token: string): Promise<SiteDecision> =>
  door.decide({ ...asked, question: { step: 'give', request, token } });
const outcome = (request: string): Promise<SiteDecision> =>
  door.decide({ ...asked, question: { step: 'outcome', request } });
const withdraw = (request: string): Promise<SiteDecision> =>
  door.decide({ ...asked, question: { step: 'withdraw', request } });
const tokenIn = (decision: SiteDecision): string => (decision.state === 'allowed' ? decision.token : 'none');
const refusedAs = (code: string) => ({ state: 'refused', error: { code } });

describe('a command of support', () => {
  it('that the journal has, but can’t read, is not given again', async () => {
    found = 'unreadable';
    isAllowed = true;
    const request = randomUUID();
    expect(await ask(request)).toMatchObject(refusedAs('siteTooLate'));
    expect(await outcome(request)).toEqual({ state: 'unknown' });
    expect(given).toEqual([]);
  });

  it('waits for a person, and is then given once', async () => {
    const request = randomUUID();
    expect(await ask(request)).toEqual({ state: 'waits' });
    expect(door.asks).toMatchObject([{ request, vmcNo, name, person: 'Anna', computer: 'DESK' }]);
    expect(await give(request, randomUUID())).toEqual({ state: 'unknown' });
    expect(door.answer(request, 'once')).toBe(true);
    expect(door.asks).toEqual([]);
    const token = tokenIn(await ask(request));
    const [one, two] = await Promise.all([give(request, token), give(request, token)]);
    expect(one).toMatchObject({ state: 'given', command: { id: 1, from: { request, person: 'Anna' } } });
    expect(two).toEqual(one);
    expect(await give(request, token)).toEqual(one);
    expect(await outcome(request)).toEqual(one);
    expect(given).toHaveLength(1);
    expect(notes).toMatchObject([{ allowedBy: 'person', given: { id: 1 } }]);
  });

  it('is given once although the answer takes long', async () => {
    isAllowed = true;
    slow = [];
    const request = randomUUID();
    const token = tokenIn(await ask(request));
    const all = [give(request, token), give(request, token), outcome(request)];
    await new Promise((resolve) => setImmediate(resolve));
    expect(slow).toHaveLength(1);
    for (const resolve of slow) resolve();
    for (const one of await Promise.all(all)) expect(one).toMatchObject({ state: 'given' });
    expect(given).toHaveLength(1);
  });

  it('is not given with a token of another request, or later than 15 s', async () => {
    isAllowed = true;
    const [first, second] = [randomUUID(), randomUUID()];
    const token = tokenIn(await ask(first));
    await ask(second);
    expect(await give(second, token)).toEqual({ state: 'unknown' });
    now += 15_000;
    expect(await give(first, token)).toMatchObject(refusedAs('siteTooLate'));
    expect(await ask(first)).toMatchObject(refusedAs('siteTooLate'));
    expect(given).toEqual([]);
  });

  it('ends when it is refused, withdrawn, not answered or no longer asked', async () => {
    const all = Array.from({ length: 4 }, () => randomUUID());
    for (const request of all) await ask(request);
    const [refused = '', withdrawn = '', unanswered = '', forgotten = ''] = all;
    door.answer(refused, 'refuse');
    await withdraw(withdrawn);
    expect(door.asks.map(({ request }) => request)).toEqual([unanswered, forgotten]);
    for (; now <= minute; now += 5_000) await ask(unanswered);
    door.tick();
    expect(door.asks).toEqual([]);
    expect(door.answer(forgotten, 'once')).toBe(false);
    expect(await ask(refused)).toMatchObject(refusedAs('siteRefused'));
    expect(await ask(withdrawn)).toMatchObject(refusedAs('siteWithdrawn'));
    expect(await ask(unanswered)).toMatchObject(refusedAs('siteNobodyThere'));
    expect(given).toEqual([]);
    expect(notes.every(({ allowedBy }) => allowedBy === null)).toBe(true);
  });

  it('is refused by the rules of the site, without a window, and beyond five questions', async () => {
    refusal = { code: 'commandRunning', params: { name } };
    expect(await ask(randomUUID())).toMatchObject(refusedAs('commandRunning'));
    refusal = null;
    canAsk = false;
    expect(await ask(randomUUID())).toMatchObject(refusedAs('siteNobodyThere'));
    canAsk = true;
    for (let asks = 0; asks < 5; asks += 1) expect(await ask(randomUUID())).toEqual({ state: 'waits' });
    expect(await ask(randomUUID())).toMatchObject(refusedAs('siteBusy'));
    expect(await ask(randomUUID(), 'upgrade')).toMatchObject(refusedAs('siteNotAcross'));
  });

  it('keeps its refusal, and is unknown to a site that was started again', async () => {
    isAllowed = true;
    const request = randomUUID();
    const token = tokenIn(await ask(request));
    await withdraw(request);
    expect(await give(request, token)).toMatchObject(refusedAs('siteWithdrawn'));
    expect(await give(randomUUID(), token)).toEqual({ state: 'unknown' });
    expect(given).toEqual([]);
  });

  it('of an earlier launch is not given again', async () => {
    isAllowed = true;
    const request = randomUUID();
    await give(request, tokenIn(await ask(request)));
    now += 20 * minute;
    door.tick();
    expect(await ask(request)).toMatchObject(refusedAs('siteTooLate'));
    expect(await outcome(request)).toMatchObject({ state: 'given', command: { id: 1 } });
    expect(given).toHaveLength(1);
  });

  it('is allowed together with all others for a time', async () => {
    const all = [randomUUID(), randomUUID()];
    for (const request of all) await ask(request);
    door.allowAll();
    expect(door.asks).toEqual([]);
    for (const request of all) expect(await ask(request)).toMatchObject({ state: 'allowed' });
  });
});
