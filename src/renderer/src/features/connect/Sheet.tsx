import { Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { appendedPort } from '#shared/connectWalk';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { PaperSheet } from '../../ui/PaperSheet';
import { QrCode } from '../../ui/QrCode';
import { hostPort } from '../../ui/where';
import classes from './Sheet.module.css';

interface ShowLargeProps {
  readonly address: string;
  readonly port: number;
}

/** A button that shows the values for a machine in large type. */
export function ShowLarge({ address, port }: ShowLargeProps) {
  const { t } = useWords();
  const [isLarge, setLarge] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconQrcode size={14} aria-hidden />}
        onClick={() => setLarge(true)}
      >
        {t('connectWalk.showSheet')}
      </Button>
      {isLarge && <Sheet address={address} port={port} onClose={() => setLarge(false)} />}
    </>
  );
}

interface SheetProps extends ShowLargeProps {
  readonly onClose: () => void;
}

/** The values for a machine, to read from a distance or to print without the rest of the window. */
function Sheet({ address, port, onClose }: SheetProps) {
  const { t } = useWords();
  const vmcNo = useCrema((s) => s.expecting);
  const where = hostPort(address, port);
  return (
    <PaperSheet
      title={t('connectWalk.sheet.title')}
      onSave={async () => request('saveSheet', undefined)}
      onClose={onClose}
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
    </PaperSheet>
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
