// @ts-check
/**
 * The service worker of an archive's own page: keeps what was read, and the whole archive for
 * those who ask for it.
 *
 * Packing puts `VITRINE_STATE = {...}` before it: the version of the archive, the digest of
 * each file of the viewer, which of these few need, and the digest of the list of all other files. So every change of an
 * archive is a change of this file, which is what browsers look for. A version is taken whole
 * or not at all: while a host has files of two states, a digest does not match, and the version
 * that is there stays. Files under `data/` and `assets/` are named by their digests, serve all
 * versions, and are checked before they are kept.
 */
(() => {
  "use strict";

  /**
   * @typedef {{
   *   version: string, viewer: Record<string, string>, onUse: string[], files: string
   * }} Version
   */
  const { version, viewer, onUse, files } = /** @type {any} */ (globalThis).VITRINE_STATE;

  const worker = /** @type {any} */ (globalThis);
  const SCOPE = new URL("./", location.href).href;
  const PREFIX = `vitrine ${SCOPE} `;
  /** The viewer of this version. */
  const VIEWER = PREFIX + version;
  /** Files that are named by their digests. */
  const FILES = `${PREFIX}files`;
  /** Marks a version whose unused files were removed. */
  const TIDY = `${SCOPE}.tidy`;

  const NAMED = /^(?:data|assets)\/(?:[a-z0-9-]+[./])*([0-9a-f]{32})\.[a-z0-9]+$/;

  /** @type {Record<string, string>} */
  const TYPES = {
    html: "text/html; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    json: "application/json",
    webmanifest: "application/manifest+json",
    svg: "image/svg+xml",
    png: "image/png",
  };

  /** @param {BufferSource} bytes */
  const digestOf = async (bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /**
   * Returns a file of this version, as fresh as the host has it.
   * @param {string} path @param {string} digest
   */
  const take = async (path, digest) => {
    const response = await fetch(SCOPE + path, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
    const bytes = await response.arrayBuffer();
    if (!(await digestOf(bytes)).startsWith(digest)) {
      throw new Error(`${path} belongs to another state of the archive`);
    }
    // Not the response itself: one that was redirected may not answer a navigation.
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
    if (type) headers.set("content-type", type);
    return new Response(bytes, { headers });
  };

  /** Keeps those of these files of the viewer that are not kept. @param {string[]} paths */
  const keepViewer = async (paths) => {
    const cache = await caches.open(VIEWER);
    await Promise.all(
      paths.map(async (path) => {
        if (await cache.match(SCOPE + path)) return;
        await cache.put(SCOPE + path, await take(path, viewer[path]));
      }),
    );
  };

  const install = async () => {
    try {
      await keepViewer(Object.keys(viewer).filter((path) => !onUse.includes(path)));
    } catch (error) {
      await caches.delete(VIEWER);
      throw error;
    }
  };

  const activate = async () => {
    const others = (await caches.keys()).filter(
      (name) => name.startsWith(PREFIX) && name !== VIEWER && name !== FILES,
    );
    await Promise.all(others.map((name) => caches.delete(name)));
  };

  /**
   * Returns whether bytes are those that their name promises.
   * @param {string} path @param {ArrayBuffer} bytes
   */
  const isSound = async (path, bytes) => {
    const name = NAMED.exec(path)?.[1];
    if (!name) return false;
    if (path.startsWith("assets/")) return (await digestOf(bytes)).startsWith(name);
    const text = new TextDecoder().decode(bytes);
    try {
      const base64 = text.slice(text.indexOf('"') + 1, text.lastIndexOf('"'));
      const chunk = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      return (await digestOf(chunk)).startsWith(name);
    } catch {
      return false;
    }
  };

  /**
   * Keeps a file; returns whether it is kept.
   * @param {string} path @param {Response} response
   */
  const keep = async (path, response) => {
    const bytes = await response.arrayBuffer();
    if (response.status !== 200 || !(await isSound(path, bytes))) return false;
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    const cache = await caches.open(FILES);
    await cache.put(SCOPE + path, new Response(bytes, { headers }));
    return true;
  };

  /**
   * Returns the part of a kept file that a request asks for, as players of sound and film do.
   * @param {Request} request @param {Response} kept
   */
  const partOf = async (request, kept) => {
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
    if (!range) return kept;
    const bytes = await kept.blob();
    const start = Number(range[1]);
    const end = Math.min(range[2] ? Number(range[2]) + 1 : bytes.size, bytes.size);
    if (start >= end) return new Response(null, { status: 416 });
    const headers = new Headers(kept.headers);
    headers.set("content-range", `bytes ${start}-${end - 1}/${bytes.size}`);
    headers.set("content-length", String(end - start));
    return new Response(bytes.slice(start, end), { status: 206, headers });
  };

  /** @param {string} path @param {any} event */
  const answer = async (path, event) => {
    const isViewer = Object.hasOwn(viewer, path);
    const cache = await caches.open(isViewer ? VIEWER : FILES);
    const kept = await cache.match(SCOPE + path);
    if (kept) return partOf(event.request, kept);
    try {
      if (isViewer) {
        // What few need is kept once it is needed, of this version or not at all.
        const taken = await take(path, viewer[path]);
        event.waitUntil(cache.put(SCOPE + path, taken.clone()));
        return taken;
      }
      const response = await fetch(event.request);
      // What does not fit, or is damaged, is shown and not kept.
      event.waitUntil(keep(path, response.clone()).catch(() => false));
      return response;
    } catch {
      // Not an error of the network, which a reader would take for a missing file.
      return new Response(null, { status: 503, statusText: "Offline" });
    }
  };

  /** Returns the files of this version, [path, bytes] each. */
  const listing = async () => {
    const response = await take("vitrine-files.json", files);
    return /** @type {[string, number][]} */ (await response.json());
  };

  /** Removes what no file of this version is, once. */
  const tidy = async () => {
    const cache = await caches.open(VIEWER);
    if (await cache.match(TIDY)) return;
    const store = await caches.open(FILES);
    const kept = await store.keys();
    if (kept.length > 0) {
      const known = new Set((await listing()).map(([path]) => SCOPE + path));
      const unknown = kept.filter(({ url }) => !known.has(url));
      await Promise.all(unknown.map((request) => store.delete(request)));
    }
    await cache.put(TIDY, new Response());
  };

  /** @param {string[]} paths */
  const keepAll = async (paths) => {
    const cache = await caches.open(FILES);
    let failed = 0;
    await Promise.all(
      paths.map(async (path) => {
        if (!NAMED.test(path) || (await cache.match(SCOPE + path))) return;
        const isKept = await fetch(SCOPE + path).then(
          (response) => keep(path, response),
          () => false,
        );
        if (!isKept) failed++;
      }),
    );
    return { failed };
  };

  /** What the archive's page asks for, by name. */
  const ORDERS = {
    version: async () => ({ version }),
    /** @param {string} of the page */
    claim: async (of) => {
      // A page of another version goes on with what it has.
      if (of === version) await worker.clients.claim();
    },
    /** @param {boolean} always, or only while no other page is open */
    activate: async (always) => {
      const options = { includeUncontrolled: true, type: "window" };
      const pages = (await worker.clients.matchAll(options)).filter(
        (/** @type {{ url: string }} */ page) => page.url.startsWith(SCOPE),
      );
      if (always || pages.length < 2) await worker.skipWaiting();
    },
    listing: async () => {
      const kept = new Set((await (await caches.open(FILES)).keys()).map(({ url }) => url));
      const all = await listing();
      return { all, kept: all.map(([path]) => path).filter((path) => kept.has(SCOPE + path)) };
    },
    keep: keepAll,
    /** What an archive that is kept whole needs besides. */
    viewer: () => keepViewer(Object.keys(viewer)),
    tidy,
    forget: () => caches.delete(FILES),
  };

  addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
  addEventListener("fetch", (/** @type {any} */ event) => {
    const { method, url } = event.request;
    if (method !== "GET" || !url.startsWith(SCOPE)) return;
    const path = url.slice(SCOPE.length).split(/[?#]/)[0] || "index.html";
    // Everything else under this address is somebody else's.
    if (Object.hasOwn(viewer, path) || NAMED.test(path)) {
      event.respondWith(answer(path, event));
    }
  });
  addEventListener("message", (/** @type {any} */ event) => {
    const [name, value] = event.data;
    const order = /** @type {any} */ (ORDERS)[name];
    if (!order) return;
    const done = order(value).then(
      (/** @type {any} */ result) => event.ports[0]?.postMessage(result ?? {}),
      (/** @type {any} */ error) => event.ports[0]?.postMessage({ error: String(error) }),
    );
    event.waitUntil(done);
  });
})();
