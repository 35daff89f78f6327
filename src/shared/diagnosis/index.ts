/** All diagnosis rules, the most urgent of each severity first. */
import { clockOff, clockWrong, loginMissing, loginRefused, numberShared, serverElsewhere } from './login';
import {
  commandsUnknown,
  fieldsOdd,
  fieldsUnknown,
  jsonLenient,
  jsonUnreadable,
  textGb18030,
} from './bodies';
import { fatalFlags } from './fatalFlags';
import { framesLost, frameTooLong, halfFrames, programRestarted } from './frames';
import { headChanging, headForced, headWrong, lengthInChars } from './head';
import { heartbeatIrregular, heartbeatMissing, heartbeatSlow } from './heartbeat';
import { materialEmpty, soldOut, stockNotCounted } from './supplies';
import { ordersResent, paymentUnanswered, priceZero, qrTooLong } from './orders';
import { reconnectLoop } from './reconnectLoop';
import { signAbsent, signLoose, signMismatch, signOlder } from './sign';
import { upgradeNotFetched } from './upgradeNotFetched';
import type { DiagnosisFacts, Rule, Seen } from './kit/rule';

export const diagnosisRules = {
  numberShared,
  reconnectLoop,
  loginMissing,
  loginRefused,
  soldOut,
  upgradeNotFetched,
  heartbeatMissing,
  paymentUnanswered,
  ordersResent,
  halfFrames,
  framesLost,
  heartbeatSlow,
  clockWrong,
  clockOff,
  signMismatch,
  signAbsent,
  serverElsewhere,
  priceZero,
  materialEmpty,
  qrTooLong,
  frameTooLong,
  headForced,
  headWrong,
  headChanging,
  lengthInChars,
  jsonUnreadable,
  heartbeatIrregular,
  programRestarted,
  stockNotCounted,
  fatalFlags,
  signOlder,
  signLoose,
  jsonLenient,
  textGb18030,
  commandsUnknown,
  fieldsOdd,
  fieldsUnknown,
} as const;

type Rules = typeof diagnosisRules;
export type RuleName = keyof Rules;
export type CauseOf<Name extends RuleName> = keyof Rules[Name]['causes'] & string;

/** With one common type. */
const rows: Readonly<Record<RuleName, Rule>> = diagnosisRules;
export const ruleOf = (name: RuleName): Rule => rows[name];

const rank = { error: 0, warning: 1, info: 2 } as const;
/** Most severe first. */
export const ruleNames: readonly RuleName[] = (Object.keys(diagnosisRules) as RuleName[]).toSorted(
  (a, b) => rank[rows[a].severity] - rank[rows[b].severity],
);

/** The present diagnoses, most severe first, for a machine outside the server, such as in a capture. */
export function allSeen(facts: DiagnosisFacts): readonly (Seen & { readonly rule: RuleName })[] {
  return ruleNames.flatMap((rule) => {
    const seen = rows[rule].when(facts);
    return seen === null ? [] : [{ ...seen, rule }];
  });
}
