//! What a host says beside the files: types, compression, caches, content policies.

use super::{Examination, Level, place::Answer};

/// Smallest file whose compression matters, in bytes.
const MIN_COMPRESSED: usize = 4 << 10;

/// Shortest time for which a cache should keep files that never change, in seconds.
const LONG: u64 = 7 * 24 * 3600;

/// Checks the headers of one file.
pub(super) fn check(path: &str, answer: &Answer, found: &mut Examination) {
    check_type(path, answer, found);
    check_compression(path, answer, found);
    check_cache(path, answer, found);
    check_policy(path, answer, found);
}

/// The types that browsers ask for.
fn wanted_types(path: &str) -> &'static [&'static str] {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => &["text/html"],
        "js" => {
            &["text/javascript", "application/javascript", "application/x-javascript"]
        }
        "css" => &["text/css"],
        "svg" => &["image/svg+xml"],
        "png" => &["image/png"],
        _ => &[],
    }
}

fn check_type(path: &str, answer: &Answer, found: &mut Examination) {
    let wanted = wanted_types(path);
    let Some(first) = wanted.first() else { return };
    let value = answer.header("content-type").unwrap_or_default();
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = parts.next().unwrap_or_default();
    if !wanted.contains(&kind.as_str()) {
        let refuses = answer.header("x-content-type-options") == Some("nosniff");
        // Service workers and pages are never guessed.
        let is_bad = refuses || path == "sw.js" || *first == "text/html";
        let level = if is_bad { Level::Error } else { Level::Warning };
        let what = if kind.is_empty() {
            "the host says no Content-Type".to_owned()
        } else {
            format!("the host says that it is {kind:?}")
        };
        found.add(level, path, &what, &format!("have it sent as Content-Type: {first}"));
    }
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(str::to_owned));
    if let Some(charset) = charset.map(|charset| charset.trim_matches('"').to_owned())
        && charset != "utf-8"
        && *first != "image/png"
    {
        let what = format!("the host says that its characters are {charset:?}");
        found.add(
            Level::Error,
            path,
            &what,
            "have it sent with charset=utf-8, or with none",
        );
    }
}

fn check_compression(path: &str, answer: &Answer, found: &mut Examination) {
    let is_text =
        ["js", "html", "css", "json"].contains(&path.rsplit('.').next().unwrap_or(""));
    let len = answer.bytes.len();
    if is_text && len >= MIN_COMPRESSED && answer.header("content-encoding").is_none() {
        let what =
            format!("it travels uncompressed, in {len} bytes; base64 takes a third more");
        let remedy = "switch compression (gzip or Brotli) on for scripts and text";
        found.add(Level::Warning, path, &what, remedy);
    }
}

fn check_cache(path: &str, answer: &Answer, found: &mut Examination) {
    let value = answer.header("cache-control").unwrap_or_default().to_ascii_lowercase();
    let directives: Vec<&str> = value.split(',').map(str::trim).collect();
    let age = directives.iter().find_map(|it| it.strip_prefix("max-age=")?.parse().ok());
    let asks = directives.iter().any(|it| matches!(*it, "no-cache" | "no-store"));
    if super::state::named_digest(path).is_some() {
        if asks || age.unwrap_or(0_u64) < LONG {
            let what =
                format!("caches may not keep it ({value:?}), and it never changes");
            let remedy = "send Cache-Control: public, max-age=31536000, immutable for data/ \
                          and assets/";
            found.add(Level::Warning, path, &what, remedy);
        }
        return;
    }
    if matches!(path, "index.html" | "sw.js" | "data/root.js") && !asks && age != Some(0)
    {
        let what = match age {
            Some(age) => format!("caches keep it for {age} s, so that updates come late"),
            None => "caches keep it as long as they like: no Cache-Control".to_owned(),
        };
        found.add(Level::Warning, path, &what, "send Cache-Control: no-cache for it");
    }
}

