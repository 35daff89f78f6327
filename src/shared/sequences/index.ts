/** The built-in procedures, in the order of the window. */
import { afterService } from './afterService';
import { beforeOpening } from './beforeOpening';
import { closeDown } from './closeDown';
import type { ShippedSequence } from './sequence';

const sequences = { afterService, beforeOpening, closeDown } as const;
export type SequenceName = keyof typeof sequences;
export const sequenceNames = Object.keys(sequences) as readonly SequenceName[];
export const sequenceOf = (name: SequenceName): ShippedSequence => sequences[name];
