import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCopy } from '@tabler/icons-react';
import { Component, createContext, use, type ContextType, type ErrorInfo, type ReactNode } from 'react';
import { useWords } from '../text/useWords';
import { CopyButton, CopyContext } from './Copyable';
import classes from './Boundary.module.css';

/** Writes a problem of the window to the log. */
export const ReportContext = createContext<(where: string, detail: string) => void>(() => undefined);

interface BoundaryProps {
  /** Names the part in the log. */
  readonly where: string;
  /** The rendered value; after an error, a new value is tried again. */
  readonly of?: unknown;
  /** The kind of element: a line of a list box, a list item, a row, a table row, or a part of the screen. A part has a retry button. */
  readonly as?: 'line' | 'item' | 'row' | 'tableRow' | 'part';
  readonly children: ReactNode;
}
interface BoundaryState {
  /** `null`: no error. */
  readonly problem: string | null;
  readonly of: unknown;
}

/** Limits a rendering error to its children. React offers this to classes only. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static override contextType = ReportContext;
  declare context: ContextType<typeof ReportContext>;

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { problem: detailOf(error) };
  }

  static getDerivedStateFromProps({ of }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return of === state.of ? null : { problem: null, of };
  }

  override state: BoundaryState = { problem: null, of: this.props.of };

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.context(this.props.where, `${detailOf(error)}${componentStack ?? ''}`);
  }

  override render(): ReactNode {
    const { as = 'part', children } = this.props;
    const { problem } = this.state;
    if (problem === null) return children;
    if (as === 'line') return <BrokenLine problem={problem} />;
    if (as === 'item') return <BrokenRow element="li" problem={problem} />;
    if (as === 'row') return <BrokenRow element="div" problem={problem} />;
    if (as === 'tableRow')
      return (
        <tr>
          <td colSpan={everyColumn}>
            <BrokenRow element="div" problem={problem} />
          </td>
        </tr>
      );
    return <BrokenPart problem={problem} onRetry={() => this.setState({ problem: null })} />;
  }
}

/** The error and its location. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack = '' } = error;
  return stack.includes(message) ? stack : `${name}: ${message}\n${stack}`;
}

/** More columns than any table has. */
const everyColumn = 100;

const firstLine = (problem: string): string => problem.split('\n')[0] ?? '';

function BrokenLine({ problem }: { readonly problem: string }) {
  const { t } = useWords();
  const copy = use(CopyContext);
  return (
    <span className={classes['line']} title={problem}>
      <IconAlertTriangle size={13} aria-hidden />
      <span>{t('problem.line')}</span>
      <span className={classes['reason']}>{firstLine(problem)}</span>
      {/* A line of a list box can't contain a button; its name has the text. */}
      <span
        className={classes['copy']}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          void copy(problem);
        }}
      >
        <IconCopy size={12} /> {t('problem.copy')}
      </span>
    </span>
  );
}

interface BrokenRowProps {
  readonly element: 'li' | 'div';
  readonly problem: string;
}
function BrokenRow({ element: Element, problem }: BrokenRowProps) {
  const { t } = useWords();
  return (
    <Element className={classes['line']}>
      <IconAlertTriangle size={13} aria-hidden />
      <span>{t('problem.line')}</span>
      <span className={classes['reason']}>{firstLine(problem)}</span>
      <CopyButton text={() => problem} what={t('problem.detail')} />
    </Element>
  );
}

interface BrokenPartProps {
  readonly problem: string;
  readonly onRetry: () => void;
}
function BrokenPart({ problem, onRetry }: BrokenPartProps) {
  const { t } = useWords();
  return (
    <div className={classes['part']} role="alert">
      <p>
        <IconAlertTriangle size={14} aria-hidden /> <strong>{t('problem.part')}</strong> {t('problem.text')}
      </p>
      <div className={classes['ways']}>
        <span className={classes['reason']}>{firstLine(problem)}</span>
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          {t('app.again')}
        </Button>
        <CopyButton text={() => problem} what={t('problem.detail')}>
          {t('problem.copy')}
        </CopyButton>
      </div>
    </div>
  );
}
