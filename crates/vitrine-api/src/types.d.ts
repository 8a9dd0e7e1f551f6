/** Facts about an archive, or about what a filter left of it. */
export interface ArchiveInfo {
  title: string;
  articleCount: number;
  /** Most frequent first. */
  languages: LanguageInfo[];
  /** Ascending; undated articles are in none. */
  years: YearInfo[];
  firstDate: PartialDate | null;
  lastDate: PartialDate | null;
  /** Name and version of the program that packed it. */
  generator: string;
  /** Whether it has the pages that its articles were cleaned from. */
  hasOriginals: boolean;
}

export interface LanguageInfo {
  /** BCP 47 tag. */
  lang: string;
  articleCount: number;
}

export interface YearInfo {
  year: number;
  articleCount: number;
}

/** `2013`, `2013-06` or `2013-06-25`: as precise as is known. */
export type PartialDate = string;

export interface SearchOptions {
  /** Conditions, which filter and do not rank: `year:2010..2015 section:"Essays"`. */
  filter?: string;
  /** `relevance` if not given. */
  sort?: "relevance" | "newest" | "oldest" | "title";
  /** Whether to count the values of fields among all articles found. */
  facets?: boolean;
  /** Hits to skip. */
  offset?: number;
  /** Most hits to return: 10 if not given, at most 1000. */
  limit?: number;
  /** Whether the last word may still grow, as while somebody types. */
  typing?: boolean;
}

export interface ListOptions {
  /** Articles to skip. */
  offset?: number;
  /** Most articles to return: 10 if not given, at most 1000. */
  limit?: number;
}

export interface SearchResults {
  /** Number of articles found, of which `hits` are a part. */
  total: number;
  hits: Hit[];
  /** Words that never occur, and what was searched instead. */
  corrections: Correction[];
  /** Whether a phrase occurs nowhere, so that its words were searched. */
  isRelaxed: boolean;
  /** If they were asked for. */
  facets: Facets | null;
}

/** An article in a list. */
export interface Hit {
  id: string;
  /** Empty when it has none. */
  title: string;
  /** The title, with the words that match marked. */
  titleSpans: Span[];
  date: PartialDate | null;
  authors: string[];
  /** Publication in which it appeared first. */
  source: string | null;
  /** BCP 47 tag. */
  lang: string;
  /** The passage that answers the search, or the beginning of the text. */
  snippet: Span[];
  /** Comparable among the hits of one search only; 0 in lists. */
  score: number;
}

export interface Span {
  text: string;
  isMatch: boolean;
}

export interface Correction {
  from: string;
  to: string;
}

/** The values of each field, most frequent first; years latest first. */
export interface Facets {
  years: FacetCount[];
  langs: FacetCount[];
  authors: FacetCount[];
  sources: FacetCount[];
  sections: FacetCount[];
  types: FacetCount[];
}

export interface FacetCount {
  /** As a condition takes it. */
  value: string;
  count: number;
}

export type Suggestion =
  | { kind: "query"; query: string }
  | { kind: "author"; author: string }
  | { kind: "title"; id: string; title: Span[] };

export interface Article {
  id: string;
  title: string;
  date: PartialDate | null;
  authors: string[];
  source: string | null;
  section: string | null;
  /** What kind of text it is, as a condition takes it. */
  type: string | null;
  /** What it says in short, in one line; nothing that is in `text`. */
  abstract: string | null;
  /** BCP 47 tag. */
  lang: string;
  /** Where it was published. */
  url: string | null;
  /** Where it is in the archive's own page. */
  address: string;
  /** The body as plain text, blocks separated by a blank line. */
  text: string;
  /** The body, in reading order. Text is text: nothing in it is markup. */
  blocks: Block[];
}

export type Block =
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "heading"; level: number; inlines: Inline[] }
  | { kind: "list"; ordered: boolean; items: Block[][] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "code"; text: string }
  | { kind: "table"; caption: Inline[]; rows: { header: boolean; cells: Inline[][] }[] }
  | { kind: "figure"; alt: string; caption: Inline[]; image?: { addresses: string[] } }
  | { kind: "break" };

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "emphasis"; inlines: Inline[] }
  | { kind: "strong"; inlines: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; url: string; inlines: Inline[] }
  | { kind: "line_break" }
  | { kind: "note_reference"; number: number; text: string }
  | { kind: "note_mark"; number: number; text: string };

/** A style for people, or a format for programs; `apa` if not given. */
export type CitationFormat =
  | "apa"
  | "chicago"
  | "mla"
  | "gbt7714"
  | "bibtex"
  | "ris"
  | "csl-json";

export interface VerifyReport {
  /** Number of files that were checked. */
  files: number;
  /** What is in them, in bytes. */
  bytes: number;
  /** The files that are missing or not as they were packed. */
  damaged: Damage[];
}

export interface Damage {
  /** Path below the archive's folder. */
  path: string;
  message: string;
}
