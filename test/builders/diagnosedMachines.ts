/** A machine for each rule of the diagnosis, of which it is true. */
import { ruleNames, type RuleName } from '#shared/diagnosis/index';
import { makeSign } from '../../src/main/core/protocol/sign';
import { diagnosisCases } from '../fixtures/diagnosisCases';
import type { RuleCase, Scene } from './diagnosing';

export const verificationCode = 'ABCDEFGH';
/** Rules that follow from what is chosen or stored here, which no capture has: what such a machine says when it logs in. */
export const loginsOf = {
  signMismatch: (vmcNo: number) => ({ vmc_no: vmcNo, sign: 'x' }),
  signAbsent: (vmcNo: number) => ({ vmc_no: vmcNo, sign: '' }),
  signOlder: (vmcNo: number) => ({
    vmc_no: vmcNo,
    sign: makeSign('codeNumber', { timestamp: null, vmcNo }, verificationCode),
  }),
  signLoose: (vmcNo: number) => ({
    vmc_no: vmcNo,
    sign: makeSign('timestampCode', { timestamp: '20150624', vmcNo }, verificationCode).toUpperCase(),
  }),
  headForced: (vmcNo: number) => ({ vmc_no: vmcNo }),
} satisfies Partial<Record<RuleName, (vmcNo: number) => object>>;
type RuleOfSettings = keyof typeof loginsOf;
const isOfSettings = (rule: RuleName): rule is RuleOfSettings => Object.hasOwn(loginsOf, rule);

export const rulesOfSettings = ruleNames.filter(isOfSettings);
/** An upgrade is no part of a capture either. */
export const recordableRules = ruleNames.filter(
  (rule) => !isOfSettings(rule) && rule !== 'upgradeNotFetched',
);

export const numberOf = (rule: RuleName): number => 33_301 + ruleNames.indexOf(rule);
/** Its first cause. */
export const sceneOf = (rule: RuleName): Scene => {
  const { is }: RuleCase<string> = diagnosisCases[rule];
  const [scene] = Object.values(is);
  if (scene === undefined) throw new Error(`no case of ${rule}`);
  return scene;
};
