//! Definitions of the command line; nothing here does any work.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use vitrine_reader::field_names;

/// Turns a folder of scraped pages into an archive that anyone can open and search.
///
/// The archive is one folder of static files: double-click its index.html, put it on any
/// web host, or embed it in a page.
///
/// Exit codes: 0 fine, 1 ran but some input failed, 2 could not run.
#[derive(Debug, Parser)]
#[command(name = "vitrine", version, max_term_width = 90)]
pub(crate) struct Args {
    /// Say only what goes wrong.
    #[arg(short, long, global = true, display_order = 900, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more: name all inputs that could not be read.
    #[arg(short, long, global = true, display_order = 900)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Write a commented vitrine.toml, the settings of a corpus.
    Init(InitArgs),
    /// Clean pages and pack them into an archive folder.
    Pack(PackArgs),
    /// Clean pages and print the articles as JSON, one a line.
    Clean(CleanArgs),
    /// Search an archive.
    Search(SearchArgs),
    /// Print an article of an archive.
    Show(ShowArgs),
    /// Check every file of an archive against its digest and decode every article.
    Verify(VerifyArgs),
    /// Sign an archive, so that others can check who vouches for it.
    Sign(SignArgs),
    /// Pack whenever an input or a setting changes, and show the result in the browser.
    Watch(WatchArgs),
    /// Show what an archive holds and where its bytes go.
    #[command(after_help = "\
Examples:
  vitrine inspect archive
  vitrine inspect archive --json | jq '.article_count, .folder.disk_bytes'")]
    Inspect(ArchiveArgs),
    /// Write what an archive holds in the formats of other programs.
    Export(ExportArgs),
    /// Look at an archive on its host, or in a folder, and say how to mend what is wrong.
    Doctor(DoctorArgs),
    /// Serve an archive on this computer, to look at it as a web site.
    Serve(ServeArgs),
    /// Print the completions of the command line for a shell.
    Completions(CompletionsArgs),
    /// Write the manual pages.
    Manual(ManualArgs),
}

/// What to read, for the verbs that read pages.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct InputArgs {
    /// Files and folders: text dumps (.txt), pages (.html, .mhtml, .md), exports (.jsonl,
    /// .json, .csv, .tsv), crawls (.warc, .warc.gz, .wacz), and .zip, .tar or .gz of these.
    /// Archives in the folders are passed over, and so is what is to be written.
    ///
    /// Without any: those of `[input] paths` in vitrine.toml.
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Settings of the corpus: which files are read, what the fields of exports are called
    /// [default: the vitrine.toml of the current folder, if it has one].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// vitrine init
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine init
  vitrine init --title \"The Harbour Papers\" --input pages --folder archive
  vitrine init --schema > vitrine.schema.json")]
pub(crate) struct InitArgs {
    /// File to write; one that is there is never replaced.
    #[arg(default_value = "vitrine.toml", value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Files and folders to read.
    #[arg(long = "input", value_name = "PATH")]
    pub(crate) inputs: Vec<String>,
    /// Folder to write the archive to.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<String>,
    /// Print the JSON Schema of the settings, and write nothing.
    #[arg(long)]
    pub(crate) schema: bool,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    // Last: its heading would stand over whatever follows.
    #[command(flatten)]
    pub(crate) about: AboutArgs,
}

/// vitrine pack
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine pack pages/ --out archive --title \"The Harbour Papers\"
  vitrine pack dumps/ saved/ export.jsonl --out archive --report report.html
  vitrine pack crawl.wacz old-site.zip notes/ --out archive --config vitrine.toml
  vitrine pack pages/ --zip harbour-papers.zip --single-file harbour-papers.html
  vitrine pack pages/ --out archive --static-pages --url https://example.org/archive/")]
pub(crate) struct PackArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Folder to write; an archive that is there is replaced when the new one is whole
    /// [default: `[output] folder` in vitrine.toml].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) handover: HandoverArgs,
    /// File to write the report to: what became of each input, and why. A page for a
    /// person where it ends in .html, else JSON; may be given for each.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Vec<PathBuf>,
    /// Leave out the pictures and other files that pages show or link to.
    #[arg(long)]
    pub(crate) no_assets: bool,
    /// Put the raw pages into the archive, too; the viewer shows them as text.
    #[arg(long)]
    pub(crate) keep_originals: bool,
    /// Write a plain HTML page for each article and for lists of them, too: for readers
    /// without JavaScript, search engines and reference managers. Where the address of the
    /// archive is known (--url), a sitemap, an Atom feed, a search description and Dublin
    /// Core records come with them.
    #[arg(long)]
    pub(crate) static_pages: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    // Last: its heading would stand over whatever follows.
    #[command(flatten)]
    pub(crate) about: AboutArgs,
}

