import { errorKey } from '#shared/errors/codes';
import type { Fault, FaultQuery } from '#shared/model/history';
import { faultPages } from '../store/faults';
import { useHistory, type History } from './pages';
import { request } from './request';

export type ShownFaults = Required<Omit<FaultQuery, 'before' | 'limit'>>;

/** The error history of one machine or of all; for the whole life of the component. */
export function useFaults({ vmcNo, activeOnly, code, during }: ShownFaults): History<Fault> {
  return useHistory(() => ({
    pages: faultPages,
    read: async (before, limit) => request('faults', { vmcNo, activeOnly, code, during, before, limit }),
    news: (state) => state.news.faults,
    isMine: (fault) =>
      (vmcNo === null || fault.vmcNo === vmcNo) &&
      (code === null || errorKey(fault.code) === errorKey(code)) &&
      (during === null || (fault.setAt >= during.from && fault.setAt < during.to)),
  }));
}
