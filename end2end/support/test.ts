import { test as base } from '@playwright/test';
import { Watch } from './console.ts';
import { Kith } from './kith.ts';
import { CuttableProxy } from './cuttable_proxy.ts';
import { Mailbox } from './mailbox.ts';
import { Names } from './names.ts';
import { People } from './people.ts';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  /** `KITH_*` variables for the server; whoever sets them gets a server of their own. */
  serverSettings: Record<string, string>;
  mailbox: Mailbox;
  kith: Kith;
}

interface TestFixtures {
  names: Names;
  watch: Watch;
  people: People;
  /** A wire to the server that can be cut: pass its `settings` to whoever hangs on it. */
  cuttableProxy: CuttableProxy;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  serverSettings: [{}, { scope: 'worker', option: true }],

  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.open();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],

  kith: [
    async ({ mailbox, serverSettings }, use, workerInfo) => {
      const kith = await Kith.start(workerInfo.parallelIndex, { KITH_SMTP_URL: mailbox.url, ...serverSettings });
      const begun = kith.log.length;
      await use(kith);
      const inTests = kith.log.length;
      await kith.stop();
      // What the tests saw, they judged; what the server said while it started and stopped, nobody announced.
      const troubles = [...kith.troubles(0, begun), ...kith.troubles(inTests)];
      if (troubles.length > 0) throw new Error(`The server complained outside of tests:\n${troubles.join('\n')}`);
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ kith }, use) => use(kith.url),

  names: async ({}, use, testInfo) => use(new Names(`${testInfo.testId} ${testInfo.repeatEachIndex} ${testInfo.retry}`)),

  watch: [
    async ({ browser, kith, javaScriptEnabled }, use, testInfo) => {
      const watch = new Watch(javaScriptEnabled !== false);
      const since = kith.log.length;
      const listen = watch.listenTo.bind(watch);
      browser.on('context', listen);
      await use(watch);
      browser.off('context', listen);
      for (const line of kith.troubles(since)) watch.find(`server log: ${line}`);
      if (watch.unannounced.length > 0 || testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server log', { body: kith.log.slice(since).join('\n'), contentType: 'text/plain' });
      }
      if (watch.unannounced.length > 0) throw new Error(`Not announced by the test:\n${watch.unannounced.join('\n')}`);
    },
    { auto: true },
  ],

  context: async ({ context, javaScriptEnabled, watch }, use) => {
    await use(context);
    if (javaScriptEnabled !== false) await watch.settle(context);
  },

  people: async ({ browser, kith, mailbox, names, watch, javaScriptEnabled }, use) => {
    const people = new People(browser, kith.url, mailbox, names, watch, javaScriptEnabled !== false);
    await use(people);
    await people.close();
  },

  cuttableProxy: async ({}, use) => {
    const proxy = await CuttableProxy.start();
    await use(proxy);
    await proxy.cut();
  },
});
