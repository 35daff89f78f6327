/** Crema's services without a window, as in `npm run serve`. The parent process sends the requests of a window. */
import { mkdtempSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSwitches } from '../../src/main/lib/launch/switches';
import { Feed } from '../../src/main/desktop/ipc/feed';
import { Refusal, type Handlers } from '../../src/main/desktop/ipc/requests';
import { openLog } from '../../src/main/desktop/log/appLog';
import { createServices } from '../../src/main/desktop/services';
import { noKeyStore, noWindow } from '../../src/main/desktop/services/noWindow';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';

export interface Asked {
  readonly id: number;
  readonly verb: keyof Handlers;
  readonly args: unknown;
  /** The path that a person chooses, if a request asks for a file. */
  readonly file: string | null;
}
export type Answered = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }
);

const parsed = parseSwitches(process.argv.slice(2), 'serve');
if (parsed.kind !== 'run' || parsed.switches.dataDir === null) throw new Error('wrong switches');
const folder = parsed.switches.dataDir;
let file: string | null = null;
const chosen = (): Promise<string | null> => Promise.resolve(file);
const services = createServices({
  ...noWindow,
  switches: parsed.switches,
  store: new SettingsStore(folder, noKeyStore, openPlainly),
  feed: new Feed(),
  threads: dirname(fileURLToPath(import.meta.url)),
  dataDirectory: folder,
  // Next to it, so that its removal removes this too: after a kill, nobody else does.
  sessionDirectory: mkdtempSync(`${folder}-session-`),
  log: openLog(folder),
  ask: {
    ...noWindow.ask,
    any: chosen,
    zip: chosen,
    capture: chosen,
    json: chosen,
    table: chosen,
    place: chosen,
    export: chosen,
  },
});

process.on('SIGTERM', () => void services.stop().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(1));
process.on('message', (asked: Asked) => {
  ({ file } = asked);
  const handler = services.handlers[asked.verb] as (args: unknown, sender: object) => unknown;
  const answer = (rest: object): void => void process.send?.({ id: asked.id, ...rest });
  Promise.resolve()
    .then(() => handler(asked.args, { windowId: 1, screen: '', capture: null }))
    .then(
      (value) => answer({ ok: true, value }),
      (error: unknown) =>
        answer({ ok: false, error: error instanceof Refusal ? error.error : String(error) }),
    );
});
await services.start();
process.send?.({ id: 0, ok: true, value: 'started' });