/// What the archive is, for the verbs that write one; wins over `[archive]` in vitrine.toml.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "What the archive is, before [archive] in vitrine.toml")]
pub(crate) struct AboutArgs {
    /// Title of the archive [default: the name of the first input].
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// What it holds, in plain text, for its home page.
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// Who publishes it.
    #[arg(long, value_name = "NAME")]
    pub(crate) institution: Option<String>,
    /// Web address of the institution.
    #[arg(long, value_name = "URL")]
    pub(crate) institution_url: Option<String>,
    /// Picture of the institution: PNG, JPEG, WebP, AVIF, GIF or SVG.
    #[arg(long, value_name = "FILE")]
    pub(crate) logo: Option<PathBuf>,
    /// Language of the archive, such as en or zh-Hans; may be given several times, first that of
    /// title and description.
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Vec<String>,
    /// Web address of the folder, where the archive will be hosted.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// What others may do with the articles: the name of a license, or a sentence.
    #[arg(long, alias = "licence", value_name = "TEXT")]
    pub(crate) license: Option<String>,
    /// Web address of the license.
    #[arg(long, alias = "licence-url", value_name = "URL")]
    pub(crate) license_url: Option<String>,
    /// Color of links, as #rrggbb.
    #[arg(long, value_name = "COLOR")]
    pub(crate) accent: Option<String>,
}

/// An archive as it is handed over.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct HandoverArgs {
    /// ZIP file to write, with the archive in a folder inside.
    #[arg(long, value_name = "FILE")]
    pub(crate) zip: Option<PathBuf>,
    /// Page to write that holds the whole archive.
    #[arg(long, value_name = "FILE")]
    pub(crate) single_file: Option<PathBuf>,
    /// Folder to write as a bag for preservation (RFC 8493), with the archive in it.
    #[arg(long, value_name = "DIR")]
    pub(crate) bagit: Option<PathBuf>,
}

/// vitrine clean
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine clean pages/ > articles.jsonl
  vitrine clean pages/ --per-file | jq 'select(.article | not) | {path, reason}'
  vitrine clean pages/ --explain news/12.html")]
pub(crate) struct CleanArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Print exactly one object for each input, duplicates and non-articles included.
    #[arg(long)]
    pub(crate) per_file: bool,
    /// Show one of the pages line by line, with what became of each line; PATH is as the
    /// report has it, below the folder that is cleaned.
    #[arg(long, value_name = "PATH", conflicts_with = "per_file")]
    pub(crate) explain: Option<String>,
}

/// vitrine search
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine search archive \"deep sea mining\"
  vitrine search archive 海洋治理 --limit 5 --json
  vitrine search archive '\"deep sea\" mining -oil author:Okafor' --sort newest
  vitrine search archive \"\" --filter year:2010..2015 --facets
  vitrine search archive --queries queries.tsv --limit 100 --format trec > run.txt")]
pub(crate) struct SearchArgs {
    /// Archive folder.
    #[arg(value_name = "DIR")]
    pub(crate) archive: PathBuf,
    /// What to search for: words, "phrases", +literal, -excluded, prefix*, OR, (groups),
    /// title: author: source: section: type: lang: year: before: after:. Empty for everything.
    #[arg(required_unless_present = "queries", conflicts_with = "queries")]
    pub(crate) query: Option<String>,
    /// Most results for each query.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) limit: u32,
    /// Conditions that filter and do not rank, such as year:2013 or lang:zh.
    #[arg(long, value_name = "CONDITION", value_parser = condition)]
    pub(crate) filter: Vec<String>,
    /// The order of the results.
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub(crate) sort: SortOrder,
    /// Count the years, languages, authors, sources and sections of all results.
    #[arg(long)]
    pub(crate) facets: bool,
    /// Print the results as JSON, one query a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// File of queries, one a line: id, tab, query.
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// How to print the results.
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    pub(crate) format: SearchFormat,
}

/// Checks a condition: a field that is not known would be searched as a word, and a year that
/// is none would hold for nothing.
fn condition(text: &str) -> Result<String, String> {
    let signs = text.trim_start_matches(['-', '(', ' ']);
    if let Some((field, value)) = signs.split_once(':')
        && field.chars().all(char::is_alphanumeric)
    {
        let mut fields = field_names();
        if !fields.any(|name| name == field) {
            let names: Vec<&str> = field_names().collect();
            return Err(format!(
                "no field has this name; there are {}",
                names.join(", ")
            ));
        }
        let is_time = matches!(field, "year" | "before" | "after");
        if is_time && !value.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Err(
                "write it like year:2013, year:2010..2015, after:2013-05".to_owned()
            );
        }
    }
    Ok(text.to_owned())
}

/// Orders of search results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortOrder {
    /// Most relevant first.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
    /// By title.
    Title,
}

/// Formats of search results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    /// For people.
    #[default]
    Text,
    /// A TREC run: query id, Q0, article id, rank, score, run name.
    Trec,
}

/// vitrine show
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine show archive tides
  vitrine show archive tides --json | jq .title
  vitrine show archive tides --original > tides.html")]
pub(crate) struct ShowArgs {
    /// Archive folder.
    #[arg(value_name = "DIR")]
    pub(crate) archive: PathBuf,
    /// Id of the article, as `vitrine search` prints it.
    pub(crate) id: String,
    /// Print the article as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print the page that it was cleaned from, byte for byte.
    #[arg(long, conflicts_with = "json")]
    pub(crate) original: bool,
}

