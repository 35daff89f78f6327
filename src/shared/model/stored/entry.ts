/** Stored parts of journal entries. */
import { z } from 'zod';
import type { Finding } from '../../findings';
import type { CloseReason } from '../closeReasons';
import type { Peer } from '../frame';
import { findingCode, params, peer, read, reason } from './values';

const finding = (): z.ZodType<Finding> =>
  z
    .object({ code: findingCode, params: params.optional() })
    .transform(({ code, params: given }) => (given === undefined ? { code } : { code, params: given }));

const oneFinding = z.lazy(finding);
const someFindings = z.lazy(() => z.array(finding()));

export const readPeer = (text: string): Peer | null => read(peer, text);
export const readReason = (text: string): CloseReason | null => read(reason, text);
export const readFinding = (text: string): Finding | null => read(oneFinding, text);
export const readFindings = (text: string): readonly Finding[] | null => read(someFindings, text);