/// Checks the policy that the host puts on the archive's own page.
fn check_policy(path: &str, answer: &Answer, found: &mut Examination) {
    if path != "index.html" {
        return;
    }
    let policies =
        answer.headers.iter().filter(|(name, _)| name == "content-security-policy");
    for policy in policies.flat_map(|(_, value)| value.split(',')) {
        let sources = |names: &[&str]| -> Option<Vec<String>> {
            names.iter().find_map(|name| {
                let mut directives = policy.split(';').map(str::split_whitespace);
                directives.find_map(|mut words| {
                    let is_it = words.next()?.eq_ignore_ascii_case(name);
                    is_it.then(|| words.map(str::to_owned).collect())
                })
            })
        };
        for (names, wanted, why) in [
            (
                &["script-src-elem", "script-src", "default-src"][..],
                "'self'",
                "the viewer's scripts",
            ),
            (&["script-src", "default-src"], "'wasm-unsafe-eval'", "WebAssembly"),
            (
                &["style-src-elem", "style-src", "default-src"],
                "'self'",
                "the style sheet",
            ),
            (&["connect-src", "default-src"], "'self'", "the files of the archive"),
            (&["img-src", "default-src"], "'self'", "pictures"),
            (
                &["worker-src", "child-src", "script-src", "default-src"],
                "'self'",
                "reading without a connection",
            ),
            (&["manifest-src", "default-src"], "'self'", "installing the archive"),
        ] {
            let Some(allowed) = sources(names) else { continue };
            let is_other = |source: &str| {
                // A host may name itself, or allow more.
                (wanted == "'self'"
                    && (source == "*" || source.contains("://") || source.ends_with(':')))
                    || (wanted == "'wasm-unsafe-eval'" && source == "'unsafe-eval'")
            };
            if allowed.iter().any(|source| source == wanted || is_other(source)) {
                continue;
            }
            let is_needed =
                !matches!(why, "reading without a connection" | "installing the archive");
            let level = if is_needed { Level::Error } else { Level::Warning };
            let name = names.last().filter(|_| names.len() == 1).unwrap_or(&names[0]);
            let what = format!("the host's Content-Security-Policy refuses {why}");
            found.add(level, path, &what, &format!("add {wanted} to {name} there"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::doctor::{Examination, Level, place::Answer};

    fn findings(path: &str, headers: &[(&str, &str)]) -> Vec<(Level, String)> {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let bytes = vec![0; 10_000];
        let answer = Answer {
            status: 200,
            headers: headers.collect(),
            bytes,
            ..Answer::default()
        };
        let mut found = Examination::default();
        check(path, &answer, &mut found);
        found.findings.into_iter().map(|f| (f.level, f.remedy)).collect()
    }

    #[test]
    fn a_good_host_has_nothing_to_mend() {
        let gzip = ("content-encoding", "gzip");
        let page = [
            gzip,
            ("content-type", "text/html; charset=UTF-8"),
            ("cache-control", "no-cache"),
            (
                "content-security-policy",
                "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'",
            ),
        ];
        assert_eq!(findings("index.html", &page), []);
        let chunk = [
            gzip,
            ("content-type", "application/javascript"),
            ("cache-control", "public, max-age=31536000, immutable"),
        ];
        assert_eq!(
            findings("data/texts/0123456789abcdef0123456789abcdef.js", &chunk),
            []
        );
    }

    #[test]
    fn a_bad_host_is_told_what_to_change() {
        let page = [
            ("content-type", "text/html; charset=ISO-8859-1"),
            ("content-security-policy", "default-src 'self'"),
            ("cache-control", "max-age=600"),
        ];
        let found = findings("index.html", &page);
        for (level, part) in [
            (Level::Error, "charset=utf-8"),
            (Level::Error, "'wasm-unsafe-eval'"),
            (Level::Warning, "no-cache"),
            (Level::Warning, "compression"),
        ] {
            assert!(
                found.iter().any(|(l, r)| *l == level && r.contains(part)),
                "{found:?}"
            );
        }
        let script =
            [("content-type", "text/plain"), ("x-content-type-options", "nosniff")];
        assert!(
            findings("vitrine.js", &script)
                .iter()
                .any(|(level, _)| *level == Level::Error)
        );
        let chunk = findings("data/texts/0123456789abcdef0123456789abcdef.js", &[]);
        assert!(
            chunk.iter().any(|(_, remedy)| remedy.contains("immutable")),
            "{chunk:?}"
        );
    }
}
