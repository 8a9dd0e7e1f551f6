//! The articles of an archive as a book, as a ZIM file, as a folder of Markdown, as plain pages.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::Path,
};

use anyhow::Context;
use vitrine_export::{Collection, Epub, ZimSite, markdown};
use vitrine_reader::{Archive, ChunkSource};

use super::{files, new_file::NewFile, time::now};
use crate::{
    archive_folder::each_article,
    media_type::media_type,
    publish::Draft,
    static_pages::{self, Place},
};

/// Longest name of a file that is made of an id, in bytes.
const MAX_NAME: usize = 120;

/// Returns what the archive says of itself.
fn about(archive: &Archive<impl ChunkSource>) -> anyhow::Result<Collection> {
    let info = archive.info();
    Ok(Collection {
        title: info.title.clone(),
        description: info.about.description.clone(),
        institution: info.about.institution.clone(),
        languages: info.languages.iter().map(|most| most.lang.clone()).collect(),
        identifier: archive.root().map(|root| root.to_string()).unwrap_or_default(),
        modified: now()?,
    })
}

/// Writes the articles as the EPUB `target`; returns its length in bytes.
pub(crate) fn write_epub(
    archive: &Archive<impl ChunkSource>,
    folder: &Path,
    target: &Path,
) -> anyhow::Result<u64> {
    let place = || format!("cannot write {}", target.display());
    let mut file = NewFile::create(target)?;
    let mut book = Epub::new(&mut file.out, about(archive)?).with_context(place)?;
    each_article(archive, |article| {
        book.add(&article).with_context(place)?;
        for path in book.take_wanted() {
            let source = open(folder, &path)?;
            book.add_file(&path, source).with_context(place)?;
        }
        Ok(())
    })?;
    book.finish().with_context(place)?;
    file.publish()
}

/// Writes the articles as the ZIM file `target`; returns its length in bytes.
pub(crate) fn write_zim(
    archive: &Archive<impl ChunkSource>,
    folder: &Path,
    target: &Path,
) -> anyhow::Result<u64> {
    let place = || format!("cannot write {}", target.display());
    let mut file = NewFile::create(target)?;
    let mut site =
        ZimSite::new(file.out.get_mut(), about(archive)?).with_context(place)?;
    let mut files = BTreeSet::new();
    each_article(archive, |article| {
        site.add(&article).with_context(place)?;
        for path in site.take_wanted() {
            if files.insert(path.clone()) {
                let from = folder.join(&path);
                let bytes = fs::read(&from)
                    .with_context(|| format!("cannot read {}", from.display()))?;
                site.add_file(&path, media_type(&path), &bytes).with_context(place)?;
            }
        }
        Ok(())
    })?;
    site.finish().with_context(place)?;
    file.publish()
}

/// Writes the articles as Markdown into the folder `target`, a file each, with the files of
/// the archive beside them; returns the bytes of all.
pub(crate) fn write_markdown(
    archive: &Archive<impl ChunkSource>,
    folder: &Path,
    target: &Path,
) -> anyhow::Result<u64> {
    let draft = Draft::create(target, |_| false, "--out")?;
    let mut names = BTreeSet::new();
    each_article(archive, |article| {
        let name = free_name(&article.id, &mut names);
        let path = draft.path().join(name);
        fs::write(&path, markdown(&article))
            .with_context(|| format!("cannot write {}", path.display()))
    })?;
    copy_assets(folder, draft.path())?;
    published(draft)
}

/// Writes the articles as plain pages into the folder `target`, with lists of them and the
/// files of the archive; returns the bytes of all.
pub(crate) fn write_static(
    archive: &Archive<impl ChunkSource>,
    folder: &Path,
    target: &Path,
) -> anyhow::Result<u64> {
    let mut draft = Draft::create(target, |_| false, "--out")?;
    static_pages::write(archive, Place::Alone, &mut draft)?;
    copy_assets(folder, draft.path())?;
    published(draft)
}

/// Puts a folder in its place; returns the bytes of its files.
fn published(draft: Draft) -> anyhow::Result<u64> {
    let mut len_bytes = 0;
    for file in files(draft.path())? {
        let metadata = fs::metadata(&file.place)
            .with_context(|| format!("cannot read {}", file.place.display()))?;
        len_bytes += metadata.len();
    }
    draft.publish()?;
    Ok(len_bytes)
}

/// Copies the pictures and files of an archive beside what was exported of it.
pub(crate) fn copy_assets(archive: &Path, target: &Path) -> anyhow::Result<()> {
    let from = archive.join("assets");
    let Ok(entries) = fs::read_dir(&from) else { return Ok(()) };
    let to = target.join("assets");
    fs::create_dir_all(&to).with_context(|| format!("cannot write {}", to.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot list {}", from.display()))?;
        let copy = to.join(entry.file_name());
        fs::copy(entry.path(), &copy)
            .with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

fn open(folder: &Path, path: &str) -> anyhow::Result<File> {
    let path = folder.join(path);
    File::open(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Returns a name for the file of an article that every system can have, and no other file
/// of the folder has, whatever the case of its letters.
fn free_name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let is_bad = |c: char| c.is_control() || "/\\:*?\"<>|#%".contains(c);
    let name: String = id.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    let mut name = name.trim_matches(['.', ' ', '-']).to_owned();
    while name.len() > MAX_NAME {
        name.pop();
    }
    if name.is_empty() {
        "article".clone_into(&mut name);
    }
    let mut free = format!("{name}.md");
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{name}-{number}.md");
        number += 1;
    }
    free
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::free_name;

    #[test]
    fn every_article_has_a_file_of_its_own_inside_the_folder() {
        let mut taken = BTreeSet::new();
        for (id, name) in [
            ("tides", "tides.md"),
            ("Tides", "Tides-2.md"),
            ("../../etc/passwd", "etc-passwd.md"),
            ("news/2020: a?", "news-2020- a.md"),
            ("潮汐", "潮汐.md"),
            ("...", "article.md"),
        ] {
            assert_eq!(free_name(id, &mut taken), name, "{id}");
        }
        assert!(free_name(&"港".repeat(100), &mut taken).len() <= 123);
    }
}
