/** `npm run journal -- compare` as a process, with captures and a data folder. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { importFile } from '../../src/main/tools/captures/importJob';
import { frame } from '../builders/frames';
import { pcap, TcpScript } from '../builders/packets';
import { useFolder } from '../builders/useFolder';

const cli = join(resolve(import.meta.dirname, '../..'), 'out/main/journalCli.js');
const at = useFolder('all');

interface End {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
const compare = (...args: readonly string[]): Promise<End> =>
  new Promise((done) => {
    const child = execFile(
      process.execPath,
      [cli, 'compare', ...args],
      { cwd: at() },
      (_, stdout, stderr) => {
        done({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });

function capture(name: string, script: TcpScript): void {
  writeFileSync(at(name), pcap(script.packets));
}

beforeAll(async () => {
  const beat: JsonObject = { cmd: 'hb', vmc_no: 33_232 };
  const status = (doors: number): JsonObject => ({
    cmd: 'machinestatus',
    vmc_no: 33_232,
    status: 'x',
    doors,
  });
  const script = (time: number) => new TcpScript({ time: time * 1_000_000 }).opens();
  capture(
    'good.pcap',
    script(1_700_000_000)
      .says(frame(beat))
      .says(frame(status(1)))
      .says(frame(beat)),
  );
  capture(
    'bad.pcap',
    script(1_700_100_000)
      .says(frame(beat))
      .says(frame(status(2)))
      .says(frame({ cmd: 'error', vmc_no: 33_232, error_code: 'EC_2' })),
  );
  mkdirSync(at('data'));
  const quietly = { onProgress: () => undefined };
  const journal = at('data/journal.sqlite');
  await importFile({ file: at('good.pcap'), journal }, new AbortController().signal, quietly);
});

it('two captures: what is missing, extra and different, and exit code 1', async () => {
  const { code, stdout, stderr } = await compare('good.pcap', 'bad.pcap');
  expect(code).toBe(1);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
  expect(rows[0]).toEqual([
    'outcome',
    'left',
    'left time',
    'right',
    'right time',
    'machine',
    'dir',
    'cmd',
    'differences',
  ]);
  expect(new Set(rows.slice(1).map(([outcome]) => outcome))).toEqual(
    new Set(['differs', 'extra', 'missing']),
  );
  expect(rows).toHaveLength(4);
  expect(stdout).toContain('doors: 1 → 2');
  expect(stderr).toContain('4 lines: 1 the same, 0 explained, 1 different, 1 missing, 1 extra.');
});

it('a data folder and the capture that it was read from: nothing, and exit code 0', async () => {
  const { code, stdout, stderr } = await compare('data', 'good.pcap');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('3 lines: 3 the same');
  const all = await compare('data', 'good.pcap', '--all', '--format', 'json');
  expect(JSON.parse(all.stdout)).toHaveLength(3);
});

it('JSON has one object per pair, CSV a line per difference', async () => {
  const json = JSON.parse((await compare('good.pcap', 'bad.pcap', '--format', 'json')).stdout) as readonly {
    readonly outcome: string;
    readonly left: { readonly vmc: number } | null;
    readonly differences: readonly object[];
  }[];
  const differs = json.find(({ outcome }) => outcome === 'differs');
  expect(differs).toMatchObject({
    dir: 'in',
    cmd: 'machinestatus',
    left: { vmc: 33_232 },
    differences: [{ name: 'doors', left: '1', right: '2', by: null }],
  });
  expect(json.find(({ outcome }) => outcome === 'extra')).toMatchObject({ cmd: 'error', left: null });
  const csv = (await compare('good.pcap', 'bad.pcap', '--format', 'csv')).stdout.trim().split(/\r?\n/);
  expect(csv).toHaveLength(4);
  expect(csv.find((line) => line.includes('differs'))).toMatch(/machinestatus,doors,1,2,$/);
});

it('only frames of the filter are compared', async () => {
  const same = await compare('good.pcap', 'bad.pcap', '--filter', 'cmd:login');
  expect(same).toMatchObject({ code: 1, stdout: '' });
  expect(same.stderr).toContain('Neither recording has a frame of the filter');
  const statuses = await compare('good.pcap', 'bad.pcap', '--filter', 'cmd:machinestatus');
  expect(statuses.stderr).toContain('1 line: 0 the same, 0 explained, 1 different, 0 missing, 0 extra.');
});

it('wrong switches end with 2, a missing file with 1, and a sentence says what to do', async () => {
  const one = await compare('good.pcap');
  expect(one.code).toBe(2);
  expect(one.stderr).toContain('compare takes two captures or data folders, not 1.');
  const format = await compare('good.pcap', 'bad.pcap', '--format', 'pcapng');
  expect(format.code).toBe(2);
  expect(format.stderr).toContain('--format is table, json or csv here, not pcapng.');
  const missing = await compare('good.pcap', 'none.pcap');
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toContain('none.pcap');
});
