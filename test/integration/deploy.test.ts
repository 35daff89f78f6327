/** The files of deploy/: what the server accepts, and what the scripts make, keep and refuse. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { edit, makeDeployed, runDeploy, startDeployed, type Deployed } from '../builders/deployed';
import { useFolder } from '../builders/useFolder';
import { hasProgram } from '../builders/wireshark';

const folder = useFolder();
const running: Deployed[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.end();
});
const start = async (sites: readonly string[]): Promise<Deployed> => {
  makeDeployed(folder(), sites);
  const broker = await startDeployed(folder());
  running.push(broker);
  broker.makeStreams();
  return broker;
};
const sites = (...args: readonly string[]) => runDeploy('make-sites.mjs', ['--out', folder(), ...args]);
const read = (name: string): string => readFileSync(join(folder(), name), 'utf8');

describe('make-sites', () => {
  it('makes private keys, and leaves earlier sites as they are', () => {
    expect(sites('berlin', 'paris').code).toBe(0);
    const before = readdirSync(folder()).filter((name) => name.endsWith('.nk'));
    expect(before).toHaveLength(6);
    for (const name of before) expect(statSync(join(folder(), name)).mode & 0o777, name).toBe(0o600);
    const accounts = read('accounts.conf');
    const kept = before.map((name) => read(name));
    expect(sites('oslo', 'paris').text).toContain('paris: unchanged');
    expect(before.map((name) => read(name))).toEqual(kept);
    const end = accounts.lastIndexOf('}');
    expect(read('accounts.conf').slice(0, end)).toBe(accounts.slice(0, end));
    expect(read('accounts.conf')).toContain('"oslo"');
  });

  it.each(['', 'Berlin', 'a b', '../x', '$SYS', '1x', 'a"b', 'x'.repeat(33), 'münchen'])(
    'refuses the name "%s"',
    (name) => {
      const { code, text } = sites('berlin', name);
      expect(code).toBe(2);
      expect(text).toContain('A site name has 1 to 32 characters');
      expect(readdirSync(folder())).toEqual([]);
    },
  );

  it('replaces a lost key only, and never overwrites one', () => {
    sites('berlin');
    const accounts = read('accounts.conf');
    const refused = sites('--renew', 'berlin.site');
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining('Move it away first')]);
    expect(read('accounts.conf')).toBe(accounts);
    writeFileSync(join(folder(), 'old'), read('berlin.site.nk'));
    spawnSync('rm', [join(folder(), 'berlin.site.nk')]);
    expect(sites('--renew', 'berlin.site').code).toBe(0);
    expect(read('berlin.site.nk')).not.toBe(read('old'));
    const [one, other] = [accounts, read('accounts.conf')].map((text) => text.split('\n'));
    expect(one?.filter((line, index) => line !== other?.[index])).toHaveLength(1);
    expect(sites('--renew', 'paris.site').text).toContain('There is no site "paris"');
  });

  it('refuses a damaged list of sites instead of starting again', () => {
    sites('berlin');
    writeFileSync(join(folder(), 'sites.json'), '[{"name":');
    expect([sites('paris').code, existsSync(join(folder(), 'paris.site.nk'))]).toEqual([2, false]);
  });
});

it('make-certs makes no second authority while the first is trusted', () => {
  const certs = (): { readonly code: number; readonly text: string } =>
    runDeploy('make-certs.mjs', ['--out', folder(), 'localhost']);
  expect(certs().code).toBe(0);
  const authority = read('authority.pem');
  // Its key is on a drive apart.
  const key = read('authority.key');
  rmSync(join(folder(), 'authority.key'));
  expect(certs()).toMatchObject({ code: 2, text: expect.stringContaining('Put it back') as string });
  writeFileSync(join(folder(), 'authority.key'), key);
  expect(certs().code).toBe(0);
  expect(read('authority.pem')).toBe(authority);
});

it('the compose file has a fixed version and a health check', () => {
  const { services } = parse(readFileSync('deploy/compose/compose.yml', 'utf8')) as {
    readonly services: { readonly broker: { readonly image: string; readonly healthcheck: object } };
  };
  expect(services.broker.image).toMatch(/^nats:2\.12\.12(-|$)/);
  expect(services.broker.healthcheck).toBeDefined();
});

it.runIf(hasProgram('systemd-analyze'))('systemd accepts the units', () => {
  for (const name of ['crema-broker', 'crema-site']) {
    const { stderr } = spawnSync('systemd-analyze', ['verify', `deploy/systemd/${name}.service`], {
      encoding: 'utf8',
    });
    const wrong = stderr
      .split('\n')
      .filter((line) => line.includes(name) && !line.includes('is not executable'));
    expect(wrong).toEqual([]);
  }
});

describe.runIf(hasProgram('nats-server'))('with nats-server', () => {
  it('accepts each configuration', () => {
    makeDeployed(folder(), ['berlin', 'paris']);
    for (const file of ['nats-server.conf', ...[1, 2, 3].map((n) => `cluster/server-${n}.conf`)]) {
      const { status, stderr } = spawnSync('nats-server', ['-t', '-c', file], {
        cwd: folder(),
        encoding: 'utf8',
      });
      expect([file, status, stderr]).toEqual([file, 0, expect.stringContaining('is valid')]);
    }
    edit(join(folder(), 'nats-server.conf'), [['sync_interval', 'sync_intervall']]);
    expect(spawnSync('nats-server', ['-t', '-c', 'nats-server.conf'], { cwd: folder() }).status).not.toBe(0);
  });

  it('permits what the app asks: the site sends and finds its newest message, support reads in order', async () => {
    const broker = await start(['berlin']);
    const site = await broker.client('berlin', 'site');
    const subject = 'up.11111111-1111-1111-1111-111111111111';
    const manager = await jetstreamManager(site);
    expect((await manager.streams.info('UP')).config).toMatchObject({ discard: 'new', num_replicas: 1 });
    expect(await manager.streams.getMessage('UP', { last_by_subj: subject })).toBeNull();
    let seq = 0;
    for (const text of ['one', 'two', 'three'])
      ({ seq } = await jetstream(site).publish(subject, text, {
        expect: { streamName: 'UP', lastSubjectSequence: seq },
      }));
    await expect(
      jetstream(site).publish(subject, 'x', { expect: { lastSubjectSequence: 1 } }),
    ).rejects.toThrow(/wrong last sequence/);
    expect((await manager.streams.getMessage('UP', { last_by_subj: subject }))?.string()).toBe('three');
    expect((await manager.direct.getMessage('UP', { last_by_subj: subject }))?.string()).toBe('three');
    await jetstream(site).publish('files.abc.1', new Uint8Array(128 * 1_024), {
      expect: { streamName: 'FILES' },
    });

    const desk = await broker.client('berlin', 'desk');
    const deskManager = await jetstreamManager(desk);
    expect((await deskManager.streams.info('UP')).state.messages).toBe(3);
    for (const [stream, messagesOf] of [
      ['UP', 3],
      ['FILES', 1],
    ] as const) {
      const consumer = await jetstream(desk).consumers.get(stream, {
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: 1,
      });
      const messages = await consumer.consume({ max_bytes: 8_000_000, abort_on_missing_resource: true });
      let count = 0;
      for await (const message of messages) {
        count += 1;
        if (message.info.pending === 0) break;
      }
      await messages.close();
      expect(count).toBe(messagesOf);
      await consumer.info();
      await consumer.delete();
    }
    // Answers across, and a site that is away.
    await expect(desk.request('cmd.1.reboot', 'please')).rejects.toThrow(/no responders/);
    site.subscribe('cmd.>', { callback: (_error, message) => void message.respond('done') });
    await site.flush();
    expect((await desk.request('cmd.1.reboot', 'please')).string()).toBe('done');
    await Promise.all([site.close(), desk.close()]);
  });

  it('adds a site while it runs, and changes limits without a loss', async () => {
    const broker = await start(['berlin']);
    const site = await broker.client('berlin', 'site');
    await jetstream(site).publish('up.x', 'kept');
    expect(runDeploy('make-sites.mjs', ['--out', join(folder(), 'broker'), 'paris']).code).toBe(0);
    broker.reload();
    await expect
      .poll(async () =>
        broker.client('paris', 'admin').then(
          (client) => client.close().then(() => 'open'),
          () => 'refused',
        ),
      )
      .toBe('open');
    broker.makeStreams();
    expect((await (await jetstreamManager(site)).streams.info('UP')).state.messages).toBe(1);
    const paris = await broker.client('paris', 'site');
    expect((await jetstream(paris).publish('up.y', 'first')).seq).toBe(1);
    await Promise.all([site.close(), paris.close()]);
  });

  it('says that the broker reserves the limits of all streams', async () => {
    const broker = await start(['berlin']);
    const args = ['--server', `localhost:${broker.port}`, '--ca', join(folder(), 'certs/authority.pem')];
    const { code, text } = runDeploy('make-streams.mjs', [
      ...args,
      '--out',
      join(folder(), 'broker'),
      '--up-mb',
      '60000',
    ]);
    expect([code, text]).toEqual([1, expect.stringContaining('Raise max_file')]);
  });

  it('a full stream refuses, and keeps what it has', async () => {
    const broker = await start(['berlin']);
    const args = ['--server', `localhost:${broker.port}`, '--ca', join(folder(), 'certs/authority.pem')];
    expect(
      runDeploy('make-streams.mjs', [...args, '--out', join(folder(), 'broker'), '--up-mb', '1']).code,
    ).toBe(0);
    const site = await broker.client('berlin', 'site');
    const client = jetstream(site);
    await client.publish('up.x', new Uint8Array(600_000));
    await expect(client.publish('up.x', new Uint8Array(600_000))).rejects.toThrow(/maximum bytes exceeded/);
    expect((await (await jetstreamManager(site)).streams.info('UP')).state.messages).toBe(1);
    await site.close();
  });

  it('does not answer without encryption or with the certificate of another authority', async () => {
    const broker = await start(['berlin']);
    const other = join(folder(), 'other');
    expect(runDeploy('make-certs.mjs', ['--out', other, 'localhost']).code).toBe(0);
    const ca = readFileSync(join(other, 'authority.pem'), 'utf8');
    await expect(broker.client('berlin', 'site', { tls: { handshakeFirst: true, ca } })).rejects.toThrow(
      /certificate/,
    );
    await expect(broker.client('berlin', 'site', { tls: { handshakeFirst: true } })).rejects.toThrow(
      /certificate/,
    );
    const plain = dial(broker.port, '127.0.0.1');
    let heard = '';
    plain.on('data', (data) => {
      heard += data.toString();
    });
    plain.on('error', () => undefined);
    plain.write('CONNECT {"verbose":true}\r\nPING\r\n');
    await once(plain, 'close');
    // It sends nothing before the encryption, so nobody on the way can change it.
    expect(heard).toBe('');
    await (await broker.client('berlin', 'site')).close();
  });
});
