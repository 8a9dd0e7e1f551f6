//! The archive as one page: viewer, words, chunks and files stand in it.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD, write::EncoderWriter};
use sha2::{Digest, Sha256};
use vitrine_bundle::envelope;

use super::{ArchiveFile, files, new_file::NewFile};
use crate::{media_type::media_type, signature};

/// What the page of a folder has and that of one file has not.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"vitrine.css\">";
const LOADER: &str = "<script src=\"vitrine.js\" defer></script>";
const ICON: &str = "<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">";
const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
const ELEMENT: &str = "<vitrine-archive";

/// Writes the archive in `folder` as the page `target`; returns its length in bytes.
///
/// The page runs by the same rules as that of the folder: its policy names the digest of
/// each script that may run; chunks are blocks of data, which never do.
pub(crate) fn write_single_file(folder: &Path, target: &Path) -> anyhow::Result<u64> {
    let text = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))
    };
    let page = text("index.html")?;
    let style = element("style", "", &text("vitrine.css")?)?;
    let mut scripts = vec![element("script", "", &text("vitrine.js")?)?];
    let (mut chunks, mut assets) = (Vec::new(), Vec::new());
    for file in files(folder)? {
        let path = &file.path;
        if (path.starts_with("data/") && is_script(path)) || path == signature::SCRIPT {
            chunks.push(file);
        } else if path.starts_with("assets/") {
            assets.push(file);
        } else if path == "vitrine-offline.js" {
            // One file is at hand as it is.
        } else if path.starts_with("vitrine-") && is_script(path) {
            let id = format!(" id=\"{path}\"");
            scripts.push(element("script", &id, &text(path)?)?);
        }
    }
    let page = replace(&page, STYLE, &style.markup)?;
    let page = replace(&page, LOADER, "")?;
    let page = without_plain_pages(&page);
    let page = replace(&page, ICON, "<link rel=\"icon\" href=\"data:,\">")?;
    let page = with_policy(&page, &scripts, &style)?;
    // The element starts when it is met: all that it needs stands before it.
    let Some(element) = page.find(ELEMENT) else { bail!(unknown_page(ELEMENT)) };
    let (before, after) = page.split_at(element);

    let mut file = NewFile::create(target)?;
    let out = &mut file.out;
    let mut write = || -> anyhow::Result<()> {
        out.write_all(before.as_bytes())?;
        for script in &scripts {
            writeln!(out, "{}", script.markup)?;
        }
        chunks.iter().try_for_each(|chunk| write_chunk(chunk, out))?;
        assets.iter().try_for_each(|asset| write_asset(asset, out))?;
        Ok(out.write_all(after.as_bytes())?)
    };
    write().with_context(|| format!("cannot write {}", target.display()))?;
    file.publish()
}

/// Leaves out what leads to the plain pages, which are not in the page; an archive may have none.
fn without_plain_pages(page: &str) -> String {
    let mut page = page.to_owned();
    let start = vitrine_pages::START;
    for (first, last) in [
        (format!("<link rel=\"alternate\" type=\"text/html\" href=\"{start}\""), ">"),
        (format!("<p><a href=\"{start}\">"), "</p>"),
    ] {
        if let Some((before, rest)) = page.split_once(&first)
            && let Some((_, after)) = rest.split_once(last)
        {
            page = [before, after].concat();
        }
    }
    page
}

fn is_script(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "js")
}

/// An element of the page, and the digest by which the policy lets it in.
struct Element {
    markup: String,
    source: String,
}

fn element(name: &str, attributes: &str, content: &str) -> anyhow::Result<Element> {
    // A parser of HTML would end the element there, or read on after its end.
    let lower = content.to_ascii_lowercase();
    if lower.contains(&format!("</{name}")) || lower.contains("<!--") {
        bail!("a part of the viewer cannot stand in a page; use --zip instead");
    }
    // A parser of HTML reads other line ends as this one, and the digest is of what it reads.
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    let digest = STANDARD.encode(Sha256::digest(&content));
    Ok(Element {
        markup: format!("<{name}{attributes}>{content}</{name}>"),
        source: format!("'sha256-{digest}'"),
    })
}

fn write_chunk(file: &ArchiveFile, out: &mut impl Write) -> anyhow::Result<()> {
    let read = || format!("cannot read {}", file.place.display());
    let bytes = fs::read(&file.place).with_context(read)?;
    let chunk = envelope::unwrap(&bytes).with_context(read)?;
    let text = STANDARD.encode(chunk);
    Ok(writeln!(out, "<script type=\"text/plain\" id=\"{}\">{text}</script>", file.path)?)
}

/// Writes a picture or another file of the archive, as the address that stands for it.
fn write_asset(file: &ArchiveFile, out: &mut impl Write) -> anyhow::Result<()> {
    let media_type = media_type(&file.path).replace(' ', "");
    write!(
        out,
        "<script type=\"text/plain\" id=\"{}\">data:{media_type};base64,",
        file.path
    )?;
    let mut encoder = EncoderWriter::new(&mut *out, &STANDARD);
    let mut content = File::open(&file.place)
        .with_context(|| format!("cannot read {}", file.place.display()))?;
    io::copy(&mut content, &mut encoder)?;
    encoder.finish()?;
    drop(encoder);
    Ok(writeln!(out, "</script>")?)
}

/// Puts the policy of a page that needs nothing from elsewhere in the place of the other.
fn with_policy(
    page: &str,
    scripts: &[Element],
    style: &Element,
) -> anyhow::Result<String> {
    let parts = page
        .split_once(POLICY)
        .and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    let Some((before, after)) = parts else { bail!(unknown_page(POLICY)) };
    let sources: Vec<&str> =
        scripts.iter().map(|script| script.source.as_str()).collect();
    Ok(format!(
        "{before}{POLICY}default-src 'none'; script-src 'wasm-unsafe-eval' {}; \
         style-src {}; img-src data: blob:; worker-src blob:; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types vitrine\"\
         {after}",
        sources.join(" "),
        style.source
    ))
}

fn replace(page: &str, part: &str, by: &str) -> anyhow::Result<String> {
    match page.split_once(part) {
        Some((before, after)) => Ok([before, by, after].concat()),
        None => bail!(unknown_page(part)),
    }
}

fn unknown_page(part: &str) -> String {
    format!(
        "index.html of the archive is not as `vitrine pack` writes it: {part} is missing; \
         pack it again"
    )
}
