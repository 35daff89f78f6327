import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requestNames, type RequestName } from '#shared/contract/requests/index';
import { noRelay } from '#shared/model/relay';
import type { AuditEnd } from '#shared/model/audit';
import type { Command, CommandState } from '#shared/model/command';
import type { Before } from '../../../../../src/main/desktop/audit/acts';
import { Refusal, type Handlers } from '../../../../../src/main/desktop/ipc/requests';
import { auditService, type AuditService } from '../../../../../src/main/desktop/services/audit';
import { everyLine, command as commandRow } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let target: string | null;
let audit: AuditService;
let kept: AuditEnd[];
let before: Before;
beforeEach(() => {
  before = {
    settings: { ownErrors: {}, ownProducts: {} },
    running: [],
    held: [],
    sites: { sites: [], problem: null, asks: [] },
  };
  target = folder('out');
  kept = [];
  audit = auditService({
    file: folder('audit.jsonl'),
    now: () => Date.UTC(2026, 10, 2, 8, 30),
    name: () => '李伟',
    before: () => before,
    askPlace: () => Promise.resolve(target),
    changed: () => undefined,
    problem: (detail) => expect.fail(detail),
  });
});
afterEach(async () => {
  await audit.stop?.();
});

const sender = { windowId: 1, screen: '/machines/7', capture: null };

