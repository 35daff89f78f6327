/** A whole support file: its contents, its size limit, and leftovers after a failed write. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { machineSettingRows } from '#shared/model/machineSettings';
import { noRelay, type RelayRule } from '#shared/model/relay';
import { withoutSecrets } from '#shared/model/settingRow';
import { defaultSettings, settingRows } from '#shared/model/settings';
import type { CollectRequest, Staged } from '../../src/main/tools/support/calls';
import { collect } from '../../src/main/tools/support/collect';
import { writeZip } from '../../src/main/tools/support/writeZip';
import { computer } from '../builders/doctor';
import { frame } from '../builders/frames';
import { unseenOnes } from '../builders/hostileTexts';
import { writeJournal } from '../builders/journal';
import { keyOf } from '../builders/masking';
import { membersOf, recordedAs } from '../builders/supportFiles';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
let stage = '';
beforeEach(() => {
  stage = folder('stage');
  for (const name of ['logs', 'crashes', 'stage']) mkdirSync(folder(name));
});
const never = new AbortController().signal;
const ignore = (): void => undefined;

const code = 'q7w8e9r0';
const order = 'A-17-9c31-x2';
/** Neither text is recorded. */
const rule: RelayRule = {
  id: 1,
  name: 'Pay here',
  filter: 'order == "ffee-0011-2233"',
  when: 'always',
  does: 'answer',
  answer: '{"cmd":"qrcode_r","vmc_no":1,"qrcode":"weixin://wxpay/bizpayurl?pr=Zq8"}',
  isOn: true,
};

const asked = (more: Partial<CollectRequest> = {}): CollectRequest => ({
  stage,
  limit: 50_000_000,
  journal: null,
  key: keyOf(1),
  codes: [code],
  logs: folder('logs'),
  crashes: folder('crashes'),
  dumps: null,
  computer: computer({ folder: folder(), isItself: true, isOpen: true }),
  known: [],
  language: 'en',
  facts: {
    versions: { crema: { version: '1.2.3' } },
    settings: {
      settings: withoutSecrets(settingRows, { ...defaultSettings, relay: { ...noRelay, rules: [rule] } }),
      machines: { 1: { ...withoutSecrets(machineSettingRows, { name: `Lobby\u202E ${code}` }) } },
    },
    network: { adapters: [{ address: '192.168.1.20' }] },
    journal: { status: { status: 'open' } },
  },
  ...more,
});
const target = (): string => folder('out.zip');
const save = (files: readonly Staged[], signal = never, limit = 50_000_000): Promise<number> =>
  writeZip(
    { journal: folder('journal.sqlite'), target: target(), files, manifest: { files: [] }, limit },
    signal,
    ignore,
  );

