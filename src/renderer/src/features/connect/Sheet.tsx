import { Button, Group, Modal } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import { appendedPort } from '#shared/connectWalk';
import type { AppError } from '#shared/contract/errors';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { QrCode } from '../../ui/QrCode';
import { useFocusBack } from '../../ui/useFocusBack';
import { hostPort } from '../../ui/where';
import classes from './Sheet.module.css';

interface SheetProps {
  readonly address: string;
  readonly port: number;
  readonly onClose: () => void;
}

/** What to type into a machine, to be read from two steps away, or on paper: then nothing else of the window is printed. */
export function Sheet({ address, port, onClose }: SheetProps) {
  const { t } = useWords();
  useFocusBack();
  const vmcNo = useCrema((s) => s.expecting);
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const where = hostPort(address, port);
  const save = async (): Promise<void> => {
    const reply = await request('saveSheet', undefined);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setSaved(reply.value);
  };
  return (
    <Modal
      opened
      fullScreen
      title={t('connectWalk.sheet.title')}
      onClose={onClose}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('connectWalk.sheet.close') }}
      classNames={{ root: classes['root'] ?? '', header: classes['header'] ?? '' }}
      styles={{ title: { fontWeight: 600, fontSize: 22 } }}
      onKeyDown={(event) => {
        // Keys meant for it do not reach the screen behind; the focus trap lives on Tab.
        if (event.key !== 'Tab' && event.key !== 'Escape') event.stopPropagation();
      }}
    >
      <div className={classes['sheet']}>
        <div className={classes['values']}>
          <Value label={t('connect.address')} value={address} />
          <Value label={t('connect.port')} value={String(port)} />
          {vmcNo !== null && <Value label={t('machine.number')} value={String(vmcNo)} />}
        </div>
        <figure className={classes['qr']}>
          <QrCode text={where} label={t('connectWalk.sheet.qr', { text: where })} size={260} />
          <figcaption>{t('connectWalk.sheet.qrNote')}</figcaption>
        </figure>
        <ol className={classes['way']}>
          <li>{t('connectWalk.sheet.corner')}</li>
          <li>{t('connectWalk.sheet.menu')}</li>
          <li>
            {t('connectWalk.sheet.type', {
              address,
              port,
              appended:
                port === appendedPort
                  ? t('connectWalk.sheet.appended', { port })
                  : t('connectWalk.sheet.notAppended', { where, usual: appendedPort }),
            })}
          </li>
          {vmcNo !== null && <li>{t('connectWalk.sheet.number', { vmcNo })}</li>}
          <li>{t('connectWalk.sheet.restart')}</li>
        </ol>
      </div>
      <Group gap="sm" className={classes['actions']}>
        <Button leftSection={<IconFileTypePdf size={15} aria-hidden />} onClick={() => void save()}>
          {t('connectWalk.sheet.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('connectWalk.sheet.close')}
        </Button>
        <span role="status">{saved !== null && t('connectWalk.sheet.saved', { file: saved })}</span>
        <ErrorNote error={error} />
      </Group>
    </Modal>
  );
}

function Value({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <div className={classes['label']}>{label}</div>
      <div className={classes['value']} data-copyable>
        {value}
      </div>
    </div>
  );
}
