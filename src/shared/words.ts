/** A text in both languages of the window, each written for technicians, neither translated from the other. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}
