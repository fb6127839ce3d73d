// Picks a language and fills in sentences; every page brings its own catalogue per language.

export type Catalogue<Key extends string = string> = Readonly<Record<Key, string>>;
export type Params = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** Replaces `{name}` by its value; an unknown name stays visible, so that tests and people notice. */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export function translator<Key extends string>(catalogue: Catalogue<Key>): Translate<Key> {
  return (key, params) => fill(catalogue[key], params);
}

/** The first supported language among those asked for: an exact tag, then its language alone, then the first supported. */
export function pickLocale<Tag extends string>(supported: readonly [Tag, ...Tag[]], asked: readonly string[]): Tag {
  for (const tag of asked) {
    const exact = supported.find((candidate) => candidate.toLowerCase() === tag.toLowerCase());
    if (exact) return exact;
    const language = tag.toLowerCase().split("-")[0];
    const near = supported.find((candidate) => candidate.toLowerCase().split("-")[0] === language);
    if (near) return near;
  }
  return supported[0];
}
