import { Button, Checkbox, Group, NativeSelect, NumberInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { DirectLink as Link } from '#shared/model/served';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { withCost } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { Cable, usableAddress } from './Cable';
import { useFold } from '../../store/remembered';
import { Fold } from '../../ui/Fold';
import { TurnedAway } from './TurnedAway';

interface Draft {
  /** The adapter's name; '': the current one. */
  readonly name: string;
  readonly typed: number | string;
  readonly rejectsOthers: boolean;
}
const useDraft = createDrafts<Draft>();

/** Direct link: serves one machine on one adapter, which need not be connected yet. */
export function DirectLink() {
  const { t } = useWords();
  const link = useCrema((s) => s.settings.directLink);
  const fold = useFold('directLink', link !== null);
  return (
    <Fold isCard {...fold} title={t('directLink.panel')}>
      {link === null ? <Begin /> : <Running link={link} />}
    </Fold>
  );
}

function Running({ link: { vmcNo } }: { readonly link: Link }) {
  const { t } = useWords();
  const set = useRequest('setDirectLink');
  return (
    <>
      <Group gap="sm">
        <span>{vmcNo === null ? t('directLink.bannerFirst') : t('directLink.banner', { vmcNo })}</span>
        <Button variant="default" loading={set.busy} onClick={() => void set.run({ link: null, host: null })}>
          {t('directLink.all')}
        </Button>
      </Group>
      <TurnedAway />
      <ErrorNote error={set.error} />
    </>
  );
}

function Begin() {
  const words = useWords();
  const { t } = words;
  const set = useRequest('setDirectLink');
  const network = useCrema((s) => s.network);
  const rows = useCrema((s) => s.machines);
  const [draft, change, forget] = useDraft('', { name: '', typed: '', rejectsOthers: false }, null);
  const { name, typed, rejectsOthers } = draft;
  const adapter = network.find((one) => one.name === name);
  const host = adapter === undefined ? null : usableAddress(adapter);
  const number = typed === '' ? null : Number(typed);
  const online = [...rows.values()].filter((row) => row.online && !row.virtual);
  const others = online.filter(({ vmcNo }) => number !== null && vmcNo !== number);
  const linux = others.filter(({ platform }) => platform === 'linux').length;
  const impossible = adapter !== undefined && host === null ? t('directLink.needsAddress') : null;
  const [only] = online;
  const now =
    number === null && only !== undefined
      ? online.length > 1
        ? t('directLink.several', { count: online.length })
        : t('directLink.one', { vmcNo: only.vmcNo })
      : others.length === 0
        ? t('directLink.othersNone')
        : t('directLink.others', { count: others.length, linux });
  const question = [
    t('directLink.ask'),
    host === null ? '' : t(number === null ? 'directLink.listensFirst' : 'directLink.listens', { host }),
    rejectsOthers ? `${t('directLink.rejected')} ${t('directLink.warn')}` : '',
    withCost(words, now, number === null ? online.length > 0 : others.length > 0),
  ];
  return (
    <>
      <p className="dim">{t('directLink.text')}</p>
      <Group gap="sm" align="start" mt="sm">
        <NativeSelect
          label={t('directLink.adapter')}
          value={name}
          onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
          w={230}
          data={[
            { value: '', label: t('directLink.asNow') },
            ...network.map((one) => ({
              value: one.name,
              label: t('packages.aside', {
                text: one.name,
                more: usableAddress(one) ?? one.addresses[0] ?? t('directLink.noAddress'),
              }),
            })),
          ]}
        />
        <NumberInput
          label={t('directLink.number')}
          title={t('directLink.numberNote')}
          value={typed}
          onChange={(value) => change({ ...draft, typed: value })}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          w={150}
        />
      </Group>
      <Checkbox
        label={t('directLink.reject')}
        checked={rejectsOthers}
        onChange={(event) => change({ ...draft, rejectsOthers: event.currentTarget.checked })}
        my="sm"
      />
      {rejectsOthers && <p>{t('directLink.warn')}</p>}
      <AskOnce
        label={number === null ? t('directLink.first') : t('directLink.only')}
        icon={<IconLock size={15} aria-hidden />}
        question={question.filter((part) => part !== '').join(' ')}
        impossible={impossible}
        busy={set.busy}
        onYes={() =>
          void set
            .run({ link: { vmcNo: number, tells: rejectsOthers }, host })
            .then((isSet) => isSet && forget())
        }
      />
      {adapter !== undefined && <Cable key={adapter.name} adapter={adapter} />}
      <ErrorNote error={set.error} />
    </>
  );
}
