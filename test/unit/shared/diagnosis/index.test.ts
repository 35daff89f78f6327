/** Every rule: true for each of its causes, no longer true afterwards, and never true on a day without problems. */
import { describe, expect, it } from 'vitest';
import { allSeen, ruleNames, ruleOf, type RuleName } from '#shared/diagnosis/index';
import type { Entry } from '#shared/model/frame';
import { readMachine } from '#shared/model/stored/machine';
import { Fleet } from '../../../../src/main/core/state/fleet';
import { played, type RuleCase, type Scene } from '../../../builders/diagnosing';
import { diagnosisCases } from '../../../fixtures/diagnosisCases';
import { day } from '../../../builders/capturedDay';
import { numbered, readCapture } from '../../../builders/captured';
import type { ConnectionOptions } from '../../../builders/connection';
import { frame, rawFrame } from '../../../builders/frames';
import { pcap, TcpScript } from '../../../builders/packets';
import { defaultMachineConfig } from '#shared/model/machine';

const caseOf = (name: RuleName): RuleCase<string> => diagnosisCases[name];
const causes = ruleNames.flatMap((name) =>
  Object.entries(caseOf(name).is).map(([cause, scene]) => ({ name, cause, scene })),
);

it.each(causes)('$name applies: $cause', ({ name, cause, scene }) => {
  const facts = played(scene);
  const seen = ruleOf(name).when(facts);
  expect(seen?.cause).toBe(cause);
  expect(seen?.since ?? 0).toBeLessThanOrEqual(facts.now);
  for (const value of Object.values(seen?.params ?? {}))
    expect(['undefined', '?', 'NaN']).not.toContain(String(value));
});

it.each(ruleNames)('%s is no longer true', (name) => {
  const { is, over } = caseOf(name);
  const [first] = Object.values(is);
  if (first === undefined) throw new Error('no case');
  expect(ruleOf(name).when(played(first))).not.toBeNull();
  expect(ruleOf(name).when(played(first, over))).toBeNull();
});