/** Handlers that answer with the given values; a given error is thrown. */
function handlers(answers: Partial<Record<RequestName, unknown>>): Handlers {
  return Object.fromEntries(
    requestNames.map((verb) => [
      verb,
      () => {
        const answer = answers[verb] ?? null;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    ]),
  ) as unknown as Handlers;
}

async function entries() {
  const { rows } = await audit.requests.audit({ filter: everyLine, before: null, limit: 100 }, sender);
  return rows.toReversed().flatMap(({ entry }) => (entry === null || entry.act === 'begun' ? [] : [entry]));
}

const command = (id: number, state: CommandState): Command =>
  commandRow(id, { vmcNo: 7, state, steps: [{ what: 'sent', at: 1, entry: 41, params: {} }] });

it('notes a command with its machine, screen and number, and how it ended once', async () => {
  const noting = audit.noting(handlers({ command: command(3, 'sent') }));
  await noting.command({ vmcNo: 7, name: 'reboot', input: {} }, sender);
  audit.take([command(3, 'sent')]);
  audit.take([command(3, 'expired')]);
  audit.take([command(3, 'expired')]);
  audit.take([command(3, 'confirmed')]);
  expect(await entries()).toMatchObject([
    { act: 'command', vmcNo: 7, screen: '/machines/7', name: '李伟', what: { id: 3, name: 'reboot' } },
    { act: 'commandEnded', vmcNo: 7, what: { id: 3, state: 'expired', entry: 41 } },
    { act: 'commandEnded', vmcNo: 7, what: { id: 3, state: 'confirmed' } },
  ]);
});

it('notes the commands of a run on a line of its own, by the run, and those not accepted', async () => {
  const of = { run: 4, vmcNo: 7, name: 'reboot', input: {} } as const;
  audit.takeRunCommands([
    { ...of, given: { id: 3 } },
    { ...of, given: { code: 'commandRunning', params: { name: 'reboot' } } },
  ]);
  audit.take([command(3, 'confirmed')]);
  const given = { act: 'runCommand', vmcNo: 7, screen: '/work/runs/4', user: '', name: '' };
  expect(await entries()).toMatchObject([
    { ...given, what: { run: 4, id: 3, name: 'reboot', input: {} }, refused: null },
    { ...given, what: { run: 4, name: 'reboot' }, refused: { code: 'commandRunning' } },
    { act: 'commandEnded', what: { id: 3 } },
  ]);
  await audit.requests.exportAudit({ filter: everyLine, as: 'csv', words: {} }, sender);
  const [, , given3, refused] = readFileSync(folder('out'), 'utf8').split('\r\n');
  expect([given3?.split(',').at(-2), refused?.split(',').at(-2)]).toEqual(['given', 'commandRunning']);
});

it('notes refusals with their message, and a bug of ours too', async () => {
  const noting = audit.noting(
    handlers({ disconnect: new Refusal('machineOffline', { vmcNo: 7 }), forgetMachine: new Error('odd') }),
  );
  await expect(noting.disconnect({ vmcNo: 7 }, sender)).rejects.toThrow('machineOffline');
  await expect(noting.forgetMachine({ vmcNo: 7 }, sender)).rejects.toThrow('odd');
  expect((await entries()).map(({ refused }) => refused)).toEqual([
    { code: 'machineOffline', params: { vmcNo: 7 } },
    { code: 'internal', params: { detail: 'odd' } },
  ]);
});

it('keeps no verification code and no picture, and no request that only reads or had no effect', async () => {
  const noting = audit.noting(handlers({ setMachineCode: { codeStored: 'yes' } }));
  await noting.setMachineCode({ vmcNo: 7, code: 'SECRET12' }, sender);
  await noting.setMachinePhoto({ vmcNo: 7, picture: new Uint8Array([1, 2, 3]) }, sender);
  await noting.choosePackage({ expected: '' }, sender);
  await noting.importOwnErrors(undefined, sender);
  await noting.commands({ vmcNo: 7, before: null, limit: 10 }, sender);
  expect((await entries()).map(({ act, what }) => ({ act, what }))).toEqual([
    { act: 'setMachineCode', what: { isSet: true } },
    { act: 'setMachinePhoto', what: { isSet: true } },
  ]);
  expect(readFileSync(folder('audit.jsonl'), 'utf8')).not.toContain('SECRET12');
});

it('is written to a file: JSONL unchanged, CSV in words', async () => {
  const noting = audit.noting(handlers({}));
  await noting.disconnect({ vmcNo: 7 }, sender);
  await noting.disconnect({ vmcNo: 8 }, sender);
  expect(await audit.requests.exportAudit({ filter: everyLine, as: 'jsonl', words: {} }, sender)).toBe('out');
  expect(readFileSync(folder('out'), 'utf8')).toBe(readFileSync(folder('audit.jsonl'), 'utf8'));
  const words = {
    'column.line': '行',
    'act.disconnect': '断开',
    'result.done': '完成',
    'fault.none': '正常',
  };
  await audit.requests.exportAudit({ filter: { ...everyLine, vmcNo: 8 }, as: 'csv', words }, sender);
  expect(readFileSync(folder('out'), 'utf8').split('\r\n')).toEqual([
    expect.stringContaining('行,time,user,name,screen,act,machine,details,result,check'),
    expect.stringMatching(/^3,2026-11-02T08:30:00\.000Z,.*,李伟,\/machines\/7,断开,8,\{\},完成,正常$/),
    '',
  ]);
  target = null;
  expect(await audit.requests.exportAudit({ filter: everyLine, as: 'csv', words }, sender)).toBeNull();
});

it('marks unproven lines in each export', async () => {
  const noting = audit.noting(handlers({}));
  await noting.disconnect({ vmcNo: 7 }, sender);
  await entries();
  const end = readFileSync(folder('audit.jsonl.end'));
  await noting.disconnect({ vmcNo: 8 }, sender);
  await entries();
  writeFileSync(folder('audit.jsonl.end'), end);
  const filter = { ...everyLine, vmcNo: 7 };
  await audit.requests.exportAudit({ filter, as: 'csv', words: { 'fault.beyondEnd': '未证实' } }, sender);
  const [, seven, eight] = readFileSync(folder('out'), 'utf8').split('\r\n');
  expect([seven?.endsWith(',none'), eight?.endsWith(',8,{},done,未证实')]).toEqual([true, true]);
  await audit.requests.exportAudit({ filter, as: 'jsonl', words: {} }, sender);
  const [, first, second] = readFileSync(folder('audit.jsonl'), 'utf8').split('\n');
  expect(readFileSync(folder('out'), 'utf8').split('\n')).toEqual([
    first,
    second,
    '{"line":3,"fault":"beyondEnd"}',
    '',
  ]);
});

it('calls a command done only if it was confirmed, and names no user who ended it', async () => {
  audit.take([command(3, 'expired'), command(4, 'confirmed')]);
  expect((await entries()).map(({ user, name }) => user + name)).toEqual(['', '']);
  await audit.requests.exportAudit({ filter: everyLine, as: 'csv', words: {} }, sender);
  const results = readFileSync(folder('out'), 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(',').at(-2));
  expect(results.slice(2)).toEqual(['expired', 'confirmed']);
  const done = await audit.requests.audit(
    { filter: { ...everyLine, result: 'done', text: 'commandEnded' }, before: null, limit: 10 },
    sender,
  );
  expect(done.rows.map(({ entry }) => entry?.what['id'])).toEqual([4]);
});

it('sends the state of the trail to the journal: at the start, now and then, and at the end', async () => {
  await audit.noting(handlers({})).disconnect({ vmcNo: 7 }, sender);
  const anchoring = audit.anchoring({
    read: () => Promise.resolve(kept),
    keep: (end) => Promise.resolve(kept.push(end)),
  });
  await anchoring.start?.();
  expect(kept.map(({ n }) => n)).toEqual([2]);
  audit.take(Array.from({ length: 150 }, (_, id) => command(id, 'expired')));
  await entries();
  expect(kept).toHaveLength(2);
  await audit.noting(handlers({})).disconnect({ vmcNo: 8 }, sender);
  await anchoring.stop?.();
  expect(kept.at(-1)).toMatchObject({ n: 153, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
});

it('does not write an export over itself', async () => {
  await audit.noting(handlers({})).disconnect({ vmcNo: 7 }, sender);
  target = folder('audit.jsonl');
  await expect(
    audit.requests.exportAudit({ filter: everyLine, as: 'csv', words: {} }, sender),
  ).rejects.toMatchObject({ error: { code: 'unwritable' } });
  expect(await entries()).toHaveLength(1);
});

it('notes actions on a command or a held frame under its machine, though it is over by then', async () => {
  before = { ...before, running: [{ id: 3, vmcNo: 7 }], held: [{ conn: 4, key: 2, vmcNo: 8 }] };
  const noting = audit.noting({
    ...handlers({}),
    cancelCommand: () => {
      before = { ...before, running: [] };
      return null;
    },
  });
  await noting.cancelCommand({ id: 3 }, sender);
  await noting.setCommandWait({ id: 9, wait: 60_000 }, sender);
  await noting.releaseHeld({ conn: 4, key: 2, as: { type: 'pass' } }, sender);
  expect((await entries()).map(({ act, vmcNo }) => [act, vmcNo])).toEqual([
    ['cancelCommand', 7],
    ['setCommandWait', null],
    ['releaseHeld', 8],
  ]);
});

it('notes messages that a relay rule sends in the place of a machine or a server', async () => {
  const noting = audit.noting(handlers({}));
  const rule = { id: 1, name: '', filter: 'cmd:qrcode', when: 'always', does: 'answer', isOn: true } as const;
  const relay = { ...noRelay, rules: [{ ...rule, answer: '{"cmd":"pay_done","ret":0}' }] };
  await noting.setRelay({ relay }, sender);
  expect(await entries()).toMatchObject([{ what: { answers: '1: {"cmd":"pay_done","ret":0}' } }]);
});

it('notes which entries of the catalogue and which products were changed, taken out or added', async () => {
  const old = { 'ERROR:1': { muted: true }, 'ERROR:2': { muted: true }, 'ERROR:3': { muted: true } } as const;
  before = { ...before, settings: { ownErrors: old, ownProducts: { 1: { at: 1 } } } };
  const noting = audit.noting(handlers({}));
  const now = {
    'ERROR:1': { muted: true },
    'ERROR:2': { severity: 'info' },
    'ERROR:4': { muted: true },
  } as const;
  await noting.setSettings({ ownErrors: now, ownProducts: { 1: { at: 1 }, 8: { at: 2 } } }, sender);
  expect(await entries()).toMatchObject([
    { what: { ownErrors: 'ERROR:2 ERROR:3 ERROR:4', ownProducts: '8' } },
  ]);
});

it('notes each machine that a table changed, and its new value', async () => {
  const changes = [
    { vmcNo: 7, patch: { name: 'Lobby' } },
    { vmcNo: 8, patch: { platform: 'android' } },
  ];
  const noting = audit.noting(handlers({ takeRegistry: { machines: 2, file: 'a.csv', changes } }));
  await noting.takeRegistry({ id: 1 }, sender);
  expect((await entries()).map(({ act, vmcNo, what }) => [act, vmcNo, what])).toEqual([
    ['takeRegistry', 7, { file: 'a.csv', name: 'Lobby' }],
    ['takeRegistry', 8, { file: 'a.csv', platform: 'android' }],
  ]);
});
