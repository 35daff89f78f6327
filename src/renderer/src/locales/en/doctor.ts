/** "Check this computer": the texts around its lines, which are in shared/doctorWords.ts. */
import type { DoctorLevel } from '#shared/doctorWords';

export const doctor = {
  doctor: {
    title: 'This computer',
    note: 'Looks at everything Crema needs of this computer and says what to do. It changes nothing.',
    check: 'Check this computer',
    again: 'Check again',
    stop: 'Stop',
    progress: '{{done}} of {{all}} checked',
    copy: 'Copy as text',
    what: 'what was found',
    summary: {
      ok: 'All is well.',
      warning: 'It works; the lines with ! are worth knowing.',
      problem: 'Do what the lines with ✗ say.',
    } satisfies Record<DoctorLevel, string>,
    level: { ok: 'fine', warning: 'worth knowing', problem: 'problem' } satisfies Record<DoctorLevel, string>,
  },
} as const;