describe('a rule', () => {
  it('proposes actions for its possible causes, and no others', () => {
    for (const name of ruleNames)
      expect(Object.keys(caseOf(name).is).toSorted(), name).toEqual(
        Object.keys(ruleOf(name).causes).toSorted(),
      );
  });

  it('finds no problem with heartbeats of a linux machine 30 s after the last handled frame', () => {
    const slow = {
      story: (machine) => {
        machine.receives({ cmd: 'login', vmc_no: 33_232, linuxDriverVersion: '1.3' });
        for (let beat = 0; beat < 12; beat += 1) {
          // Frames of ours delay the heartbeat.
          if (beat % 2 === 0) machine.after(25_000).tells({ cmd: 'statusquery', vmc_no: 33_232 });
          machine.after(30_100).receives({ cmd: 'hb', vmc_no: 33_232 });
          if (beat % 3 === 0) machine.after(300);
        }
      },
    } satisfies Scene;
    const rules = ['heartbeatSlow', 'heartbeatIrregular', 'heartbeatMissing'] as const;
    expect(rules.filter((name) => ruleOf(name).when(played(slow)) !== null)).toEqual([]);
  });

  it('blames the setting for a refused login only if the setting refuses and Crema answers', () => {
    const scene = (options: ConnectionOptions): Scene => ({
      story: (machine) =>
        machine
          .receives({ cmd: 'login', vmc_no: 33_232, timestamp: '20150624', sign: '0'.repeat(32) })
          .tells({ cmd: 'login_r', vmc_no: 33_232, ret: 1 }),
      options: { code: '12345678', ...options },
    });
    const upstream = { host: '192.0.2.9', port: 9700, is: 'relayed' } as const;
    const causeOf = (options: ConnectionOptions): string | undefined =>
      ruleOf('loginRefused').when(played(scene(options)))?.cause;
    expect(causeOf({ config: { signPolicy: 'enforce' } })).toBe('sign');
    expect(causeOf({ config: { signPolicy: 'warn' } })).not.toBe('sign');
    expect(causeOf({ config: { signPolicy: 'enforce' }, upstream })).not.toBe('sign');
    expect(causeOf({ config: { signPolicy: 'warn' } })).toBeDefined();
  });

  it('ignores our answers if a real server answers the machine', () => {
    const upstream = { host: '192.0.2.9', port: 9700, is: 'relayed' } as const;
    for (const [name, cause] of [
      ['headForced', 'setting'],
      ['ordersResent', 'profile'],
    ] as const) {
      const scene = caseOf(name).is[cause];
      if (scene === undefined) throw new Error(`${name} has no case ${cause}`);
      const relayed = { ...scene, options: { ...scene.options, upstream } };
      expect(ruleOf(name).when(played(relayed))?.cause, name).not.toBe(cause);
      // Nor after the disconnection, and after a restart of Crema.
      const gone = played(relayed, { story: (machine) => machine.hangsUp() });
      expect(gone.machine.link.status).toBe('offline');
      expect(ruleOf(name).when(gone)?.cause, `${name}, gone`).not.toBe(cause);
      const restored = readMachine(JSON.stringify(gone.machine));
      if (restored === null) throw new Error('the state is not read again');
      expect(ruleOf(name).when({ ...gone, machine: restored })?.cause, `${name}, restored`).not.toBe(cause);
      // Crema may serve its next connection.
      const served = played(relayed, {
        story: (machine, again) => {
          machine.hangsUp();
          again({ upstream: undefined }).receives({ cmd: 'hb', vmc_no: 33_232 }).hangsUp();
        },
      });
      expect(ruleOf(name).when(served)?.cause, `${name}, served since`).toBe(cause);
    }
  });

  it('names existing entries', () => {
    // For a silent machine only the missing login is evidence. The frame of an upgrade belongs to another test.
    for (const { name, cause, scene } of causes) {
      const seen = ruleOf(name).when(played(scene));
      expect(seen?.evidence.length, `${name} ${cause}`).toBeGreaterThan(0);
    }
  });

  it('runs again when its input changes: it names all its members', () => {
    // A state with only the members that the rule names gives the same answer.
    for (const { name, cause, scene } of causes) {
      const facts = played(scene);
      const { reads, when } = ruleOf(name);
      const asked = new Set<string>();
      const machine = new Proxy(facts.machine, {
        get: (target, member, receiver) => {
          asked.add(String(member));
          return Reflect.get(target, member, receiver) as unknown;
        },
      });
      when({ ...facts, machine });
      // Links are compared as a whole. Members that change by themselves are checked as time passes.
      const byLink = [
        'link',
        'login',
        'connected',
        'findings',
        'heartbeat',
        'lastHeard',
        'lastSent',
        'loginAnswer',
        'sign',
      ];
      const known = new Set<string>([...reads, ...(ruleOf(name).byTime ? byLink : [])]);
      expect(
        [...asked].filter((member) => !known.has(member)),
        `${name} ${cause}`,
      ).toEqual([]);
    }
  });
});

it('none is true at any moment of a captured day without problems', async () => {
  const { entries } = await readCapture(pcap(day().packets));
  const fleet = new Fleet();
  const all: readonly Entry[] = numbered(entries);
  const seen = new Set<string>();
  for (const entry of all) {
    fleet.apply(entry);
    for (const machine of fleet.machines.values())
      for (const { rule } of allSeen({
        now: entry.at,
        machine,
        config: defaultMachineConfig,
        platform: machine.platform,
        isHere: false,
        updates: 'listening',
        upgrade: null,
      }))
        seen.add(rule);
  }
  expect(all.length).toBeGreaterThan(5);
  expect([...seen]).toEqual([]);
});

it('the answers of a server in a capture are not blamed on the machine', async () => {
  const odd = rawFrame('{"cmd":"dance","vmc_no":33232,"mood":"good",}');
  const script = new TcpScript()
    .opens()
    .says(frame({ cmd: 'hb', vmc_no: 33_232 }))
    .says(odd, 'server');
  const { entries } = await readCapture(pcap(script.packets));
  const fleet = new Fleet();
  for (const entry of numbered(entries)) fleet.apply(entry);
  const [machine] = fleet.machines.values();
  expect(entries.flatMap((entry) => ('findings' in entry ? entry.findings : [])).length).toBeGreaterThan(1);
  expect(Object.keys(machine?.findings ?? {})).toEqual([]);
  expect(machine?.counts.framesOut).toBe(1);
});
