/** Acts of the audit trail: audited requests, and acts that no window asked for. */
import { ownActs, type AuditEntry } from '../model/audit';
import { isAudited, requestNames, type AuditedName } from './requests/index';

export type AuditAct = AuditedName | (typeof ownActs)[number];
export const auditActs: readonly AuditAct[] = [...requestNames.filter(isAudited), ...ownActs];

/** An act as it is reported; number, time and person are added when it is written. */
export type AuditNote = Pick<AuditEntry, 'screen' | 'vmcNo' | 'what' | 'refused'> & {
  readonly act: AuditAct;
};
