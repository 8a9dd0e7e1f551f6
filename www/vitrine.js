// @ts-check
/**
 * The loader of a Vitrine archive and the element that shows it, `<vitrine-archive>`.
 *
 * One classic script, because a page opened from `file://` runs nothing else. It does
 * what only JavaScript can do: the element's class, the two ways in which a file of the
 * archive arrives, and the start of the WebAssembly core, which does the rest.
 *
 * Attributes of the element, each also a property; docs/embedding.md says what they do:
 * `src`, `root`, `route`, `lang`, `theme`, `home`, `hide`, `query`, `article`, `filter`,
 * `remember`. In a page of its own, `index.html`, its route is `page`.
 *
 * It carries `data-state` (`loading`, `ready`, `error`) and fires `vitrine-ready`,
 * `vitrine-search`, `vitrine-article` and `vitrine-error`. What few pages need is in
 * `vitrine-embed.js`, which is loaded when it is needed: `Vitrine.open()`, the small elements,
 * and the archive's own page in a frame.
 */
(() => {
  "use strict";

  const TAG = "vitrine-archive";
  if (customElements.get(TAG)) return;

  const ownScript = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const BASE = new URL(".", ownScript?.src || document.baseURI).href;

  /**
   * What went wrong before or below the core; `kind` selects the words that are shown.
   * @typedef {"missing" | "damaged" | "failed" | "refused" | "unsupported" | "stopped"} Kind
   */
  class VitrineError extends Error {
    /** @param {Kind} kind @param {string} message @param {unknown} [cause] */
    constructor(kind, message, cause) {
      super(message, { cause });
      this.name = `${kind[0].toUpperCase()}${kind.slice(1)}Error`;
      this.kind = kind;
    }
  }

  // ---------------------------------------------------------------- how files arrive

  /** What a running file script hands over, by its script element. */
  const deliveries = new WeakMap();

  /** @param {unknown[]} values */
  const deliver = (...values) => {
    // The script that is running is the one that was asked for, so that any number of
    // archives on one page never take each other's files.
    if (document.currentScript) deliveries.set(document.currentScript, values);
  };
  Object.assign(window, { __vitrine: deliver, __vitrineCore: deliver });

  /**
   * Returns what stands in the page for a file, in an archive of one file: a script that has
   * run, or the base64 text of a chunk.
   * @param {string} url
   */
  const inPage = (url) => document.getElementById(url.replace(BASE, ""));

  /** Files of an archive that may run as scripts; nothing else passes the policy. */
  const FILE = /\/(?:vitrine-[a-z]+(?:-[a-z]+)?|data\/(?:[a-z0-9.-]+\/)*[a-z0-9.-]+)\.js$/i;

  /** @param {string} url */
  const checkScriptUrl = (url) => {
    if (FILE.test(new URL(url).pathname)) return url;
    throw new TypeError(`not a file of an archive: ${JSON.stringify(url)}`);
  };

  const policy = (() => {
    const factory = /** @type {any} */ (window).trustedTypes;
    try {
      return factory?.createPolicy("vitrine", { createScriptURL: checkScriptUrl });
    } catch {
      // The page names other policies only. Setting a script's address then fails,
      // which is reported where it happens.
      return undefined;
    }
  })();

  /**
   * Asks again, after a while and then a longer one, for what a slow or broken network did not
   * bring.
   * @template T @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  const patiently = async (ask) => {
    for (const wait of [250, 1000]) {
      try {
        return await ask();
      } catch (error) {
        if (/** @type {any} */ (error).kind !== "failed") throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return ask();
  };

  /**
   * Runs a file as a script and resolves to the arguments that it handed over.
   * @param {string} url
   * @returns {Promise<any[]>}
   */
  const runScript = (url) => patiently(() => runOnce(url));

  /** @param {string} url @returns {Promise<any[]>} */
  const runOnce = (url) =>
    new Promise((resolve, reject) => {
      const here = deliveries.get(/** @type {Element} */ (inPage(url)));
      if (here) return resolve(here);
      const script = document.createElement("script");
      const settle = (/** @type {() => void} */ action) => {
        script.remove();
        action();
      };
      script.onload = () =>
        settle(() => {
          const values = deliveries.get(script);
          if (values) resolve(values);
          else reject(new VitrineError("damaged", `not a file of an archive: ${url}`));
        });
      script.onerror = () =>
        settle(() => {
          // From elsewhere than a folder nobody says whether it is not there or did not come.
          const kind = url.startsWith("file:") ? "missing" : "failed";
          reject(new VitrineError(kind, `cannot load ${url}`));
        });
      if (ownScript?.nonce) script.nonce = ownScript.nonce;
      try {
        script.src = policy ? policy.createScriptURL(url) : checkScriptUrl(url);
      } catch (error) {
        reject(new VitrineError("refused", `the page refuses scripts of ${url}`, error));
        return;
      }
      (document.head ?? document.documentElement).append(script);
    });

  /**
   * How files come from an origin: 2 by script tag, 1 by fetch, 0 if that failed once. The first
   * is that of this script, if it is not the page's: code of that origin runs already, and a
   * tag needs no CORS headers.
   */
  const ways = new Map();
  if (new URL(BASE).origin !== location.origin) ways.set(new URL(BASE).origin, 2);

  /**
   * Returns the base64 text in a chunk file.
   * @param {string} url
   * @returns {Promise<string>}
   */
  const loadText = (url) => patiently(() => loadOnce(url));

  /** @param {string} url @returns {Promise<string>} */
  const loadOnce = async (url) => {
    const here = inPage(url);
    if (here) return here.textContent;
    const { protocol, origin } = new URL(url);
    const way = ways.get(origin);
    if (protocol === "file:" || way > 1) {
      return String((await runOnce(url))[0]);
    }
    let response;
    let file;
    try {
      response = await fetch(url);
      file = await response.text();
    } catch (error) {
      // The network, where it worked before; in the page's own origin it is given a second
      // chance, so that what can be read is not run.
      if (way ?? origin === location.origin) {
        ways.set(origin, way ?? 0);
        throw new VitrineError("failed", `cannot load ${url}`, error);
      }
      // No CORS, a Content-Security-Policy or an opaque origin: nobody says which.
      const [text] = await runOnce(url);
      ways.set(origin, 2);
      return String(text);
    }
    ways.set(origin, 1);
    if (response.status === 404 || response.status === 410) {
      throw new VitrineError("missing", `cannot load ${url}`);
    }
    if (!response.ok) {
      throw new VitrineError("failed", `the server answered ${response.status}`);
    }
    // The file is read, not run: whatever else stands in it has no effect.
    const text = /__vitrine\("([^"]*)"/.exec(file)?.[1];
    if (text === undefined) {
      throw new VitrineError("damaged", `not a file of an archive: ${url}`);
    }
    return text;
  };

  /**
   * @param {string} text base64
   * @returns {Uint8Array<ArrayBuffer>}
   */
  const decode = (text) => {
    try {
      const native = /** @type {any} */ (Uint8Array).fromBase64;
      if (native) return native.call(Uint8Array, text);
      const binary = atob(text);
      const bytes = new Uint8Array(binary.length);
      for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
      return bytes;
    } catch (error) {
      throw new VitrineError("damaged", "the base64 text is damaged", error);
    }
  };

  // ----------------------------------------------------------------------- the turns

  /** How long the core works before the browser has its turn, in milliseconds. */
  const TURN = 8;
  let turnEnd = 0;
  /** @type {Promise<void> | undefined} The next turn, while somebody waits for it. */
  let nextTurn;

  /**
   * Resolves once the browser has done what else was due, such as answering keys and painting.
   * scheduler.yield() would go on before anything is painted.
   */
  const yieldTurn = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(undefined);
      };
      port2.postMessage(undefined);
    });

  /** Resolves after the next frame, or a while later where nobody looks and nothing is painted. */
  const yieldFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => yieldTurn().then(resolve));
      setTimeout(resolve, 500);
    });

  /**
   * Returns a promise of the next turn, or nothing while this one lasts.
   * @param {boolean} isPaintDue whether a frame is to be painted before
   */
  const pause = (isPaintDue) => {
    if (isPaintDue) return yieldFrame();
    if (performance.now() < turnEnd) return undefined;
    nextTurn ??= yieldTurn().then(() => {
      nextTurn = undefined;
      turnEnd = performance.now() + TURN;
    });
    return nextTurn;
  };

  // --------------------------------------------------------------------- the modules

  /**
   * A module: the reader (`vitrine-core`), or the panels that are opened in it
   * (`vitrine-panels`). Compiled once for all elements of the page, of which each gets
   * instances of its own: one that trapped is of no further use and is dropped.
   * @typedef {{ glue: (guard: (exports: WebAssembly.Exports) => object) => any, module: WebAssembly.Module, styles?: CSSStyleSheet }} Module
   */

  /** @type {Map<string, Promise<Module>>} */
  const modules = new Map();

  /** @param {string} name of the script */
  const loadModule = (name) => {
    const loading =
      modules.get(name) ??
      compile(new URL(`${name}.js`, BASE).href).catch((error) => {
        modules.delete(name);
        throw error;
      });
    modules.set(name, loading);
    return loading;
  };

  /** @param {string} url @returns {Promise<Module>} */
  const compile = async (url) => {
    const isSupported =
      typeof WebAssembly === "object" && "adoptedStyleSheets" in Document.prototype;
    if (!isSupported) {
      throw new VitrineError("unsupported", "WebAssembly or adoptedStyleSheets is missing");
    }
    try {
      // The shortest module there is: whoever refuses it refuses them all.
      new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    } catch (error) {
      const remedy = "allow 'wasm-unsafe-eval' in script-src of its Content-Security-Policy";
      throw new VitrineError("refused", `the page refuses WebAssembly; ${remedy}`, error);
    }
    const [glue, unpack, text, lengths] = await runScript(url);
    try {
      const bytes = await unpack(text, lengths, pause);
      return { glue, module: await WebAssembly.compile(bytes) };
    } catch (error) {
      throw new VitrineError("damaged", `damaged file: ${url}`, error);
    }
  };

  /**
   * Returns an instance of a module, and its styles.
   * @param {Module} module
   * @param {(error: unknown) => void} onStop called once, when it is of no further use
   * @returns {Promise<[instance: any, styles: any]>} the latter where the module has any
   */
  const instantiate = async (module, onStop) => {
    const instance = module.glue((exports) => guarded(exports, onStop));
    await instance({ module_or_path: module.module });
    if (instance.styles && !module.styles) {
      module.styles = new CSSStyleSheet();
      module.styles.replaceSync(instance.styles());
    }
    return [instance, module.styles];
  };

  /**
   * The functions of an instance, until one of them throws: what was going on inside has
   * no end then, so that no other may be called, and calls lead nowhere.
   * @param {WebAssembly.Exports} exports
   * @param {(error: unknown) => void} onStop called once
   */
  const guarded = (exports, onStop) => {
    let isStopped = false;
    const guard = (/** @type {Function} */ call) => (/** @type {any[]} */ ...values) => {
      if (isStopped) return undefined;
      try {
        return call(...values);
      } catch (error) {
        isStopped = true;
        onStop(error);
        throw error;
      }
    };
    const entries = Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === "function" ? guard(value) : value,
    ]);
    return Object.fromEntries(entries);
  };

  // ---------------------------------------------------------------------- the places

  /**
   * Where a reader has been: what the core asks for the place that is current, and tells of
   * others. Actions: 0 to read, 1 to add a place, 2 to put one where the current one is, 3 to
   * go back; which returns whether the core has to show the place that is current then.
   * @typedef {[place: string, visit?: object]} Visited
   * @typedef {(action: number, ...entry: Visited | []) => Visited | boolean} Visits
   */

  /** In the address of the archive's own page. @type {Visits} */
  const visitsOfPage = (action, place, visit) => {
    if (!action) return [location.hash.slice(1), history.state];
    if (action > 2) history.back();
    else history[action > 1 ? "replaceState" : "pushState"](visit, "", `#${place}`);
    return false;
  };

  // ----------------------------------------------------------------------- the words

  /** Languages beside English, each with its words in a file of its own. */
  const LANGUAGES = ["ar", "es", "fr", "ru", "zh-Hans", "zh-Hant"];

  /**
   * What is said up here, while nothing else is there or when nothing comes.
   * @type {Record<Kind | "opening" | "again" | "unzip", string>}
   */
  const ENGLISH = {
    opening: "Opening the archive…",
    again: "Reload",
    missing: "A file of this archive is missing.",
    damaged: "A file of this archive is damaged. Get a fresh copy of the whole folder.",
    failed: "The archive could not be loaded.",
    refused: "This page does not allow the archive to run.",
    unsupported: "This browser is too old for the archive. Use a current one.",
    stopped: "The reader stopped because of an error.",
    unzip: "If it lies in a zip file, unzip the whole folder first, then open index.html.",
  };

  /** @typedef {{ tag: string, own: typeof ENGLISH, core: string, panels: string }} Words */

  /** @param {string} tag a BCP 47 language tag */
  const languageOf = (tag) => {
    const [primary, ...rest] = tag.toLowerCase().split(/[-_]/);
    const isTraditional = rest.some((part) => /^(hant|tw|hk|mo)$/.test(part));
    const wanted = primary === "zh" ? `zh-${isTraditional ? "Hant" : "Hans"}` : primary;
    return LANGUAGES.includes(wanted) ? wanted : "en";
  };

  /**
   * Returns the words of a language; English ones when their file does not come.
   * @param {string} tag
   * @returns {Promise<Words>}
   */
  const loadWords = async (tag) => {
    const words = { tag: "en", own: ENGLISH, core: "", panels: "" };
    if (tag === "en") return words;
    try {
      const [own, core, panels] = await runScript(new URL(`vitrine-${tag}.js`, BASE).href);
      return { tag, own: { ...ENGLISH, ...own }, core: String(core), panels: String(panels) };
    } catch {
      return words;
    }
  };

  /** What shows until the core's own styles are there, and when they never come. */
  const bootStyles = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { display: block }
      :host([hidden]) { display: none }
      .boot {
        all: initial; display: block; color-scheme: light dark; padding: 12vh 1.5em;
        font: medium/1.6 system-ui, sans-serif; text-align: center;
        color: light-dark(#5d574e, #a8a195); animation: appear 300ms 250ms both;
      }
      :host([theme="light"]) .boot { color-scheme: light }
      :host([theme="dark"]) .boot { color-scheme: dark }
      .boot p { margin: 0 auto 1em; max-width: 34em; overflow-wrap: anywhere }
      .boot .what { font-size: 1.25em; color: light-dark(#1d1b18, #ebe6dc) }
      .boot .detail { font-size: .875em }
      .boot button {
        font: inherit; color: inherit; background: none; cursor: pointer;
        border: 1px solid; border-radius: 4px; padding: .6em 1.4em;
      }
      iframe { border: 0; width: 100%; height: 80vh; min-height: 30em; display: block }
      @keyframes appear { from { opacity: 0 } }`);
    return sheet;
  };

  // --------------------------------------------------------------------- the element

  /** @type {Promise<any> | undefined} What few pages need. */
  let embedding;
  const embed = () =>
    (embedding ??= runScript(`${BASE}vitrine-embed.js`).then(
      ([make]) =>
        make({ BASE, TAG, VitrineError, decode, instantiate, loadModule, loadText, pause }),
      (error) => {
        embedding = undefined;
        throw error;
      },
    ));

  let isOffered = false;

  /**
   * Lets an archive's own page work without a connection, once somebody reads there.
   * @param {HTMLElement} element
   */
  const keepOffline = (element) => {
    const isOneFile = inPage(`${BASE}vitrine-core.js`);
    const isHosted = /^http/.test(location.protocol) && navigator.serviceWorker;
    if (isOffered || !isHosted || parent !== window || isOneFile) return;
    isOffered = true;
    const OFFLINE = "vitrine-offline";
    /** @type {Promise<any[]> | undefined} */
    let loading;
    const begin = async (/** @type {Event | undefined} */ event) => {
      // The settings say where there is room for what can be kept.
      const place = event?.type === OFFLINE && event.composedPath()[0];
      try {
        const [fill] = await (loading ??= runScript(`${BASE}vitrine-offline.js`));
        if (place) fill(place);
      } catch {
        // Asked for again when the next article is read.
        loading = undefined;
      }
    };
    for (const type of [OFFLINE, "vitrine-article"]) element.addEventListener(type, begin);
    if (navigator.serviceWorker.controller) begin(undefined);
  };

  class VitrineArchive extends HTMLElement {
    static observedAttributes = "src root route lang home filter query article hide".split(" ");

    #shadow = this.attachShadow({ mode: "open" });
    /** Hides the parts that `hide` names. */
    #hiding = new CSSStyleSheet();
    /** Whatever is not seen costs nothing. */
    #sight = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#seen();
      },
      { rootMargin: "50%" },
    );
    /** @type {Visits | undefined} */
    #visits;
    /** @type {any} The core's view of this element, while it runs. */
    #viewer;
    /** Counts the starts: what belongs to an earlier one is dropped. */
    #run = 0;
    #isStartDue = false;
    /** Before that, changes of attributes need no answer. */
    #isBegun = false;
    /** @type {Words} */
    #words = { tag: "en", own: ENGLISH, core: "", panels: "" };
    /** @type {Promise<any> | undefined} The panels of this element, once one was opened. */
    #panels;

    connectedCallback() {
      if (!this.#viewer) this.#startSoon();
      if (this.#isPage) keepOffline(this);
    }

    disconnectedCallback() {
      // A move takes the element out and puts it back at once.
      queueMicrotask(() => {
        if (!this.isConnected) this.#stop();
      });
    }

    /** @param {string} name @param {string | null} old @param {string | null} value */
    async attributeChangedCallback(name, old, value) {
      if (!this.#isBegun || old === value) return;
      const isSmall = /hide|query|article/.test(name);
      if (isSmall && this.#viewer) {
        const { hide, place } = await embed();
        if (name === "hide") hide(this.#hiding, value);
        else this.#viewer?.go(place(this));
      } else {
        if (name !== "lang") this.#visits = undefined;
        this.#startSoon();
      }
    }

    /** The folder of the archive. */
    get #archive() {
      const archive = new URL(this.getAttribute("src") || BASE, document.baseURI);
      if (!archive.pathname.endsWith("/")) archive.pathname += "/";
      return archive;
    }

    get #isPage() {
      return this.getAttribute("route") === "page";
    }

    /** Focuses the search box. @param {FocusOptions} [options] */
    focus(options) {
      /** @type {HTMLElement | null} */
      const box = this.#shadow.querySelector("[part~=search]");
      if (box) box.focus(options);
      else super.focus(options);
    }

    #startSoon() {
      if (!this.#isPage) {
        this.#sight.disconnect();
        this.#sight.observe(this);
      } else if (!this.#isStartDue) {
        this.#isStartDue = true;
        queueMicrotask(() => this.#seen());
      }
    }

    #seen() {
      this.#isStartDue = false;
      this.#sight.disconnect();
      if (this.isConnected) this.#start();
    }

    #stop() {
      this.#run++;
      this.#sight.disconnect();
      const viewer = this.#viewer;
      this.#viewer = undefined;
      this.#panels = undefined;
      viewer?.close();
    }

    async #start() {
      this.#stop();
      const run = this.#run;
      const isStale = () => run !== this.#run;
      this.dataset.state = "loading";
      const loading = loadModule("vitrine-core");
      // Reported where it is awaited.
      loading.catch(() => {});
      try {
        let visits = visitsOfPage;
        if (!this.#isPage || parent !== window || location.search) {
          const go = (/** @type {string} */ place) => this.#viewer?.go(place);
          visits = (await embed()).begin(this, this.#hiding, this.#visits, go) ?? visits;
          if (isStale()) return;
        }
        this.#visits = visits;
        this.#isBegun = true;
        const archive = this.#archive;
        const language = this.#remembered("language") || this.lang || navigator.language;
        const words = loadWords(languageOf(language));
        this.#words = await words;
        if (isStale()) return;
        this.#boot("status", this.#words.own.opening);
        const core = await loading;
        if (isStale()) return;
        const [bindgen, styles] = await instantiate(core, (error) => {
          if (isStale()) return;
          // Not closed: nothing may call into an instance that trapped.
          this.#viewer = undefined;
          this.#run++;
          this.#fail(new VitrineError("stopped", String(error)));
        });
        if (isStale()) return;
        this.#viewer = new bindgen.Viewer(
          this,
          archive.href,
          async (/** @type {string} */ path) => decode(await loadText(archive.href + path)),
          pause,
          (/** @type {[string, Element, object]} */ ...panel) => this.#openPanel(...panel),
          visits,
          this.#words.tag,
          this.#words.core,
        );
        this.#shadow.adoptedStyleSheets.push(styles);
        await this.#viewer.open();
      } catch (error) {
        if (!isStale()) this.#fail(error);
      }
    }

    /**
     * Opens a panel in a dialog of the core.
     * @param {string} name @param {Element} dialog @param {object} detail
     */
    async #openPanel(name, dialog, detail) {
      const forget = () => {
        this.#panels = undefined;
      };
      this.#panels ??= this.#loadPanels(forget);
      try {
        (await this.#panels).open(name, dialog, detail);
      } catch (error) {
        // Another try may have more luck.
        forget();
        throw error;
      }
    }

    /** @param {() => void} onStop */
    async #loadPanels(onStop) {
      const module = await loadModule("vitrine-panels");
      const [bindgen, styles] = await instantiate(module, onStop);
      const sheets = this.#shadow.adoptedStyleSheets;
      if (!sheets.includes(styles)) sheets.push(styles);
      const load = (/** @type {string} */ path) => loadText(this.#archive.href + path);
      return new bindgen.Panels(this.#words.panels, load);
    }

    /**
     * Returns what is remembered under a name, where this element may remember anything.
     * @param {string} name
     */
    #remembered(name) {
      if (!this.#isPage && !this.hasAttribute("remember")) return null;
      try {
        return localStorage.getItem(`vitrine.${name}`);
      } catch {
        // Refused, as in a sandboxed frame.
        return null;
      }
    }

    /** @param {string} role @param {...(string | Node)} content */
    #boot(role, ...content) {
      const view = document.createElement("div");
      view.className = "boot";
      view.setAttribute("role", role);
      view.lang = this.#words.tag;
      view.dir = "auto";
      view.append(...content);
      this.#shadow.adoptedStyleSheets = [bootStyles(), this.#hiding];
      this.#shadow.replaceChildren(view);
    }

    /** @param {unknown} error */
    #fail(error) {
      const { name, message, kind } =
        error instanceof VitrineError
          ? error
          : { name: "StoppedError", message: String(error), kind: /** @type {Kind} */ ("stopped") };
      if (kind === "refused" && !this.#isPage && !this.#shadow.querySelector("iframe")) {
        console.warn(`<${TAG}>: ${message}; showing the archive in a frame instead`);
        this.#frame(message);
        return;
      }
      const paragraph = (/** @type {string} */ className, /** @type {string} */ text) => {
        const p = document.createElement("p");
        p.className = className;
        p.textContent = text;
        return p;
      };
      const again = document.createElement("button");
      again.type = "button";
      again.textContent = this.#words.own.again;
      again.onclick = () => this.#startSoon();
      const isUnpacked = kind !== "missing" || this.#archive.protocol !== "file:";
      this.#boot(
        "alert",
        paragraph("what", this.#words.own[kind]),
        ...(isUnpacked ? [] : [paragraph("", this.#words.own.unzip)]),
        paragraph("detail", message),
        again,
      );
      this.dataset.state = "error";
      this.#announce("vitrine-error", { name, message });
    }

    /**
     * Shows the archive's own page, which has a policy of its own.
     * @param {string} reason
     */
    async #frame(reason) {
      const frame = document.createElement("iframe");
      frame.title = this.getAttribute("aria-label") ?? "Vitrine";
      const page = new URL("index.html", this.#archive);
      this.#shadow.adoptedStyleSheets = [bootStyles()];
      this.#shadow.replaceChildren(frame);
      const fail = () =>
        this.#fail(new VitrineError("refused", `${reason}, or ${page.origin} in frame-src`));
      try {
        (await embed()).watch(this, frame, page, fail);
      } catch {
        // The page refuses this script, too.
        frame.onload = () => {
          this.dataset.state = "ready";
        };
      }
      frame.src = page.href;
    }

    /** @param {string} name @param {object} detail */
    #announce(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
  }

  customElements.define(TAG, VitrineArchive);
  for (const tag of ["vitrine-search", "vitrine-latest"]) {
    const element = class extends HTMLElement {
      connectedCallback() {
        embed().then((made) => made[tag](this));
      }
    };
    customElements.define(tag, element);
  }
  Object.assign(window, {
    Vitrine: { open: async (/** @type {any[]} */ ...values) => (await embed()).open(...values) },
  });
})();