/// vitrine verify
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine verify archive
  vitrine verify archive --key harbour.pub
  vitrine verify archive --json | jq .problems")]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArgs,
    /// Public key of whoever should have signed it: a file as minisign writes it, or the
    /// key itself (RW...).
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
}

/// vitrine sign
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine sign --new-key harbour.key
  vitrine sign archive --key harbour.key --name \"Institute of Harbour Studies\"
  minisign -Vm archive/data/root.js -p harbour.pub

The password of a key is asked for on the terminal, or taken from VITRINE_KEY_PASSWORD.")]
pub(crate) struct SignArgs {
    /// Archive folder.
    #[arg(value_name = "DIR", required_unless_present = "new_key")]
    pub(crate) archive: Option<PathBuf>,
    /// Secret key, as this verb or minisign makes them.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Who signs [default: the institution of the archive].
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Make a pair of keys: the secret one in FILE, the public one beside it (.pub).
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    pub(crate) new_key: Option<PathBuf>,
    /// Protect the new key by no password.
    #[arg(long, requires = "new_key")]
    pub(crate) no_password: bool,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// vitrine watch
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine watch
  vitrine watch pages/ --out archive --port 0
  vitrine watch --json | jq -c '{address, root, error}'

With --json, each line is an object: where to look, and for each time that was packed what
`vitrine pack --json` prints, or the error if that failed.")]
pub(crate) struct WatchArgs {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
}

/// vitrine completions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine completions bash > ~/.local/share/bash-completion/completions/vitrine
  vitrine completions zsh > ~/.zfunc/_vitrine
  vitrine completions fish > ~/.config/fish/completions/vitrine.fish
  vitrine completions powershell >> $PROFILE
  vitrine completions bash --json | jq -r .script")]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
    /// Print the name of the shell and the script as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// vitrine manual
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine manual ~/.local/share/man/man1
  vitrine manual man && man -l man/vitrine-pack.1
  vitrine manual man --json | jq -r '.pages[]'")]
pub(crate) struct ManualArgs {
    /// Folder to write a page of each verb to.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Print the names of the pages as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// vitrine inspect, and in part vitrine verify
#[derive(Debug, clap::Args)]
pub(crate) struct ArchiveArgs {
    /// Archive folder.
    #[arg(value_name = "DIR")]
    pub(crate) archive: PathBuf,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// vitrine export
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine export archive --format bibtex --out archive.bib
  vitrine export archive --format csv > articles.csv
  vitrine export archive --format elasticlunr --out index.json
  vitrine export archive --format jsonl --out export/articles.jsonl
  vitrine export archive --format epub --out harbour-papers.epub
  vitrine export archive --format static --out plain-pages
  vitrine export archive --format zip --out harbour-papers.zip")]
pub(crate) struct ExportArgs {
    /// Archive folder.
    #[arg(value_name = "DIR")]
    pub(crate) archive: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// File or folder to write [default: standard output, for formats that are one text].
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Print as JSON what was written where.
    #[arg(long, requires = "out")]
    pub(crate) json: bool,
}

/// Formats of `vitrine export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Articles as JSON, one a line, as `vitrine show --json` prints them, with their
    /// original pages where the archive has them: packs again to the same archive. Pictures
    /// and files go into a folder `assets` beside the file.
    Jsonl,
    /// A folder of Markdown files with front matter, and `assets`; packs again.
    Markdown,
    /// A table of the articles without their texts.
    Csv,
    /// References for BibTeX and biblatex.
    Bibtex,
    /// References for reference managers.
    Ris,
    /// References for citation processors, as a JSON array.
    CslJson,
    /// A search index for elasticlunr.js 0.9.5; its references are the articles' ids.
    Elasticlunr,
    /// A book with a chapter for each article: EPUB 3.
    Epub,
    /// A file for Kiwix and other readers of ZIM.
    Zim,
    /// The list of pages that a web archive (WACZ) has beside its crawl: pages.jsonl.
    WaczPages,
    /// A folder of plain HTML pages that need no script: one for each article, and lists by
    /// year, section, author and language; with a sitemap, a feed and records where the
    /// archive says its address.
    Static,
    /// The archive as one ZIP file, with its folder inside.
    Zip,
    /// The archive as one page.
    SingleFile,
    /// The archive as a bag for preservation: a folder, RFC 8493.
    Bagit,
}

/// vitrine doctor
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine doctor https://example.org/archive/
  vitrine doctor archive --json")]
pub(crate) struct DoctorArgs {
    /// Address or folder of the archive.
    #[arg(value_name = "DIR|URL")]
    pub(crate) place: String,
    /// Look at every file of a host, not at a sample of those that the articles are in.
    #[arg(long)]
    pub(crate) all: bool,
    /// Print the findings as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// vitrine serve
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vitrine serve archive
  vitrine serve archive --port 0 --json | jq -r .address")]
pub(crate) struct ServeArgs {
    /// Archive folder.
    #[arg(value_name = "DIR")]
    pub(crate) archive: PathBuf,
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Print as JSON where it is served, once it is.
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
