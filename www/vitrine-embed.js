// @ts-check
/**
 * What only the pages of others need, loaded by `vitrine.js` when it is needed: `Vitrine.open()`,
 * `<vitrine-search>`, `<vitrine-latest>`, places in the address of a page that has other parts,
 * and the archive's own page in a frame.
 *
 * A file like any other of an archive: it hands over a function, which takes what the loader
 * has and returns what this has.
 */
/** @type {any} */ (window).__vitrine((/** @type {any} */ loader) => {
  const { BASE, TAG, VitrineError, decode, instantiate, loadModule, loadText, pause } = loader;

  // ------------------------------------------------------------------------- the API

  const CALLS = ["search", "facets", "suggest", "latest", "related", "article", "citation", "verify"];

  /**
   * Opens an archive.
   * @param {string | URL} [src] its folder; that of the script by default
   * @param {{ root?: string, filter?: string }} [options]
   */
  const open = async (src = BASE, { root, filter = "", ...others } = {}) => {
    const [unknown] = Object.keys(others);
    if (unknown) {
      throw new VitrineError("argument", `there is no option ${unknown}; there are root, filter`);
    }
    const folder = new URL(src, document.baseURI);
    if (!folder.pathname.endsWith("/")) folder.pathname += "/";
    /** @type {(error: unknown) => void} */
    let stop = () => {};
    const stopped = new Promise((_, reject) => {
      stop = reject;
    });
    // Reported where it is awaited.
    stopped.catch(() => {});
    // An instance that trapped answers nothing any more.
    const [bindgen] = await instantiate(await loadModule("vitrine-api"), (/** @type {unknown} */ cause) =>
      stop(new VitrineError("stopped", `the archive stopped: ${cause}; open it again`, cause)),
    );
    const settled = (/** @type {() => unknown} */ call) => Promise.race([stopped, (async () => call())()]);
    const load = async (/** @type {string} */ path) => decode(await loadText(folder.href + path));
    const archive = await settled(() => bindgen.open(folder.href, root, filter, load, pause));
    const calls = CALLS.map((name) => [
      name,
      (/** @type {unknown[]} */ ...values) => settled(() => archive[name](...values)),
    ]);
    return Object.freeze({ info: archive.info, ...Object.fromEntries(calls) });
  };

  // ---------------------------------------------------------------- the small elements

  const STYLES = `
    :host { display: block; font: inherit; color: inherit }
    :host([hidden]) { display: none }
    form { display: flex; gap: .5em; margin: 0 }
    input, button {
      font: inherit; color: inherit; background: transparent; border: 1px solid;
      border-radius: 4px; padding: .45em .7em; min-width: 0; box-sizing: border-box;
    }
    input { flex: 1 }
    button { cursor: pointer }
    ul { list-style: none; margin: 0; padding: 0 }
    li { margin: 0 0 .6em }
    a { color: var(--vitrine-accent, LinkText) }
    .facts { display: block; font-size: .875em; opacity: .8 }
    :focus-visible { outline: 2px solid var(--vitrine-accent, Highlight); outline-offset: 2px }`;

  /** @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} content */
  const node = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };

  /** @param {HTMLElement} element @param {...Node} content */
  const show = (element, ...content) => {
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open", delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(...content);
  };

  /** The page in which an archive is read. @param {HTMLElement} element */
  const pageOf = (element) => {
    const page = element.getAttribute("page");
    if (page) return new URL(page, document.baseURI);
    const folder = new URL(element.getAttribute("src") ?? BASE, document.baseURI);
    if (!folder.pathname.endsWith("/")) folder.pathname += "/";
    return new URL("index.html", folder);
  };

  /**
   * The address of a place there: that of the archive's own page has it after `#`, another page
   * in a part of its query.
   * @param {HTMLElement} element @param {string} place
   */
  const addressOf = (element, place) => {
    const page = pageOf(element);
    if (element.hasAttribute("page")) page.searchParams.set(element.getAttribute("name") || "vitrine", place);
    else page.hash = place;
    return page.href;
  };

  /** A search box that opens the archive with what is typed. @param {HTMLElement} element */
  const search = (element) => {
    const label = element.getAttribute("label") ?? "Search the archive";
    const input = /** @type {HTMLInputElement} */ (
      node("input", { type: "search", part: "input", "aria-label": label, placeholder: label, maxlength: "400" })
    );
    const button = node("button", { part: "button" }, element.getAttribute("button") ?? "Search");
    const form = node("form", { role: "search", part: "form" }, input, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = input.value.trim();
      const sought = new CustomEvent("vitrine-search", {
        detail: { query, total: null },
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      // A page may have an element of its own for the answer.
      if (!element.dispatchEvent(sought)) return;
      const address = addressOf(element, `/?q=${encodeURIComponent(query)}`);
      if (element.getAttribute("target") === "_blank") window.open(address, "_blank", "noopener");
      else location.assign(address);
    });
    show(element, form);
  };

  /** A list of the newest articles, or of those that a query finds. @param {HTMLElement} element */
  const latest = async (element) => {
    const start = async () => {
      const get = (/** @type {string} */ name) => element.getAttribute(name) ?? "";
      try {
        const filter = get("filter");
        const archive = await open(get("src") || BASE, { filter });
        const limit = Math.min(Number(get("count")) || 5, 100);
        const ids = get("articles").split(/\s+/).filter(Boolean);
        const hits = ids.length
          ? (await Promise.all(ids.map((id) => archive.article(id)))).filter(Boolean)
          : get("query")
            ? (await archive.search(get("query"), { limit })).hits
            : await archive.latest({ limit });
        const items = hits.map((/** @type {any} */ hit) => {
          const href = addressOf(element, `/article/${encodeURIComponent(hit.id)}`);
          const link = node("a", { href, part: "link", lang: hit.lang, dir: "auto" }, hit.title || hit.id);
          const facts = [hit.date, hit.authors.join(", "), hit.source].filter(Boolean).join(" · ");
          return node("li", { part: "item" }, link, node("span", { class: "facts", part: "facts" }, facts));
        });
        show(element, node("ul", { part: "list", role: "list" }, ...items));
        tell(element, "vitrine-ready", { title: archive.info.title, articleCount: archive.info.articleCount });
      } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        tell(element, "vitrine-error", { name, message });
      }
    };
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      sight.disconnect();
      start();
    });
    sight.observe(element);
  };

  /** @param {HTMLElement} element @param {string} name @param {object} detail */
  const tell = (element, name, detail) => {
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };

  // ------------------------------------------------------------ places in an address

  /** The place that an element begins at. @param {Element} element */
  const place = (element) => {
    const get = (/** @type {string} */ name) => element.getAttribute(name) ?? "";
    const [article, query] = ["article", "query"].map((name) => encodeURIComponent(get(name)));
    if (!article && !query) return get("home") || "/";
    return `/${article && `article/${article}`}${query && `?q=${query}`}`;
  };

  /**
   * Where the reader of an element has been: in memory, or in one part of the address of the
   * page; other parts stay as they are. What the actions are, `vitrine.js` says. The home page of
   * the archive is the home that the element has.
   * @param {HTMLElement} element @param {(place: string) => void} go
   */
  const visits = (element, go) => {
    const start = place(element);
    const route = element.getAttribute("route") ?? "memory";
    if (route === "hash" || route === "query") return visitsInAddress(element, route, start, go);
    if (route !== "memory") console.warn(`<vitrine-archive>: no route "${route}"; it is "memory"`);
    /** @type {[string, object?][]} */
    const entries = [[start]];
    return (/** @type {number} */ action, /** @type {string} */ place, /** @type {object} */ visit) => {
      if (!action) return entries.at(-1);
      if (action > 1) entries.pop();
      if (action < 3) entries.push([homely(element, place), visit]);
      return true;
    };
  };

  /** @param {Element} element @param {string} place */
  const homely = (element, place) => (place === "/" ? element.getAttribute("home") || place : place);

  /**
   * @param {HTMLElement} element @param {string} route @param {string} start
   * @param {(place: string) => void} go
   */
  const visitsInAddress = (element, route, start, go) => {
    const name = element.id || "vitrine";
    const isQuery = route === "query";
    const text = () => (isQuery ? location.search : location.hash).slice(1);
    const own = `${encodeURIComponent(name)}=`;
    let here = start;
    // A place that is not in the address, while a router of the page has the hash.
    const isTaken = () => !isQuery && /^[/!]/.test(text());
    const visits = (/** @type {number} */ action, place = "", visit = {}) => {
      const state = history.state;
      const parts = text().split("&");
      if (!action) {
        const part = parts.find((part) => part.startsWith(own));
        if (part) {
          const written = part.slice(own.length).replace(/\+/g, "%20");
          try {
            here = decodeURIComponent(written);
          } catch {
            here = start;
          }
        } else if (!isTaken() && (!text() || isQuery || state?.[own])) here = start;
        // Else the page went somewhere, not the reader.
        return [here, state?.[own]];
      }
      if (action > 2) {
        history.back();
        return false;
      }
      here = homely(element, place);
      if (isTaken()) return false;
      const others = parts.filter((part) => part && !part.startsWith(own));
      const written = here.replace(/[%&#+]/g, encodeURIComponent);
      if (here !== start) others.push(own + written);
      const joined = others.join("&");
      const url = isQuery
        ? `${location.pathname}${joined && `?${joined}`}${location.hash}`
        : `${location.pathname}${location.search}${joined && `#${joined}`}`;
      const next = { ...state, [own]: visit };
      history[action > 1 ? "replaceState" : "pushState"](next, "", url);
      return false;
    };
    const follow = () => {
      if (!element.isConnected) return removeEventListener("popstate", follow);
      const before = here;
      visits(0);
      // Else the page went somewhere itself.
      if (here !== before) go(here);
    };
    addEventListener("popstate", follow);
    return visits;
  };

  // ------------------------------------------------------------------- hidden parts

  /** @param {CSSStyleSheet} sheet @param {string | null} value names of parts */
  const hide = (sheet, value) => {
    const names = (value ?? "").split(/\s+/).filter(Boolean);
    const parts = names.map((name) => `[part~="${CSS.escape(name)}"]`);
    sheet.replaceSync(parts.length ? `${parts}{display:none!important}` : "");
  };

  // ------------------------------------------------------------------------- a frame

  const EVENTS = ["vitrine-ready", "vitrine-search", "vitrine-article", "vitrine-error"];
  /** What an address may set. */
  const SETTINGS = ["lang", "theme", "hide", "home", "filter"];

  /**
   * Makes the archive's own page ready to stand in a frame of another: it takes settings from
   * its address, and tells the page around it its height and what happens.
   * @param {HTMLElement} element
   */
  const prepare = (element) => {
    const settings = new URLSearchParams(location.search);
    for (const name of SETTINGS) {
      const value = settings.get(name);
      if (value !== null) element.setAttribute(name, value);
    }
    if (parent === window) return;
    element.style.minBlockSize = "0";
    // Whoever frames the page may know what is public in it: heights, queries, titles.
    const post = (/** @type {string} */ vitrine, /** @type {unknown} */ detail) =>
      parent.postMessage({ vitrine, detail }, "*");
    for (const name of EVENTS) {
      element.addEventListener(name, (event) => post(name, /** @type {CustomEvent} */ (event).detail));
    }
    new ResizeObserver(() => post("height", Math.ceil(element.getBoundingClientRect().height))).observe(element);
  };

  // ------------------------------------------------------------------------ the start

  const ATTRIBUTES = "src root route lang theme home hide query article filter remember".split(" ");

  /** Makes attributes properties; those that were set before, too. @param {any} element */
  const reflect = (element) => {
    const prototype = customElements.get(TAG)?.prototype;
    for (const name of ATTRIBUTES) {
      if (!Object.hasOwn(prototype, name)) {
        Object.defineProperty(prototype, name, {
          get() {
            return name === "remember" ? this.hasAttribute(name) : (this.getAttribute(name) ?? "");
          },
          set(value) {
            if (value == null || value === false) this.removeAttribute(name);
            else this.setAttribute(name, value === true ? "" : value);
          },
        });
      }
      if (!Object.hasOwn(element, name)) continue;
      const value = element[name];
      delete element[name];
      element[name] = value;
    }
  };

  const begun = new WeakSet();

  /**
   * Begins an element in the page of someone else, or the archive's own page in a frame.
   * Returns where its reader has been; nothing for the archive's own page.
   * @param {HTMLElement} element @param {CSSStyleSheet} hiding @param {any} kept what this
   *   returned before @param {(place: string) => void} go
   */
  const begin = (element, hiding, kept, go) => {
    reflect(element);
    const isPage = element.getAttribute("route") === "page";
    if (isPage && !begun.has(element)) prepare(element);
    begun.add(element);
    hide(hiding, element.getAttribute("hide"));
    return isPage ? undefined : (kept ?? visits(element, go));
  };

  /**
   * Has an element follow the archive's own page in a frame of it.
   * @param {HTMLElement} element @param {HTMLIFrameElement} frame @param {URL} page
   * @param {() => void} fail
   */
  const watch = (element, frame, page, fail) => {
    for (const name of SETTINGS) {
      const value = element.getAttribute(name);
      if (value) page.searchParams.set(name, value);
    }
    page.hash = place(element);
    addEventListener("message", ({ source, data }) => {
      if (!source || source !== frame.contentWindow || !data) return;
      const { vitrine: name, detail } = data;
      if (name === "height" && Number(detail) > 0) frame.style.height = `${Number(detail)}px`;
      if (!EVENTS.includes(name)) return;
      const state = /ready|error/.exec(name);
      if (state) element.dataset.state = state[0];
      tell(element, name, { ...detail, framed: true });
    });
    document.addEventListener("securitypolicyviolation", (event) => {
      const isOurs = frame.isConnected && event.blockedURI.startsWith(page.origin);
      if (isOurs && event.effectiveDirective === "frame-src") fail();
    });
  };

  return { open, "vitrine-search": search, "vitrine-latest": latest, place, hide, begin, watch };
});
