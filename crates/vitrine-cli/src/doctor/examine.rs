//! The examination, in its order.

use vitrine_bundle::{Digest, envelope};

use super::{
    Examination, Level, headers,
    place::{Answer, Place},
    state::{State, named_digest},
};

/// Files under `data/` and `assets/` of a host that are looked at when not all are.
const SAMPLE: usize = 40;

/// A path that no archive has.
const NOWHERE: &str = "data/vitrine-doctor-asks-for-no-file.js";

const COPY: &str = "copy the whole folder again, data/ first and index.html last; then empty \
                    the caches of the host";

/// Looks at an archive; at all its files if `all` is set or they are in a folder.
pub(crate) fn examine(place: &impl Place, all: bool) -> anyhow::Result<Examination> {
    let mut found = Examination::default();
    let page = place.get("")?;
    if let Some(to) = page.moved_to.as_deref().filter(|to| !to.ends_with('/')) {
        let what = format!("the address of the folder leads to {to}");
        found.add(Level::Note, "", &what, "link to the address with a slash at its end");
    }
    if !page.is_there() {
        let what =
            format!("there is no page under this address (status {})", page.status);
        let remedy = "give the address of the folder that has index.html, and let the host \
                      send index.html for it";
        found.add(Level::Error, "index.html", &what, remedy);
        return Ok(found);
    }
    found.files += 1;
    if place.is_hosted() {
        headers::check("index.html", &page, &mut found);
        check_host(place, &mut found)?;
    }
    let Some(root) = root_of(&page.bytes) else {
        let remedy = "give the address of the folder that `vitrine pack` wrote";
        found.add(Level::Error, "index.html", "it is no page of an archive", remedy);
        return Ok(found);
    };
    check_root(place, &root, &mut found)?;
    let worker = place.get("sw.js")?;
    match State::parse(&worker.bytes).filter(|_| worker.is_there()) {
        Some(state) => {
            found.files += 1;
            if place.is_hosted() {
                headers::check("sw.js", &worker, &mut found);
            }
            check_viewer(place, &state, &page, &mut found)?;
            check_files(place, &state, all, &mut found)?;
        }
        None => found.add(
            Level::Warning,
            "sw.js",
            "it is not there, or is not what was packed: the archive does not work without a \
             connection, and cannot be examined further",
            COPY,
        ),
    }
    merge(&mut found);
    Ok(found)
}

/// Checks what holds for a host as a whole.
fn check_host(place: &impl Place, found: &mut Examination) -> anyhow::Result<()> {
    let nowhere = place.get(NOWHERE)?;
    if nowhere.status < 400 {
        let what = "the host sends a page for files that are not there, which readers are told \
                    are damaged";
        let remedy = "have it answer 404: switch the fallback of single-page apps off";
        found.add(Level::Warning, NOWHERE, what, remedy);
    }
    if !place.is_secure() {
        let what = "the address is not https: the archive does not work without a connection, \
                    and others may change what travels";
        found.add(Level::Warning, "", what, "serve it over https");
    }
    Ok(())
}

/// The digest of the root in the page of an archive.
fn root_of(page: &[u8]) -> Option<String> {
    let page = String::from_utf8_lossy(page);
    let (_, element) = page.split_once("<vitrine-archive")?;
    let (_, rest) = element.split_once(" root=\"")?;
    let root = rest.split('"').next()?;
    root.parse::<Digest>().ok().map(|digest| digest.to_string())
}

fn check_root(
    place: &impl Place,
    root: &str,
    found: &mut Examination,
) -> anyhow::Result<()> {
    let path = format!("data/root.{root}.js");
    let answer = place.get(&path)?;
    if answer.is_there() {
        check_named(&path, &answer, found);
    } else {
        let what = "index.html opens a state of the archive that is not there";
        found.add(Level::Error, &path, what, COPY);
    }
    Ok(())
}

fn check_viewer(
    place: &impl Place,
    state: &State,
    page: &Answer,
    found: &mut Examination,
) -> anyhow::Result<()> {
    for (path, digest) in &state.viewer {
        let fetched;
        let answer = if path == "index.html" {
            page
        } else {
            fetched = place.get(path)?;
            found.files += 1;
            &fetched
        };
        if !answer.is_there() {
            let what = format!("the file is missing (status {})", answer.status);
            found.add(Level::Error, path, &what, COPY);
            continue;
        }
        if place.is_hosted() && path != "index.html" {
            headers::check(path, answer, found);
        }
        if Digest::of(&answer.bytes).to_string() != *digest {
            let what = "it belongs to another state of the archive than sw.js, or the host \
                        changes what it sends";
            let remedy = "copy the whole folder again and empty the caches of the host; if that \
                          does not help, switch off what rewrites pages and scripts there";
            found.add(Level::Error, path, what, remedy);
        }
    }
    Ok(())
}

fn check_files(
    place: &impl Place,
    state: &State,
    all: bool,
    found: &mut Examination,
) -> anyhow::Result<()> {
    let path = "vitrine-files.json";
    let answer = place.get(path)?;
    let listed: Option<Vec<(String, u64)>> = serde_json::from_slice(&answer.bytes).ok();
    let is_same = Digest::of(&answer.bytes).to_string() == state.files;
    let Some(listed) = listed.filter(|_| answer.is_there() && is_same) else {
        let what = "it is missing or belongs to another state of the archive";
        found.add(Level::Error, path, what, COPY);
        return Ok(());
    };
    found.files += 1;
    let step =
        if all || !place.is_hosted() { 1 } else { listed.len().div_ceil(SAMPLE).max(1) };
    for (path, _) in listed.iter().step_by(step) {
        let answer = place.get(path)?;
        found.files += 1;
        if !answer.is_there() {
            let what = format!("the file is missing (status {})", answer.status);
            found.add(Level::Error, path, &what, COPY);
            continue;
        }
        if place.is_hosted() {
            headers::check(path, &answer, found);
        }
        check_named(path, &answer, found);
    }
    Ok(())
}

/// Checks a file against the digest in its name.
fn check_named(path: &str, answer: &Answer, found: &mut Examination) {
    let digest = if path.starts_with("data/") {
        envelope::unwrap(&answer.bytes).ok().map(|chunk| Digest::of(&chunk).to_string())
    } else {
        Some(Digest::of(&answer.bytes).to_string())
    };
    if digest.as_deref() != named_digest(path) {
        let what = "the file is damaged, or the host changes what it sends";
        found.add(Level::Error, path, what, COPY);
    }
}

/// Puts the worst first, and what is said of many files together.
fn merge(found: &mut Examination) {
    let key = |finding: &super::Finding| {
        let folder = finding.path.split_once('/').map(|(folder, _)| folder.to_owned());
        let name = folder.unwrap_or_else(|| finding.path.clone());
        let what = finding.what.split("bytes").next().unwrap_or_default();
        let what: String = what.chars().filter(|c| !c.is_ascii_digit()).collect();
        (finding.level, name, what, finding.remedy.clone())
    };
    found.findings.sort_by_cached_key(|finding| (key(finding), finding.path.clone()));
    let mut merged: Vec<(super::Finding, usize)> = Vec::new();
    for finding in found.findings.drain(..) {
        match merged.last_mut() {
            Some((last, count)) if key(last) == key(&finding) => *count += 1,
            _ => merged.push((finding, 1)),
        }
    }
    found.findings = merged
        .into_iter()
        .map(|(mut finding, count)| {
            if count > 1 {
                let others = format!(" (and so do {} other files)", count - 1);
                finding.what.push_str(&others);
            }
            finding
        })
        .collect();
}
