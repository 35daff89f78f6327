/** A workshop's own entries in the error catalogue, by `errorKey`. Absent members are as in the catalogue. */
import { z } from 'zod';
import { longestErrorText, longestName, mostOwnErrors } from '../limits';

const line = z.string().trim().min(1).max(longestName);
const text = z.string().trim().min(1).max(longestErrorText);

export const errorSeverities = ['fatal', 'fault', 'warning', 'info'] as const;
/** Shown as Critical, Error, Warning and Info. `fatal`: the machine is out of service. */
export type ErrorSeverity = (typeof errorSeverities)[number];

/** In the order of a file's columns. */
const members = {
  name: line.exactOptional(),
  meaning: text.exactOptional(),
  cause: text.exactOptional(),
  remedy: text.exactOptional(),
  severity: z.enum(errorSeverities).exactOptional(),
  /** No notifications of this error. It is still listed. */
  muted: z.literal(true).exactOptional(),
};
export type OwnErrorMember = keyof typeof members;
export const ownErrorMembers = Object.keys(members) as readonly OwnErrorMember[];

/** The length limit of codes from machines. */
export const ownErrorCode = z.string().trim().min(1).max(64);

export const ownErrorSchema = z
  .strictObject(members)
  .refine((entry) => Object.keys(entry).length > 0, { message: 'empty' });
export const ownErrorsSchema = z
  .record(ownErrorCode, ownErrorSchema)
  .refine((entries) => Object.keys(entries).length <= mostOwnErrors);

export type OwnError = z.infer<typeof ownErrorSchema>;
export type OwnErrors = Readonly<Record<string, OwnError>>;

/** Converts the format of earlier versions: names only. */
export const fromErrorNames = (names: Readonly<Record<string, string>>): OwnErrors =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [key, { name }]));
