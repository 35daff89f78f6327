import { Button, Group, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import {
  longestServers,
  longestSiteName,
  siteRoles,
  type Site,
  type SiteFields,
  type SiteRole,
} from '#shared/model/sites';
import { request } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNote } from '../../../ui/ErrorNote';
import { SiteAllowed } from './SiteAllowed';
import { SiteFiles } from './SiteFiles';
import { SiteTest } from './SiteTest';

interface SiteDialogProps {
  /** `''`: a new site. */
  readonly first: string;
  readonly onClose: () => void;
}

const isRole = (value: string): value is SiteRole => siteRoles.some((role) => role === value);
/** The same in every language. */
const serversExample = 'broker.example.com:4222';
const newSite: SiteFields = { name: '', role: 'read', servers: '', isMasked: true };

/** One site: its fields first; with an id also its files and the test. */
export function SiteDialog({ first, onClose }: SiteDialogProps) {
  const { t } = useWords();
  const [id, setId] = useState(first);
  const sites = useCrema((s) => s.sites.sites);
  const site = sites.find((one) => one.id === id) ?? null;
  return (
    <Dialog
      size={560}
      title={site === null ? t('sites.add') : t('sites.edit', { site: site.name })}
      onClose={onClose}
    >
      <Stack gap="md">
        <FieldsForm
          site={site}
          sends={sites.some(({ role }) => role === 'send')}
          onAdded={setId}
          onClose={onClose}
        />
        {site !== null && (
          <>
            <SiteFiles site={site} />
            <SiteTest id={site.id} />
            {site.role === 'send' && <SiteAllowed site={site} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('sites.form.close')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

interface FieldsFormProps {
  /** `null`: new. */
  readonly site: Site | null;
  /** A site that this computer's records go to exists. */
  readonly sends: boolean;
  readonly onAdded: (id: string) => void;
  readonly onClose: () => void;
}
function FieldsForm({ site, sends, onAdded, onClose }: FieldsFormProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState<SiteFields>(() =>
    site === null
      ? newSite
      : { name: site.name, role: site.role, servers: site.servers, isMasked: site.isMasked },
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [isSaved, setSaved] = useState(false);
  const change = (part: Partial<SiteFields>): void => {
    setDraft({ ...draft, ...part });
    setSaved(false);
  };
  const isComplete = draft.name.trim() !== '' && draft.servers.trim() !== '';
  const save = async (): Promise<void> => {
    setBusy(true);
    const { role, ...others } = draft;
    const reply =
      site === null
        ? await request('addSite', { ...others, role })
        : await request('changeSite', { id: site.id, ...others });
    setBusy(false);
    setError(reply.ok ? null : reply.error);
    setSaved(reply.ok);
    if (reply.ok && reply.value !== null) onAdded(reply.value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !busy) void save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('sites.form.name')}
          description={t('sites.form.nameNote')}
          data-autofocus={site === null || undefined}
          autoComplete="off"
          maxLength={longestSiteName}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {site === null ? (
          <Radio.Group
            label={t('sites.form.role')}
            description={t('sites.roleNote')}
            value={draft.role}
            onChange={(role) => isRole(role) && change({ role })}
          >
            <Stack gap="xs" mt="xs">
              {siteRoles.map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={t(`sites.role.${role}`)}
                  disabled={role === 'send' && sends}
                  description={role === 'send' && sends ? t('sites.form.sendsAlready') : undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <p>
            {t('sites.form.role')}: <strong>{t(`sites.role.${draft.role}`)}</strong>
          </p>
        )}
        <TextInput
          label={t('sites.form.servers')}
          description={t('sites.form.serversNote')}
          placeholder={serversExample}
          autoComplete="off"
          spellCheck={false}
          maxLength={longestServers}
          value={draft.servers}
          onChange={(event) => change({ servers: event.currentTarget.value })}
        />
        {draft.role === 'send' && (
          <Switch
            label={t('sites.form.isMasked')}
            description={t('sites.form.isMaskedNote')}
            checked={draft.isMasked}
            onChange={(event) => change({ isMasked: event.currentTarget.checked })}
          />
        )}
        <ErrorNote error={error} />
        {site === null && <p className="dim">{t('sites.form.nextNote')}</p>}
        <Group gap="sm" justify="flex-end">
          <span role="status" className="dim">
            {isSaved ? t('sites.form.saved') : ''}
          </span>
          {site === null && (
            <Button variant="default" onClick={onClose}>
              {t('sites.form.close')}
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={!isComplete}>
            {t(site === null ? 'sites.form.next' : 'sites.form.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
