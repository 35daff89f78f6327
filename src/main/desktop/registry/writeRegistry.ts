/** The machine list as CSV: RFC 4180, with the byte order mark by which Excel recognises UTF-8. */
import { stringify } from 'csv-stringify/sync';
import type { MachineConfig } from '#shared/model/machineSettings';
import { numberHeading, registryHeadings, registryKeys } from '#shared/registryWords';
import { safeCell } from '../../core/lists/plan';

export function registryFile(
  machines: readonly (readonly [vmcNo: number, config: MachineConfig])[],
  language: 'en' | 'zh',
): string {
  const headings = [numberHeading, ...registryKeys.map((key) => registryHeadings[key])];
  const rows = machines.map(([vmcNo, config]) => [
    String(vmcNo),
    ...registryKeys.map((key) => safeCell(config[key])),
  ]);
  return stringify([headings.map((heading) => heading[language]), ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    // Some programs also split cells at semicolons and tabs.
    quoted_match: /[;\t\r\n]/,
  });
}
