import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { takeDropped } from '../../bridge/taking';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import classes from './DropTarget.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Packages may be dropped on the whole window, whatever it shows. */
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
    // It has left the window, not one part of it for another.
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
    // What is entered has to take it too: else a drop right then is refused.
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
    // It is what the files are dropped on: what lies below may be gone by then, and the drop with it. A pointer that moves drags nothing.
    <div className={classes['over']} onPointerMove={() => setOver(false)}>
      <div className={classes['here']} role="status">
        <IconFileZip size={40} aria-hidden />
        <p className={classes['what']}>{t('packages.drop')}</p>
        <p className="dim">{t('packages.dropNote')}</p>
      </div>
    </div>
  );
}
