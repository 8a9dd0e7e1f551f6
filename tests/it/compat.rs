//! Archives of every released format version stay readable, and bytes change only on purpose.
//!
//! `compat/<version>/` has the chunks of `support::articles()` as that version packed them.

use std::{fs, path::Path};

use vitrine_bundle::FORMAT_VERSION;

use crate::support::{Folder, articles, ids, open, packed, search};

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("compat")
}

/// Reads the chunks below `folder`.
fn read(folder: &Path) -> Folder {
    let mut found = Folder::default();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let parts: Vec<_> = next
            .strip_prefix(folder)
            .unwrap()
            .iter()
            .map(|p| p.to_str().unwrap())
            .collect();
        found.files.insert(parts.join("/"), fs::read(&next).unwrap());
    }
    found
}

#[test]
fn archives_of_every_version_are_read() {
    let mut count = 0;
    for entry in fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        let folder = read(&path);
        let archive = open(&folder);
        for mut article in articles() {
            let is_older = |than: &str| path.file_name().is_some_and(|name| name < than);
            if is_older("1.2") {
                article.metadata.r#type = None;
            }
            if is_older("1.3") {
                article.metadata.r#abstract = None;
            }
            let found = pollster::block_on(archive.article(&article.id, "")).unwrap();
            assert_eq!(
                found.map(|view| view.article),
                Some(article),
                "{}",
                path.display()
            );
        }
        assert_eq!(ids(&search(&folder, "manganese nodules")), ["rich/α β"]);
        assert_eq!(ids(&search(&folder, "网络安全")), ["zh-2"]);
        count += 1;
    }
    assert!(count > 0, "there is no fixture");
}

#[test]
fn the_format_changes_only_with_its_version() {
    let mut folder = packed(articles());
    folder.files.retain(|path, _| path.starts_with("data/"));
    let fixture = fixtures().join(FORMAT_VERSION.to_string());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::remove_dir_all(&fixture).ok();
        for (path, bytes) in &folder.files {
            let path = fixture.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let expected = read(&fixture);
    let names = |folder: &Folder| folder.files.keys().cloned().collect::<Vec<_>>();
    assert!(
        folder == expected,
        "packing gives other bytes than {}: change the version and SPEC.md, then run with \
         UPDATE_EXPECT=1\nfound {:#?}\nexpected {:#?}",
        fixture.display(),
        names(&folder),
        names(&expected),
    );
}
