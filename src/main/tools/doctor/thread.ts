/** Entry of the doctor's thread. */
import { ownPort, serve } from '../../lib/threads/serve';
import type { DoctorCalls } from './computer';
import { examine } from './checks';

serve<DoctorCalls>(ownPort(), { examine: ({ name, computer }) => examine(name, computer) });
