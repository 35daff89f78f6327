import { defaultRetention, type Retention } from './journal';

/** A person's choices, remembered. */
export interface Settings {
  readonly language: 'system' | 'en' | 'zh-CN';
  readonly theme: 'system' | 'light' | 'dark';
  /** `null` until the person has chosen an adapter: then loopback only. */
  readonly machineListen: { readonly host: string; readonly port: number } | null;
  readonly updateListen: { readonly host: string; readonly port: number } | null;
  /** Only this machine is served, any other is told so and let go; `null`: every machine is served. */
  readonly directLink: number | null;
  readonly retention: Retention;
}
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  machineListen: null,
  updateListen: null,
  directLink: null,
  retention: defaultRetention,
};
/** Where we listen before anyone chose: nobody on the network can reach it. */
export const defaultListen = {
  machines: { host: '127.0.0.1', port: 9700 },
  updates: { host: '127.0.0.1', port: 12345 },
} as const;
