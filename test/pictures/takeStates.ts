/** Takes the pictures of the five-second test in both languages, and writes the truth about each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { go } from '../builders/captureScreens';
import { openSite } from './site';
import { firstPicture, glanceStates } from './states';
import { languages, size } from './take';

export async function takeStates(folder: string, says: (line: string) => void): Promise<void> {
  for (const language of languages) mkdirSync(join(folder, language), { recursive: true });
  const { app, ask, scenes, reaches, close } = await openSite(glanceStates, size);
  const { page } = app;
  try {
    for (const scene of scenes) await scene.script.plan?.(scene);
    says(`${scenes.length} machines; pictures from ${firstPicture} s after the beginning`);
    await reaches(firstPicture);
    const truth: object[] = [];
    for (const [place, scene] of scenes.entries()) {
      const picture = String(place + 1).padStart(2, '0');
      truth.push({ picture, machine: scene.vmcNo, ...scene.truth });
      await scene.script.now?.(scene);
      await go(app, `#/machines/${scene.vmcNo}/overview`);
      await page.getByRole('heading', { name: String(scene.vmcNo), level: 1 }).waitFor();
      // A change of the language takes longer than a change of the machine.
      for (const language of place % 2 === 0 ? languages : languages.toReversed()) {
        await ask('setSettings', { language });
        await page.locator(`html[lang="${language}"]`).waitFor();
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, language, `${picture}.png`), animations: 'disabled' });
      }
      says(`${picture} ${scene.truth.state}`);
    }
    writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
  } finally {
    await close();
  }
}
