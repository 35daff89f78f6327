/** Lines of the audit trail: each member of every act has a text in both languages, and so has its value. */
import { describe, expect, it } from 'vitest';
import {
  isAudited,
  requestNames,
  requests as rows,
  type Args,
  type AuditedName,
} from '#shared/contract/requests/index';
import type { AuditEntry } from '#shared/model/audit';
import { together } from '#shared/model/run';
import { factName, factsOf, factValue } from '#text/auditFacts';
import { auditWords, personOf, searchOf } from '#text/auditWords';
import { notesOf } from '../../../../src/main/desktop/audit/acts';
import { exampleOf } from '../../../builders/schemaCases';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

/** Arguments of requests whose line is compared, or whose schema is too special for an example. The others are drawn. */
const explicit: { readonly [V in AuditedName]?: Args<V> } = {
  listen: { which: 'notices', host: '0.0.0.0', port: 80 },
  listenOn: { hosts: ['192.168.5.3', '10.0.0.2'], port: 4567 },
  followAdapter: { name: 'eth1', to: '192.168.5.7', yes: true },
  stopListening: { which: 'notices' },
  setMark: { entry: 7, marked: true, note: 'odd' },
  sendFrame: { vmcNo: 7, to: 'server', content: { as: 'text', text: '{}', head: 'le48' } },
  setRelay: {
    relay: {
      isOn: true,
      upstream: { host: '10.0.0.9', port: 4567 },
      ofMachines: [{ vmcNo: 7, host: '::1', port: 9 }],
      serveMeanwhile: true,
      rules: [{ id: 1, name: '', filter: 'cmd:hb', when: 'gone', does: 'answer', answer: '', isOn: true }],
    },
  },
  releaseHeld: { conn: 3, key: 1, as: { type: 'edit', text: '{}' } },
  startReplay: {
    capture: 2,
    filter: { vmcNo: null, dir: null, cmd: null, text: 'cmd:hb' },
    ids: [1, 2],
    to: { role: 'machine', server: { host: '::1', port: 4567 }, vmcNo: 7 },
    pace: 'step',
    rules: ['orders', 'times'],
  },
  command: { vmcNo: 7, name: 'openDoor', input: { spelling: 'opendoor' } },
  setCommandWait: { id: 3, wait: 3_600_000 },
  startRun: {
    title: { zh: '晚上' },
    steps: [{ do: 'command', name: 'rinse', input: {} }],
    machines: [7, 8],
    leftOut: [{ vmcNo: 9, step: 0, error: { code: 'machineInRun', params: { vmcNo: 9 } } }],
    waves: { ...together, atOnce: 1, pause: 30 },
  },
  controlRun: { id: 4, to: 'resume' },
  goBack: { run: 4, groups: [] },
  keepSequence: { before: 'a', sequence: { name: 'b', note: '', steps: [{ do: 'wait', seconds: 9 }] } },
  choosePackage: { expected: '' },
  takePackage: { path: '/a.zip', expected: '' },
  changePackage: { id: 'f'.repeat(64), patch: { version: '1', androidType: null, pathStyle: 'rooted' } },
  checkPackage: { id: 'f'.repeat(64), expected: 'f'.repeat(32) },
  removePackage: { id: 'f'.repeat(64) },
  setSettings: { person: 'Li', theme: 'dark', retention: { days: 3, bytes: 9 } },
  setDirectLink: { link: { vmcNo: 7, tells: false }, host: '10.0.0.1' },
  setDials: { dials: [{ host: '10.0.0.9', port: 9000 }] },
  setMachine: { vmcNo: 7, patch: { name: 'Lobby', platform: 'android', head: null } },
  setMachineCode: { vmcNo: 7, code: null },
  setMachinePhoto: { vmcNo: 7, picture: null },
  forgetStrangers: { most: 12 },
  simulate: { count: 5, platform: 'mixed' },
  simulatorFault: { vmcNo: 7, fault: 'flood', on: true },
  simulatorAnswers: { vmcNo: 7, answering: 'inMenu' },
};
const requests = Object.fromEntries(
  requestNames
    .filter(isAudited)
    .map((name) => [name, name in explicit ? explicit[name] : exampleOf(rows[name].args)]),
) as { readonly [V in AuditedName]: Args<V> };
const answers: { readonly [V in AuditedName]?: unknown } = {
  command: { id: 3 },
  sendFrame: { id: 41 },
  startRun: { run: { id: 4 }, changed: [] },
  retryRun: { id: 5 },
  goBack: { runs: [{ id: 6 }, { id: 7 }], changed: [] },
  importSequences: { fileName: 'a.json', added: 1, changed: 0 },
  importOwnErrors: { fileName: 'a.json', added: 1, changed: 0 },
  importProducts: { fileName: 'b.json', added: 2, changed: 1 },
  choosePackage: { fileName: 'a.zip', id: 'f' },
  takePackage: { fileName: 'a.zip', id: 'f' },
  forgetStrangers: { forgotten: 11 },
  sendSiteFile: { id: 1, fileName: 'a.pcapng' },
  fetchSiteFile: { id: 2, fileName: 'a.pcapng' },
  takeRegistry: { machines: 1, file: 'a.csv', changes: [{ vmcNo: 7, patch: { name: 'Lobby', head: null } }] },
};

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  n: 1,
  at: 1,
  user: 'li',
  name: '',
  screen: '',
  act: 'command',
  vmcNo: 7,
  what: {},
  refused: null,
  prev: '',
  ...over,
});
function lineOf(verb: AuditedName): AuditEntry {
  const settings = { ownErrors: {}, ownProducts: {} };
  const [note] = notesOf(verb, requests[verb] as never, {
    value: (answers[verb] ?? null) as never,
    refused: null,
    before: { settings, running: [], held: [], sites: { sites: [], problem: null, asks: [] } },
  });
  return entry({ ...note, what: note?.what ?? {} });
}
const verbs = Object.keys(requests) as AuditedName[];
const ended = entry({
  act: 'commandEnded',
  what: {
    id: 3,
    name: 'openDoor',
    state: 'failed',
    step: 'machineSaidFailed',
    params: { reason: 'Z0023' },
    entry: 41,
  },
});
const given = entry({ act: 'runCommand', what: { run: 4, id: 3, name: 'rinse', input: {} } });

