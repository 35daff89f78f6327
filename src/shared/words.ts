/** A text in both languages of the window. Each is written for technicians; neither is a translation of the other. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}
