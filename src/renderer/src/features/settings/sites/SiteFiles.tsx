import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Site } from '#shared/model/sites';
import { request } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import classes from './Sites.module.css';

/** The credentials of a site and its broker's certificate, each from a file. */
export function SiteFiles({ site }: { readonly site: Site }) {
  const { t } = useWords();
  return (
    <>
      <ChosenFile
        id={site.id}
        content="credentials"
        title={t('sites.form.credentials')}
        label={t('sites.form.credentialsFile')}
        state={t(`sites.credentials.${site.credentials}`)}
      />
      <ChosenFile
        id={site.id}
        content="authority"
        title={t('sites.form.certificate')}
        label={t('sites.form.certificateFile')}
        state={t(site.hasAuthority ? 'sites.form.own' : 'sites.form.system')}
      />
    </>
  );
}

interface ChosenFileProps {
  readonly id: string;
  readonly content: 'credentials' | 'authority';
  readonly title: string;
  readonly label: string;
  readonly state: string;
}
function ChosenFile({ id, content, title, label, state }: ChosenFileProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const choose = async (): Promise<void> => {
    setBusy(true);
    const reply = await request('chooseSiteFile', { id, content });
    setBusy(false);
    setError(reply.ok ? null : reply.error);
    if (reply.ok && reply.value !== null) setFile(reply.value);
  };
  return (
    <section className={classes['file']} aria-label={title}>
      <h3>{title}</h3>
      <p className="dim" role="status">
        {[...(file === null ? [] : [t('sites.form.chosen', { file })]), state].join(' ')}
      </p>
      <Button variant="default" loading={busy} onClick={() => void choose()}>
        {label}
      </Button>
      <ErrorNote error={error} />
    </section>
  );
}
