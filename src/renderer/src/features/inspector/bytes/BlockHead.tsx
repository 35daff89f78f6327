import { CopyButton } from '../../../ui/Copyable';
import classes from './BlockHead.module.css';

interface BlockHeadProps {
  readonly title: string;
  /** What is copied is named so. */
  readonly what?: string;
  readonly copy: () => string;
  readonly copyLabel: string;
}

/** The title of a part of a frame, and the way to copy all of that part. */
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
