import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { takeDropped } from '../../bridge/taking';
import { useConfig, useCrema } from '../../store';
import { giveTo, navigate } from '../../store/navigate';
import { isCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import classes from './DropTarget.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** The machine of the line under the pointer, otherwise of the shown page; `null`: none, or it can be sent nothing. */
function machineAt({ clientX, clientY }: DragEvent): number | null {
  const { route, machines, source } = useCrema.getState();
  if (isCapture({ source })) return null;
  const [line] = document
    .elementsFromPoint(clientX, clientY)
    .flatMap((element) => element.closest<HTMLElement>('[data-vmc]') ?? []);
  const ofPage = route.screen === 'machines' ? route.vmcNo : null;
  const vmcNo = line === undefined ? ofPage : Number(line.dataset['vmc']);
  return vmcNo !== null && machines.has(vmcNo) ? vmcNo : null;
}

/** Packages can be dropped anywhere in the window: on a machine, to upgrade it after a question; elsewhere for the library. */
export function DropTarget() {
  /** The machine to upgrade; library: the packages are only kept. */
  const [target, setTarget] = useState<number | 'library' | null>(null);
  useEffect(() => {
    /** As shown last: the screen below may change before the drop. */
    let shown: number | null = null;
    const show = (next: number | 'library' | null): void => {
      shown = typeof next === 'number' ? next : null;
      setTarget(next);
    };
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      show(machineAt(event) ?? 'library');
    };
    // The pointer left the window, not one element for another.
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) show(null);
    };
    const onDrop = (event: DragEvent): void => {
      const vmcNo = shown;
      show(null);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      // Several files are not one upgrade.
      const forMachine = files.length === 1 ? vmcNo : null;
      if (forMachine === null) navigate({ screen: 'upgrades' });
      else giveTo(forMachine, 'upgrade');
      void takeDropped(files, forMachine);
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
  if (target === null) return null;
  return (
    // The overlay receives the drop, because elements below may disappear. A moving pointer means that no drag is active.
    <div className={classes['over']} onPointerMove={() => setTarget(null)}>
      <div className={classes['here']} role="status">
        <div className={classes['text']}>
          <IconFileZip size={40} aria-hidden />
          {target === 'library' ? <ForLibrary /> : <ForMachine vmcNo={target} />}
        </div>
      </div>
    </div>
  );
}

function ForLibrary() {
  const { t } = useWords();
  return (
    <>
      <p className={classes['what']}>{t('packages.drop')}</p>
      <p className="dim">{t('packages.dropNote')}</p>
    </>
  );
}

function ForMachine({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const { name } = useConfig(vmcNo);
  return (
    <>
      <p className={classes['what']}>
        {t('packages.dropOn', { who: name === '' ? String(vmcNo) : `${vmcNo} ${name}` })}
      </p>
      <p className="dim">{t('packages.dropOnNote')}</p>
    </>
  );
}
