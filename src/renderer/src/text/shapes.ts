import type { MachineStatus } from '#shared/model/machine';

/**
 * The shapes that stand beside a text: those of a machine's status, of severities (fault: Critical, error, warning, info; online: OK),
 * and of a state that still has to be confirmed, or can't be.
 */
export type Shape = MachineStatus | 'info' | 'pending';
