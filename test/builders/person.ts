/** A person who knows the window, and the steps that a job takes: a click, a pressed key or a typed text is one step. */
import type { Locator, Page } from 'playwright-core';
import { drag, type Dragged } from './drag';

export class Person {
  readonly page: Page;
  #steps = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get steps(): number {
    return this.#steps;
  }

  async click(target: Locator): Promise<void> {
    this.#steps += 1;
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.#steps += 1;
    await this.page.keyboard.press(key);
  }

  /** Into the field that has the focus by itself or by a counted step. */
  async types(text: string, field: Locator): Promise<void> {
    this.#steps += 1;
    await field.and(this.page.locator(':focus')).waitFor();
    await this.page.keyboard.type(text);
  }

  /** A file from the system, when the window says what will happen there. */
  async drops(dragged: Dragged): Promise<void> {
    this.#steps += 1;
    const drop = await drag(this.page, dragged);
    await drop();
  }
}