describe.each([
  ...verbs.map((verb) => [verb, lineOf(verb)] as const),
  ['ended', ended],
  ['given', given],
] as const)('%s', (_name, line) => {
  it('has a text for each of its members, in both languages', () => {
    const keys = factsOf(line);
    const raw = keys.filter(
      (key) => key === factName(en, line.act, key) || key === factName(zh, line.act, key),
    );
    expect(raw).toEqual([]);
  });

  it('has no code among its values', () => {
    const values = factsOf(line).map((key) => factValue(zh, line, key));
    const codes =
      /^(?:resume|notices|mixed|flood|inMenu|rooted|failed|machineSaidFailed|true|false|null|dark|text)$/;
    expect(
      values.filter((value) => codes.test(value) || /[{"]|undefined/.test(value.replace(/^\{\}$/, ''))),
    ).toEqual(line.act === 'command' ? ['{"spelling":"opendoor"}'] : []);
  });
});

it('a package is named by its hash, never as a number', () => {
  for (const verb of ['choosePackage', 'takePackage'] as const)
    expect([factName(en, verb, 'id'), factName(zh, verb, 'id')]).toEqual([
      'Package (SHA-256)',
      '升级包（SHA-256）',
    ]);
  for (const verb of ['changePackage', 'checkPackage', 'removePackage'] as const) {
    const line = lineOf(verb);
    expect([factName(en, line.act, 'id'), factName(zh, line.act, 'id')]).toEqual([
      'Package (SHA-256)',
      '升级包（SHA-256）',
    ]);
    expect(factValue(en, line, 'id')).toBe('f'.repeat(64));
  }
});

it('the wait of a command is shown as a duration', () => {
  expect(auditWords(en, lineOf('setCommandWait'))).toBe(
    'Changed the waiting time of a command · Number 3 · Waiting time 1 h',
  );
});

it('a replay is shown with its target, mode and content', () => {
  expect(auditWords(zh, lineOf('startReplay'))).toBe(
    '重放了记录的数据帧 · 身份 作为机器，发给服务器 · 服务器 [::1]:4567 · 抓包文件 2 · 筛选 cmd:hb · 所选数据帧 2 · 速度 逐帧 · 改写内容 订单号、时间',
  );
});

it('a run is shown whole: command, machines, mode and excluded machines', () => {
  expect(auditWords(zh, lineOf('startRun'))).toBe(
    '开始作业 · 编号 4 · 机器 7、8 · 未纳入 9 · 作业流程 晚上 · 步骤 冲洗 · 分批 每批1台，两批之间隔30秒',
  );
  expect(personOf(en, given)).toBe('Run 4');
  expect(factValue(en, ended, 'step')).toContain('Z0023');
});

it('a line of another version is shown unchanged', () => {
  const odd = entry({ act: 'startRun', what: { steps: [{ do: 'dance' }], waves: 7, newMember: { a: 1 } } });
  expect(factsOf(odd).map((key) => [factName(en, odd.act, key), factValue(en, odd, key)])).toEqual([
    ['Steps', expect.any(String)],
    ['Waves', '7'],
    ['newMember', '{"a":1}'],
  ]);
});

it('a search finds acts and commands by the names of the window', () => {
  expect(searchOf(zh, ' 远程开门 ')).toEqual({ text: '远程开门', acts: [], commands: ['openDoor'] });
  expect(searchOf(en, 'open DOOR').commands).toEqual(['openDoor']);
  expect(searchOf(zh, '人工解除').acts).toEqual(['closeFault']);
  expect(searchOf(zh, ' ')).toEqual({ text: '', acts: [], commands: [] });
});

it('the answer to a question is named once', () => {
  const line = { act: 'answerRun', what: { line: 4, yes: true } };
  expect(`${factName(zh, line.act, 'yes')} ${factValue(zh, line, 'yes')}`).toBe('回答 是');
});

it('the retention is written as in the settings', () => {
  const line = { act: 'setSettings', what: { retention: { days: 20, bytes: 2_000_000_000 } } };
  expect(factValue(zh, line, 'retention')).toBe('20天、2 GB');
  expect(factValue(zh, { act: 'setSettings', what: { retention: { years: 1 } } }, 'retention')).toBe(
    '{"years":1}',
  );
});
