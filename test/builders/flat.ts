type Tree = { readonly [key: string]: string | Tree };

/** All texts by their keys. */
export function flat(tree: Tree, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') all.set(name, value);
    else for (const [inner, text] of flat(value, name)) all.set(inner, text);
  }
  return all;
}
