/** What a package's names tell of it. A person sees the guesses and may correct them. */
import { androidPackageTypes, type AndroidPackageType } from '#shared/model/upgrade';
import type { Platform } from '#shared/model/machine';

export interface Guess {
  readonly version: string;
  readonly platform: Platform | null;
  readonly androidType: AndroidPackageType | null;
}

/** Whether a member tells that the ZIP is for android: a program to install, or the ZIP is one itself. */
export function isAndroidMember(name: string): boolean {
  return /\.apk$/i.test(name) || name === 'AndroidManifest.xml';
}

export function guessFrom(fileName: string, hasAndroidMember: boolean): Guess {
  const version = /\d+(?:\.\d+)+/.exec(fileName)?.[0] ?? '';
  if (hasAndroidMember) return { version, platform: 'android', androidType: 'app' };
  if (!/android/i.test(fileName)) return { version, platform: null, androidType: null };
  const words = fileName.toLowerCase().split(/[^a-z]+/);
  return {
    version,
    platform: 'android',
    androidType: androidPackageTypes.find((type) => words.includes(type)) ?? 'app',
  };
}
