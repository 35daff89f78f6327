import { randomUUID } from 'node:crypto';
import type { Msg } from '@nats-io/transport-node';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import { queuedCommand } from '../../../../../src/main/machines/commands/judge';
import { Desk, type DeskWish } from '../../../../../src/main/sites/commands/desk';
import {
  decodeQuestion,
  encodeAnswer,
  type SiteAnswer,
  type SiteQuestion,
} from '../../../../../src/main/sites/wire/command';

const journal = randomUUID();
const minute = 60_000;
const hour = 60 * minute;
const wish: DeskWish = {
  request: randomUUID(),
  vmcNo: 33_232,
  name: 'reboot',
  input: {},
  accepted: [],
  person: 'Anna',
  computer: 'DESK',
};
const { request, person, computer } = wish;
const queued = queuedCommand(
  {
    id: 1,
    vmcNo: 33_232,
    name: 'reboot',
    input: {},
    sessionId: 's',
    from: { request, person, computer },
  },
  0,
);
const sent: Command = { ...queued, state: 'sent', sentAt: 0, platform: 'linux' };
const given = (command: Command): SiteAnswer => ({ state: 'given', journal, command });

/** ms of the steady clock. A pause takes no real time. */
let time: number;
let kept: Command[];
/** The site's answers. */
let answers: (question: SiteQuestion) => SiteAnswer | Promise<SiteAnswer>;
let outcomes: number;
let desk: Desk;

beforeEach(() => {
  time = 0;
  kept = [];
  outcomes = 0;
  desk = new Desk({
    connection: () => ({
      request: async (_subject, payload) => {
        const question = decodeQuestion(payload as Uint8Array);
        if (question === null) throw new Error('unreadable');
        if (question.step === 'outcome') outcomes += 1;
        return { data: encodeAnswer(await answers(question)) } as Msg;
      },
    }),
    keep: ({ command }) => void kept.push(command),
    steady: () => time,
    pause: (ms) => {
      time += ms;
      return new Promise((resolve) => void setImmediate(resolve));
    },
  });
});

describe('the desk', () => {
  it('keeps what the site gives while it ends, before it has ended', async () => {
    let answer: (given: SiteAnswer) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answers = ({ step }) => {
        if (step === 'ask') return { state: 'allowed', token: randomUUID() };
        resolve();
        return new Promise((decide) => (answer = decide));
      };
    });
    const giving = desk.give(wish);
    await asked;
    const keptAtEnd = desk.end().then(() => kept.length);
    answer(given(queued));
    expect(await keptAtEnd).toBe(1);
    expect(await giving).toMatchObject({ id: 1 });
  });

  it('learns of proof that comes hours after the command was given up', async () => {
    const noProof = { what: 'noProof', at: 5 * minute, entry: null, params: {} } as const;
    const gaveUp: Command = { ...sent, state: 'expired', endedAt: 5 * minute, steps: [noProof] };
    const proved: Command = { ...gaveUp, state: 'confirmed' };
    answers = () => given(time < 5 * minute ? sent : time < 9 * hour ? gaveUp : proved);
    desk.follow(queued);
    await expect.poll(() => kept.at(-1)?.state, { timeout: 10_000 }).toBe('confirmed');
    expect(kept.map(({ state }) => state)).toEqual(['sent', 'expired', 'confirmed']);
    expect(time).toBeLessThan(9 * hour + 2 * minute);
    // About once a second while it waits for proof, then once a minute.
    expect(outcomes).toBeLessThan(300 + 9 * 60 + 10);
    const before = outcomes;
    time += 48 * hour;
    await desk.end();
    expect(outcomes).toBe(before);
  });

  it('learns the reason of a failure that android sends afterwards', async () => {
    const last = { what: 'connectionClosed', at: minute, entry: 7 } as const;
    const end = { platform: 'android', state: 'failed', endedAt: minute } as const;
    const failed: Command = { ...sent, ...end, steps: [{ ...last, params: {} }] };
    const explained: Command = { ...sent, ...end, steps: [{ ...last, params: { reason: 'no water' } }] };
    answers = () => given(time < 20_000 ? failed : explained);
    desk.follow(sent);
    await expect.poll(() => kept.length, { timeout: 10_000 }).toBe(2);
    await desk.end();
  });
});
