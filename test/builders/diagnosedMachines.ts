/** A machine for each rule of the diagnosis, on which the rule is true. */
import { ruleNames, type RuleName } from '#shared/diagnosis/index';
import { makeSign } from '../../src/main/core/protocol/sign';
import { diagnosisCases } from '../fixtures/diagnosisCases';
import type { RuleCase, Scene } from './diagnosing';

export const verificationCode = 'ABCDEFGH';
/** Rules that depend on settings or stored data, which a capture lacks. The value is the login of such a machine. */
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
/** A capture does not contain upgrades, and its time zone is not known. */
export const recordableRules = ruleNames.filter(
  (rule) => !isOfSettings(rule) && rule !== 'upgradeNotFetched' && rule !== 'clockOff',
);

export const numberOf = (rule: RuleName): number => 33_301 + ruleNames.indexOf(rule);
/** The first cause of the rule. */
export const sceneOf = (rule: RuleName): Scene => {
  const { is }: RuleCase<string> = diagnosisCases[rule];
  const [scene] = Object.values(is);
  if (scene === undefined) throw new Error(`no case of ${rule}`);
  return scene;
};
