import { CopyButton } from '../../../ui/Copyable';
import classes from './BlockHead.module.css';

interface BlockHeadProps {
  readonly title: string;
  /** The name of the copied content. */
  readonly what?: string;
  readonly copy: () => string;
  readonly copyLabel: string;
}

/** The heading of a frame's part, with a button to copy the whole part. */
export function BlockHead({ title, what = title, copy, copyLabel }: BlockHeadProps) {
  return (
    <div className={classes['head']}>
      <h4>{title}</h4>
      <CopyButton text={copy} what={what}>
        {copyLabel}
      </CopyButton>
    </div>
  );
}
