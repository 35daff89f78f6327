import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { machineSettingRows } from '#shared/model/machineSettings';
import type { RegistryKey, RegistryPreview, RegistryProblem } from '#shared/model/registry';
import { anyKey } from '../../../text/t';
import { listed } from '../../../text/phrases';
import { useWords } from '../../../text/useWords';
import type { Words } from '../../../text/words';
import { VirtualList } from '../../../ui/VirtualList';
import { rowHeights } from '../../../ui/rows';
import classes from './Registry.module.css';

/** One change. */
interface Line {
  readonly vmcNo: number;
  readonly isNew: boolean;
  readonly key: RegistryKey;
  readonly from: string;
  readonly to: string;
}

/** The changes that a file would make, and its ignored parts. */
export function Preview({ preview }: { readonly preview: RegistryPreview }) {
  const words = useWords();
  const { t } = words;
  const { file, rows, unchanged, problems, unknown } = preview;
  const isNew = rows.filter((row) => row.isNew).length;
  const lines = useMemo(
    () =>
      rows.flatMap(({ vmcNo, isNew: newOne, changes }) =>
        changes.map((change): Line => ({ vmcNo, isNew: newOne, ...change })),
      ),
    [rows],
  );
  const places = useMemo(() => problems.map((_, at) => at), [problems]);
  const ids = useMemo(() => lines.map((_, at) => at), [lines]);
  const asked = lines.filter(({ key, to }) => asks(key).includes(to)).length;
  return (
    <div className={classes['preview']}>
      <p role="status" data-preview>
        <strong>{t('registry.ofFile', { file })}</strong>
        {t('registry.changes', { count: rows.length - isNew })}
        {t('registry.new', { count: isNew })}
        {t('registry.unchanged', { count: unchanged })}
        {problems.length > 0 && (
          <span className={classes['wrong']}>{t('registry.refused', { count: problems.length })}</span>
        )}
      </p>
      {isNew > 0 && <p className="dim">{t('registry.newNote')}</p>}
      {unknown.length > 0 && (
        <p className="dim">{t('registry.unknown', { columns: listed(words, unknown) })}</p>
      )}
      {asked > 0 && (
        <p className={classes['mind']}>
          <IconAlertTriangle size={15} aria-hidden /> {t('registry.enforced', { count: asked })}
        </p>
      )}
      {problems.length > 0 && (
        <div
          className={classes['problems']}
          style={{ height: Math.min(140, problems.length * rowHeights.frame + 2) }}
        >
          <VirtualList
            label={t('registry.problems')}
            ids={places}
            rowHeight={rowHeights.frame}
            selected={null}
            onSelect={() => undefined}
            renderRow={(at) => <ProblemLine problem={problems[at]} />}
          />
        </div>
      )}
      {lines.length > 0 && (
        <div
          className={classes['changes']}
          style={{ height: Math.min(320, lines.length * rowHeights.list + 2) }}
        >
          <VirtualList
            label={t('registry.list')}
            ids={ids}
            rowHeight={rowHeights.list}
            selected={null}
            onSelect={() => undefined}
            renderRow={(at) => <ChangeLine line={lines[at]} />}
          />
        </div>
      )}
    </div>
  );
}

function ProblemLine({ problem }: { readonly problem: RegistryProblem | undefined }) {
  const words = useWords();
  if (problem === undefined) return null;
  const text = problemWords(words, problem);
  return (
    <div className={classes['problem']} title={text}>
      {text}
    </div>
  );
}

function ChangeLine({ line }: { readonly line: Line | undefined }) {
  const words = useWords();
  if (line === undefined) return null;
  const { vmcNo, isNew, key, from, to } = line;
  return (
    <div className={classes['change']} data-change={`${vmcNo} ${key}`}>
      <span className="tabular">{vmcNo}</span>
      <span className={classes['new']}>{isNew && words.t('registry.isNew')}</span>
      <span className="dim">{words.t(`machineSetting.${key}.title`)}</span>
      <span title={from} className={classes['from']}>
        {valueWords(words, key, from)}
      </span>
      <span aria-hidden>→</span>
      <span title={to}>{valueWords(words, key, to)}</span>
    </div>
  );
}

const asks = (key: RegistryKey): readonly string[] => {
  const { control } = machineSettingRows[key];
  return control.kind === 'choice' ? control.asks : [];
};

function valueWords(words: Words, key: RegistryKey, cell: string): string {
  if (cell === '') return words.t('registry.empty');
  return machineSettingRows[key].control.kind === 'choice'
    ? anyKey(words.t)(`machineSetting.${key}.value.${cell}`)
    : cell;
}

function problemWords({ t }: Words, { line, problem, params }: RegistryProblem): string {
  return t('registry.line', { line, why: anyKey(t)(`registry.problem.${problem}`, params) });
}
