/** Conditions that a filter sets, in two forms: tokens that a block must have, and SQL conditions for a row. */
import { foldCase, isPlainNeedle } from '#shared/filter/language/patterns';
import type { Need, Needs } from '#shared/filter/language/needs';
import type { Alternatives, Requirement } from './candidates';
import { eachTextToken, factToken, facts } from './tokens';

/** Rarest requirements first, because the search starts with them. */
export function alternativesOf(needs: Needs | null): Alternatives {
  return needs === null ? [[]] : needs.map((parts) => [...pairsOf(parts), ...parts.flatMap(requirementsOf)]);
}

function requirementsOf(need: Need): readonly Requirement[] {
  switch (need.on) {
    case 'vmcNo':
      return [need.among.map((vmcNo) => factToken(facts.vmcNo(vmcNo)))];
    case 'conn':
      return [need.among.map((conn) => factToken(facts.conn(conn)))];
    case 'cmd':
      return [need.among.map((cmd) => factToken(facts.cmd(cmd)))];
    case 'dir':
      return [[...need.among.map((dir) => factToken(facts.dir(dir))), factToken(facts.kind('junk'))]];
    case 'kind':
      return [need.among.map((kind) => factToken(facts.kind(kind)))];
    case 'finding':
      return [
        need.among === null
          ? [factToken(facts.anyFinding)]
          : need.among.map((code) => factToken(facts.finding(code))),
      ];
    case 'text': {
      const required: Requirement[] = [];
      eachTextToken(foldCase(need.needle), (token) => required.push([token]));
      return required;
    }
    case 'at':
    case 'id':
    case 'size':
      return [];
  }
}

/** The combination of machine and command is rarer than each alone. */
function pairsOf(parts: readonly Need[]): readonly Requirement[] {
  const machines = parts.flatMap((need) => (need.on === 'vmcNo' ? [need.among] : []));
  const cmds = parts.flatMap((need) => (need.on === 'cmd' ? [need.among] : []));
  const [vmcNos, names] = [machines[0], cmds[0]];
  if (vmcNos === undefined || names === undefined) return [];
  return [vmcNos.flatMap((vmcNo) => names.map((cmd) => factToken(facts.cmdOf(vmcNo, cmd))))];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The span of times or ids that covers all matches. */
export function spanOf(needs: Needs | null, on: 'at' | 'id'): Span {
  const spans = (needs ?? [[]]).map((parts) =>
    parts.reduce<Span>(
      (span, need) =>
        need.on === on
          ? { from: Math.max(span.from, need.from ?? -Infinity), to: Math.min(span.to, need.to ?? Infinity) }
          : span,
      { from: -Infinity, to: Infinity },
    ),
  );
  return {
    from: Math.min(...spans.map(({ from }) => from), Infinity),
    to: Math.max(...spans.map(({ to }) => to), -Infinity),
  };
}

export interface Where {
  /** ' AND …' or ''. */
  readonly sql: string;
  readonly values: readonly (number | string)[];
}

export function whereOf(needs: Needs | null): Where {
  if (needs === null) return { sql: '', values: [] };
  const values: (number | string)[] = [];
  const ors = needs.map((parts) => {
    const ands = parts.map((need) => conditionOf(need, values)).filter((sql) => sql !== null);
    return ands.length === 0 ? '1' : ands.join(' AND ');
  });
  return { sql: ` AND (${ors.length === 0 ? '0' : ors.map((sql) => `(${sql})`).join(' OR ')})`, values };
}

function conditionOf(need: Need, values: (number | string)[]): string | null {
  const among = (column: string, of: readonly (number | string)[]): string => {
    values.push(...of);
    return `${column} IN (${of.map(() => '?').join(',')})`;
  };
  const within = (
    column: string,
    { from, to }: { readonly from: number | null; readonly to: number | null },
  ) => {
    if (from !== null) values.push(from);
    if (to !== null) values.push(to);
    return [from === null ? '1' : `${column} >= ?`, to === null ? '1' : `${column} <= ?`].join(' AND ');
  };
  switch (need.on) {
    case 'vmcNo':
      // Entries without a number belong to a machine that only the filter can find.
      return `(${among('vmc_no', need.among)} OR vmc_no IS NULL)`;
    case 'conn':
      return among('conn', need.among);
    case 'dir':
      // Only the findings of junk show its sender, so the filter itself decides.
      return `(${among(`coalesce(dir, 'in')`, need.among)} OR kind = 'junk')`;
    case 'kind':
      return among('kind', need.among);
    case 'cmd':
      // SQLite cannot compare blanks and non-ASCII letters as the filter does, so the filter decides.
      return `(${among('lower(cmd)', need.among)} OR cmd GLOB '*[^!-~]*')`;
    case 'at':
      return within('at', need);
    case 'id':
      return within('id', need);
    case 'size':
      return within('coalesce(length(bytes), 0)', need);
    case 'finding':
      return 'detail IS NOT NULL';
    case 'text': {
      const needle = foldCase(need.needle);
      if (!isPlainNeedle(needle)) return null;
      values.push(needle);
      // The filter itself checks junk and bytes that are not plain UTF-8.
      return `(instr(lower(CAST(bytes AS TEXT)), ?) > 0 OR kind = 'junk' OR detail LIKE '%"text.%' OR instr(bytes, x'00') > 0)`;
    }
  }
}
