
/**
 * Loads `vitrine.js`, once for a page: defines the elements and `window.Vitrine`. Its address is
 * that in an archive's folder, or in a copy of this package's `dist`.
 */
export function load(script?: string | URL): Promise<VitrineGlobal>;

/** Opens the archive in a folder, with the `vitrine.js` there if no other is named. */
export function open(
  src: string | URL,
  options?: OpenOptions & { script?: string | URL },
): Promise<Archive>;
