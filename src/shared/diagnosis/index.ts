/** All diagnosis rules, the most urgent of each severity first. */
import { clockWrong } from './clockWrong';
import { commandsUnknown } from './commandsUnknown';
import { fatalFlags } from './fatalFlags';
import { fieldsOdd } from './fieldsOdd';
import { fieldsUnknown } from './fieldsUnknown';
import { frameTooLong } from './frameTooLong';
import { framesLost } from './framesLost';
import { halfFrames } from './halfFrames';
import { headChanging } from './headChanging';
import { headForced } from './headForced';
import { headWrong } from './headWrong';
import { heartbeatIrregular } from './heartbeatIrregular';
import { heartbeatMissing } from './heartbeatMissing';
import { heartbeatSlow } from './heartbeatSlow';
import { jsonLenient } from './jsonLenient';
import { jsonUnreadable } from './jsonUnreadable';
import { lengthInChars } from './lengthInChars';
import { loginMissing } from './loginMissing';
import { loginRefused } from './loginRefused';
import { materialEmpty } from './materialEmpty';
import { numberShared } from './numberShared';
import { ordersResent } from './ordersResent';
import { paymentUnanswered } from './paymentUnanswered';
import { priceZero } from './priceZero';
import { programRestarted } from './programRestarted';
import { qrTooLong } from './qrTooLong';
import { reconnectLoop } from './reconnectLoop';
import { serverElsewhere } from './serverElsewhere';
import { signAbsent } from './signAbsent';
import { signLoose } from './signLoose';
import { signMismatch } from './signMismatch';
import { signOlder } from './signOlder';
import { soldOut } from './soldOut';
import { stockNotCounted } from './stockNotCounted';
import { textGb18030 } from './textGb18030';
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
