import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Site } from '#shared/model/sites';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { heardWords, siteShape, siteStateWords } from '../../../text/siteWords';
import { useWords } from '../../../text/useWords';
import { AskOnce } from '../../../ui/AskOnce';
import { Boundary } from '../../../ui/Boundary';
import { ErrorNote } from '../../../ui/ErrorNote';
import { StateShape } from '../../../ui/StateShape';
import { useTicked } from '../../../ui/useTicked';
import { Ticking } from '../../../ui/Ticking';
import { WarningNote } from '../../../ui/WarningNote';
import { SiteDialog } from './SiteDialog';
import { SiteFileList } from './SiteFileList';
import classes from './Sites.module.css';

/** The sites that share their records through a broker. Without any: one line and one button. */
export function SitesPanel() {
  const { t } = useWords();
  const { sites, problem } = useCrema((s) => s.sites);
  const remove = useRequest('removeSite');
  /** `''`: a new site; `null`: the dialog is closed. */
  const [editing, setEditing] = useState<string | null>(null);
  const [listing, setListing] = useState<string | null>(null);
  const listed = sites.find(({ id }) => id === listing) ?? null;
  return (
    <Stack gap="sm" align="flex-start">
      <p className="dim">{t('sites.note')}</p>
      {problem !== null && <WarningNote>{t('sites.fileProblem', { detail: problem })}</WarningNote>}
      {sites.length > 0 && (
        <div className={classes['table']}>
          <table aria-label={t('sites.table')}>
            <thead>
              <tr>
                <th scope="col">{t('sites.column.name')}</th>
                <th scope="col">{t('sites.column.state')}</th>
                <th scope="col">
                  <span className={classes['hidden']}>{t('sites.editShort')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sites.map((site) => (
                <Boundary key={site.id} as="row" where={`site ${site.name}`} of={site}>
                  <SiteRow
                    site={site}
                    onFiles={() => setListing(site.id)}
                    onEdit={() => setEditing(site.id)}
                    onRemove={() => void remove.run({ id: site.id })}
                  />
                </Boundary>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ErrorNote error={remove.error} />
      <Button variant={sites.length === 0 ? 'filled' : 'default'} onClick={() => setEditing('')}>
        {t('sites.add')}
      </Button>
      {listed !== null && <SiteFileList site={listed} onClose={() => setListing(null)} />}
      {editing !== null && <SiteDialog first={editing} onClose={() => setEditing(null)} />}
    </Stack>
  );
}

interface SiteRowProps {
  readonly site: Site;
  readonly onFiles: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}
function SiteRow({ site, onFiles, onEdit, onRemove }: SiteRowProps) {
  const words = useWords();
  const { t } = words;
  const { id, name, role, servers } = site;
  const send = useRequest('sendSiteFile');
  const shape = useTicked((now) => siteShape(site, now));
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong>
        <span className="dim">{t(`sites.role.${role}`)}</span>
        <span className="dim">{servers}</span>
      </th>
      <td>
        <span className={classes['state']}>
          <StateShape status={shape} decorative />
          <span className={classes['texts']}>
            <Ticking text={(now) => siteStateWords(words, site, now)} />
            <Ticking className="dim tabular" text={(now) => heardWords(words, site, now)} />
          </span>
        </span>
      </td>
      <td className={classes['actions']}>
        <Group gap="xs" justify="flex-end">
          {role === 'send' && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t('sites.files.send')} ${name}`}
              loading={send.busy}
              onClick={() => void send.run({ id })}
            >
              {t('sites.files.send')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t('sites.files.show')} ${name}`}
            onClick={onFiles}
          >
            {t('sites.files.show')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t('sites.editShort')} ${name}`}
            onClick={onEdit}
          >
            {t('sites.editShort')}
          </Button>
          <AskOnce
            label={t('sites.remove.label')}
            name={t('sites.remove.name', { site: name })}
            size="compact-sm"
            danger
            question={t(`sites.remove.${role}`, { site: name })}
            yes={t('sites.remove.yes')}
            onYes={onRemove}
          />
        </Group>
        <ErrorNote error={send.error} />
      </td>
    </tr>
  );
}
