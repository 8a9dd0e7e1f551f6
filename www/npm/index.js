// @ts-check
/**
 * The entry of the npm package. The scripts of Vitrine are classic ones, which find their
 * neighbors by their own address: they are copied to the site as they are, not bundled.
 */

/** @type {Promise<any> | undefined} */
let loading;

/**
 * Loads `vitrine.js`, once for a page: defines the elements and `window.Vitrine`.
 *
 * @param {string | URL} [script] its address: that in an archive's folder, or in a copy of this
 *   package's `dist`; the package's own if none is given, where the site serves it
 * @returns {Promise<any>} `window.Vitrine`
 */
export function load(script = new URL("./dist/vitrine.js", import.meta.url)) {
  loading ??= new Promise((resolve, reject) => {
    const page = /** @type {any} */ (window);
    if (page.Vitrine) {
      resolve(page.Vitrine);
      return;
    }
    const element = document.createElement("script");
    element.src = String(script);
    element.onload = () => resolve(page.Vitrine);
    element.onerror = () => {
      loading = undefined;
      const error = new Error(`cannot load ${script}`);
      error.name = "MissingError";
      reject(error);
    };
    document.head.append(element);
  });
  return loading;
}

/**
 * Opens an archive.
 *
 * @param {string | URL} src its folder
 * @param {{ root?: string, filter?: string, script?: string | URL }} [options] `script` is the
 *   address of `vitrine.js`; that in the archive's folder if none is given
 * @returns {Promise<any>}
 */
export async function open(src, { script, ...options } = {}) {
  const folder = new URL(src, document.baseURI);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  const vitrine = await load(script ?? new URL("vitrine.js", folder));
  return vitrine.open(folder, options);
}
