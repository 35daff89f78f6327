/** Every diagnosis rule that a recording can trigger, read from a capture like in the window, with its text in both languages. */
import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { allSeen, type RuleName } from '#shared/diagnosis/index';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import { diagnosisWords } from '#text/diagnosisWords';
import { importFile } from '../../src/main/tools/captures/importJob';
import { numberOf, recordableRules, sceneOf } from '../builders/diagnosedMachines';
import { openStore } from '../builders/journal';
import { recordedScenes } from '../builders/recordedScenes';
import { useFolder } from '../builders/useFolder';
import { wordsOf } from '../builders/wordsOf';

const folder = useFolder('all');
/** The machines, by number. */
const machines = new Map<number, MachineState>();
let end = 0;
beforeAll(async () => {
  const file = folder('rules.pcap');
  const journal = folder('rules.sqlite');
  const scenes = new Map(recordableRules.map((rule) => [numberOf(rule), sceneOf(rule)]));
  writeFileSync(file, recordedScenes(scenes, Date.UTC(2026, 5, 1, 4)));
  const read = await importFile({ file, journal }, new AbortController().signal, {
    onProgress: () => undefined,
  });
  end = read.to ?? 0;
  const store = openStore(journal);
  for (const { vmcNo, state } of store.machines())
    if (state !== null) machines.set(vmcNo, JSON.parse(state) as MachineState);
  store.close();
});

function seen(rule: RuleName) {
  const machine = machines.get(numberOf(rule));
  if (machine === undefined) throw new Error(`no machine of ${rule}`);
  const { platform } = machine;
  const facts = { now: end, machine, config: defaultMachineConfig, platform, isHere: false, upgrade: null };
  return allSeen({ ...facts, updates: 'off' }).find((one) => one.rule === rule);
}

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  it.each(recordableRules)('%s is found in the capture, with its complete text', (rule) => {
    const found = seen(rule);
    if (found === undefined) throw new Error(`${rule} is not found`);
    const { cause, params = {} } = found;
    const { what, why, leads, todo } = diagnosisWords(wordsOf(language), { rule, cause, params });
    const said = [what, why, leads, todo];
    expect(said.every((sentence) => sentence.length > 2)).toBe(true);
    expect(said.join('\n')).not.toMatch(/undefined|NaN|null|\{\{|\b[a-z]+\.[a-z]+\.[a-z]/);
  });
});
