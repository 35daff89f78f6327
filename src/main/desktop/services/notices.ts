/** Shows desktop notifications of new faults: each once, in the user's language. A click opens the fault. */
import { uptime } from 'node:os';
import { errorKey, lookupErrorCode, severityOf, titleOfError } from '#shared/errors/codes';
import { ownErrorOf, setOwnErrors } from '#shared/errors/own';
import type { ErrorSeverity } from '#shared/model/ownErrors';
import type { Fault } from '#shared/model/history';
import type { Platform } from '#shared/model/machine';
import type { OutsidePlace } from '#shared/outside';
import { createQuota } from '#shared/quota';
import { withoutMarkup } from '#shared/visible';
import type { Words } from '#shared/words';
import type { Notice } from '../electron/notify';
import type { SettingsStore } from '../../lib/settings/store';
import type { Base } from './base';
import { noticesOf, noNotices } from './faultNotices';
import type { Service } from './service';

export interface NoticesParts {
  readonly store: SettingsStore;
  readonly now: () => number;
  /** ms since this computer started. */
  readonly uptime: () => number;
  readonly language: () => keyof Words;
  readonly platform: (vmcNo: number) => Platform | null;
  /** Returns false if this system shows no notifications. */
  readonly show: (notice: Notice) => boolean;
  readonly open: (place: OutsidePlace) => void;
  readonly line: (line: string) => void;
}

export interface NoticesService extends Service {
  /** Takes the changed faults of machines. */
  readonly take: (changed: readonly Fault[]) => void;
}

/** Notifications a minute; beyond the limit, one states that there are more. */
const shownInMinute = 5;

const how: Readonly<Record<ErrorSeverity, Words>> = {
  fatal: { en: 'Critical', zh: '严重故障' },
  fault: { en: 'Error', zh: '一般故障' },
  warning: { en: 'Warning', zh: '预警' },
  info: { en: 'Info', zh: '提示' },
};
const unknown: Words = { en: 'Unknown error', zh: '未知错误' };
const more: { readonly title: Words; readonly body: Words } = {
  title: { en: 'More new errors', zh: '还有更多新故障' },
  body: {
    en: 'See the list of errors. No more notifications for one minute.',
    zh: '请在故障列表中查看，一分钟内不再逐条通知。',
  },
};

/** ms. The uptime can have whole seconds. */
const clockTolerance = 5_000;

/** The start by a clock that was set back since. By its old time, new faults would seem to be older than the start. */
function startOf(
  since: { readonly at: number; readonly uptime: number },
  now: number,
  upFor: number,
): number {
  const by = now - upFor - (since.at - since.uptime);
  return by < -clockTolerance ? since.at + by : since.at;
}

export const notices = (base: Base): NoticesService => {
  const service = noticesService({
    ...base,
    uptime: () => uptime() * 1_000,
    language: base.words,
    platform: (vmcNo) => base.feed.row('machines', vmcNo)?.platform ?? null,
    show: base.notify,
    open: base.openPlace,
    line: base.log.from('notices').line,
  });
  base.feed.onNews('faults', service.take);
  return service;
};

export function noticesService(parts: NoticesParts): NoticesService {
  const { store, now, uptime: upFor, language, platform } = parts;
  const since = { at: now(), uptime: upFor() };
  const quota = createQuota(shownInMinute, 60_000);
  let memory = noNotices;
  let saysOften = false;
  const severity = ({ vmcNo, code, isFatal }: Fault): ErrorSeverity =>
    severityOf(code, isFatal, store.config(vmcNo).platform ?? platform(vmcNo));
  const isMuted = ({ vmcNo, code }: Fault): boolean =>
    store.config(vmcNo).notices === 'off' || ownErrorOf(errorKey(code))?.muted === true;
  const show = (what: string, title: string, lines: readonly string[], place: OutsidePlace): void => {
    const isShown = parts.show({
      title: withoutMarkup(title),
      body: lines.map((line) => withoutMarkup(line)).join('\n'),
      onClick: () => parts.open(place),
    });
    parts.line(isShown ? `notified of ${what}` : `this system shows no notifications (${what})`);
  };
  const notify = (fault: Fault): void => {
    const { vmcNo, code, id } = fault;
    const lang = language();
    const { name } = store.config(vmcNo);
    const own = ownErrorOf(errorKey(code));
    const known = lookupErrorCode(code);
    const remedy = own?.remedy ?? known?.remedy?.[lang];
    const title = own?.name ?? (titleOfError(code, fault.description) ?? unknown)[lang];
    show(
      `${vmcNo} ${code}`,
      `${name === '' ? '' : `${name} · `}${vmcNo}: ${title}`,
      [`${how[severity(fault)][lang]} · ${code}`, ...(remedy?.split('\n') ?? [])],
      { to: 'error', id },
    );
  };
  return {
    live: {},
    requests: {},
    take: (changed) => {
      const { settings } = store;
      setOwnErrors(settings.ownErrors);
      const next = noticesOf(memory, changed, {
        now: now(),
        since: startOf(since, now(), upFor()),
        settings,
        severity,
        isMuted,
      });
      memory = next.memory;
      for (const fault of next.due) {
        if (quota.take(now()).granted) {
          saysOften = false;
          notify(fault);
          continue;
        }
        if (saysOften) continue;
        saysOften = true;
        const lang = language();
        show('more', more.title[lang], [more.body[lang]], { to: 'errors' });
      }
    },
  };
}
