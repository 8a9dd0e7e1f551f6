// What `vitrine.js` adds to a page: the elements, their events, and `Vitrine`. The build puts the
// declarations of an open archive before it.

/** How an archive is opened. */
export interface OpenOptions {
  /** Digest of the archive's root, 32 hexadecimal digits: pins one state of the archive. */
  root?: string;
  /** Leaves only the articles that fulfil these conditions: `section:"Essays" year:2010..`. */
  filter?: string;
}

/** The stable names of the errors that calls reject with. */
export type ErrorName =
  | "ArgumentError"
  | "MissingError"
  | "FailedError"
  | "DamagedError"
  | "VersionError"
  | "RefusedError"
  | "UnsupportedError"
  | "StoppedError";

/** What `window.Vitrine` is. */
export interface VitrineGlobal {
  /** Opens the archive in a folder; in that of the script if none is given. */
  open(src?: string | URL, options?: OpenOptions): Promise<Archive>;
}

export interface ReadyDetail {
  title: string;
  articleCount: number;
  /** Whether the archive is shown in a frame, because the page refuses WebAssembly. */
  framed?: true;
}

export interface SearchDetail {
  query: string;
  /** Number of articles found; `null` in `<vitrine-search>`, which only asks. */
  total: number | null;
  framed?: true;
}

export interface ArticleDetail {
  id: string;
  title: string;
  framed?: true;
}

export interface ErrorDetail {
  name: string;
  message: string;
  framed?: true;
}

/** The events of the elements; all bubble and are composed. */
export interface VitrineEventMap {
  "vitrine-ready": CustomEvent<ReadyDetail>;
  "vitrine-search": CustomEvent<SearchDetail>;
  "vitrine-article": CustomEvent<ArticleDetail>;
  "vitrine-error": CustomEvent<ErrorDetail>;
}

interface VitrineElement extends HTMLElement {
  addEventListener<K extends keyof VitrineEventMap>(
    type: K,
    listener: (this: this, event: VitrineEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** `<vitrine-archive>`. Each property is an attribute of the same name; empty if it has none. */
export interface VitrineArchiveElement extends VitrineElement {
  /** Folder of the archive; that of the script if empty. */
  src: string;
  /** Digest of the archive's root. */
  root: string;
  /** Where the place of the reader is kept. */
  route: "" | "memory" | "hash" | "query" | "page";
  theme: "" | "auto" | "light" | "dark";
  /** The place to begin at, and where the title leads: `/?section=Essays`. */
  home: string;
  /** Conditions that every article has to fulfil. */
  filter: string;
  /** What to search for. */
  query: string;
  /** Id of the article to show. */
  article: string;
  /** Names of parts that are not shown. */
  hide: string;
  /** Whether anything may be kept in the reader's browser. */
  remember: boolean;
}

declare global {
  interface Window {
    Vitrine: VitrineGlobal;
  }
  // eslint-disable-next-line no-var
  var Vitrine: VitrineGlobal;
  interface HTMLElementTagNameMap {
    "vitrine-archive": VitrineArchiveElement;
    "vitrine-search": VitrineElement;
    "vitrine-latest": VitrineElement;
  }
  interface HTMLElementEventMap extends VitrineEventMap {}
}
