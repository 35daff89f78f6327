import type { MachineStatus } from '#shared/model/machine';

/**
 * The shapes beside a text: of a machine's status, and of severities (fault: Critical, error, warning, info; online: OK). A dashed
 * one marks a state that is not confirmed.
 */
export type Shape = MachineStatus | 'info' | 'pending';
