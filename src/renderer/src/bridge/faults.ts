import type { Fault } from '#shared/model/history';
import { faultPages } from '../store/faults';
import { useHistory, type History } from './pages';
import { request } from './request';

/** The error history of one machine or of all; for the whole life of the component. */
export function useFaults(vmcNo: number | null, activeOnly: boolean): History<Fault> {
  return useHistory(() => ({
    pages: faultPages,
    read: async (before, limit) => request('faults', { vmcNo, activeOnly, before, limit }),
    news: (state) => state.news.faults,
    isMine: (fault) => vmcNo === null || fault.vmcNo === vmcNo,
  }));
}