describe('collected files', () => {
  it('is every part, without codes and orders on record, and other programs read it', async () => {
    const journal = writeJournal(
      folder('journal.sqlite'),
      recordedAs([frame({ cmd: 'hb', vmc_no: 1 }), frame({ cmd: 'hb', vmc_no: 1 })], 'in'),
    );
    writeFileSync(
      folder('logs', 'crema.log'),
      `1 info main: code ${code}\n2 info main: it begins\u001B[2J\n`,
    );
    writeFileSync(folder('logs', 'crema.1.log'), 'older\n');
    writeFileSync(folder('logs', 'other.txt'), 'not ours\n');
    for (const at of [1, 2, 3, 4, 5, 6, 7])
      writeFileSync(folder('crashes', `${at}-server.json`), `{"at": ${at}, "log": ["${code}"]}`);
    writeFileSync(folder('crashes', 'running.json'), '{}');
    const told: number[] = [];
    const { files, leftOut } = await collect(asked({ journal }), never, ({ done }) => told.push(done));
    expect(leftOut).toEqual([]);
    expect(told.at(-1)).toBeGreaterThan(20);
    expect(await save(files)).toBeGreaterThan(0);
    const members = await membersOf(target());
    expect([...members.keys()].toSorted()).toEqual([
      'crashes/3-server.json',
      'crashes/4-server.json',
      'crashes/5-server.json',
      'crashes/6-server.json',
      'crashes/7-server.json',
      'crashes/memory-images.json',
      'disk.json',
      'doctor.json',
      'journal.json',
      'log/crema.1.log',
      'log/crema.log',
      'manifest.json',
      'network.json',
      'settings.json',
      'versions.json',
    ]);
    for (const [name, bytes] of members)
      for (const secret of [code, 'ffee-0011-2233', 'wxpay'])
        expect(bytes.toString(), name).not.toContain(secret);
    expect(String(members.get('log/crema.log'))).toContain('2 info main: it begins⟨U+001B⟩[2J\n');
    for (const [name, bytes] of members) expect(bytes.toString(), name).not.toMatch(unseenOnes);
    const read = (name: string): unknown => JSON.parse(String(members.get(name)));
    expect(read('versions.json')).toMatchObject({
      crema: { version: '1.2.3' },
      sqlite: expect.any(String) as string,
    });
    expect(read('journal.json')).toMatchObject({
      version: 2,
      rows: { entries: 2 },
      days: 0,
      integrity: [{ code: 'whole', params: { size: 1 } }],
    });
    expect(read('doctor.json')).toContainEqual(expect.objectContaining({ check: 'journal', level: 'ok' }));
    expect(read('disk.json')).toMatchObject({
      free: expect.any(Number) as number,
      files: { 'journal.sqlite': expect.any(Number) as number },
    });
    // Another program's ZIP reader finds every member whole.
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
    expect(execFileSync('python3', ['-c', script, target()]).toString().trim()).toBe('None 15');
  });

  it('stays within its limit: the most important parts are first, and parts without room are named', async () => {
    const noise = Array.from(
      { length: 40_000 },
      (_, nr) => `${nr} info main: ${Math.imul(nr, 2_654_435_761) >>> 0}\n`,
    ).join('');
    for (const name of ['crema.log', 'crema.1.log', 'crema.2.log'])
      writeFileSync(folder('logs', name), noise);
    const all = await collect(asked(), never, ignore);
    const whole = await save(all.files);
    const limit = Math.floor(whole * 0.7);
    const { files, leftOut } = await collect(asked({ limit }), never, ignore);
    expect(leftOut).toEqual([{ kind: 'log', name: 'log/crema.2.log' }]);
    expect(files.map(({ name }) => name)).toContain('log/crema.log');
    expect(await save(files, never, limit)).toBeLessThanOrEqual(limit);
  });

  it('is there even if the journal is damaged, and reports the damage', async () => {
    const journal = folder('journal.sqlite');
    writeFileSync(journal, Buffer.alloc(8_192, 'no journal '));
    const { files } = await collect(asked({ journal }), never, ignore);
    await save(files);
    const members = await membersOf(target());
    expect(JSON.parse(String(members.get('journal.json')))).toMatchObject({
      integrity: [{ code: 'damaged' }],
    });
  });
});

describe('the file', () => {
  it('keeps the old file after a cancel or an overflow, and no partial file is left', async () => {
    writeFileSync(target(), 'before');
    writeFileSync(folder('logs', 'crema.log'), `${order}\n`);
    const { files } = await collect(asked(), never, ignore);
    await expect(save(files, AbortSignal.abort())).rejects.toThrow(/abort/i);
    await expect(save(files, never, 500)).rejects.toThrow('more than 500 bytes');
    expect(readFileSync(target(), 'utf8')).toBe('before');
    expect(readdirSync(folder()).filter((name) => name.startsWith('out.zip'))).toEqual(['out.zip']);
  });

  it('never overwrites the journal, and needs an existing folder', async () => {
    const journal = writeJournal(folder('journal.sqlite'), []);
    const { files } = await collect(asked(), never, ignore);
    const before = readFileSync(journal);
    const request = { journal, files, manifest: {}, limit: 50_000_000 };
    await expect(writeZip({ ...request, target: journal }, never, ignore)).rejects.toMatchObject({
      code: 'EEXIST',
    });
    expect(readFileSync(journal)).toEqual(before);
    const nowhere = folder('nowhere', 'x.zip');
    await expect(writeZip({ ...request, target: nowhere }, never, ignore)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(existsSync(nowhere)).toBe(false);
  });
});
