import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { takeDropped } from '../../bridge/taking';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import classes from './DropTarget.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Packages can be dropped anywhere in the window. */
export function DropTarget() {
  const { t } = useWords();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    // The pointer left the window, not one element for another.
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      navigate({ screen: 'upgrades' });
      void takeDropped(files);
    };
    // `dragenter` must accept the files too: otherwise a drop at that moment is refused.
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!isOver) return null;
  return (
    // The overlay receives the drop, because elements below may disappear. A moving pointer means that no drag is active.
    <div className={classes['over']} onPointerMove={() => setOver(false)}>
      <div className={classes['here']} role="status">
        <IconFileZip size={40} aria-hidden />
        <p className={classes['what']}>{t('packages.drop')}</p>
        <p className="dim">{t('packages.dropNote')}</p>
      </div>
    </div>
  );
}
