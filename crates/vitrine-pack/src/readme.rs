//! `README.txt`: what the folder is, how to open it, how to check it.

use crate::{PackOptions, page::one_line};

/// What it says in each language that the viewer speaks, too; `{count}` is filled in.
const TEXTS: [(&str, &str); 7] = [
    ("en", include_str!("readme/en.txt")),
    ("zh-Hans", include_str!("readme/zh-Hans.txt")),
    ("zh-Hant", include_str!("readme/zh-Hant.txt")),
    ("fr", include_str!("readme/fr.txt")),
    ("es", include_str!("readme/es.txt")),
    ("ru", include_str!("readme/ru.txt")),
    ("ar", include_str!("readme/ar.txt")),
];

/// Returns `README.txt` in the languages of the articles (the most frequent first, as they
/// are given) and in English.
///
/// It starts with a byte order mark and has CRLF line ends, for old editors' sake.
pub(crate) fn readme<'a>(
    options: &PackOptions,
    article_count: usize,
    languages: impl Iterator<Item = &'a str>,
) -> String {
    let PackOptions { title, about, .. } = options;
    let license = one_line(&[about.license.as_str(), &about.license_url].join(" "));
    let facts = [&about.institution, &about.institution_url, &about.url, &license];
    let facts = facts.into_iter().map(|fact| one_line(fact));
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    let parts = [one_line(title), about.description.clone(), facts.join("\n")];
    let parts: Vec<String> = parts.into_iter().filter(|text| !text.is_empty()).collect();
    let title = parts.join("\n\n");
    let mut texts: Vec<&str> = Vec::new();
    for lang in languages.map(spoken).chain([Some("en")]) {
        let text =
            TEXTS.iter().find(|(tag, _)| Some(*tag) == lang).map(|(_, text)| *text);
        texts.extend(text.filter(|text| !texts.contains(text)));
    }
    let body =
        texts.join("\n--------\n\n").replace("{count}", &article_count.to_string());
    format!("\u{feff}{}", format!("{title}\n\n{body}").replace('\n', "\r\n"))
}

/// Returns the language of [`TEXTS`] that readers of `lang`, a BCP 47 tag, have in common.
fn spoken(lang: &str) -> Option<&'static str> {
    let mut parts = lang.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    if primary == "zh" {
        let is_traditional = parts.any(|part| {
            ["hant", "tw", "hk", "mo"].contains(&part.to_ascii_lowercase().as_str())
        });
        return Some(if is_traditional { "zh-Hant" } else { "zh-Hans" });
    }
    TEXTS.iter().map(|(tag, _)| *tag).find(|tag| *tag == primary)
}

#[cfg(test)]
mod tests {
    use vitrine_article::About;

    use super::readme;
    use crate::PackOptions;

    fn options(title: &str, about: About) -> PackOptions {
        PackOptions { title: title.to_owned(), about, ..PackOptions::default() }
    }

    #[test]
    fn it_speaks_the_languages_of_the_articles_and_english() {
        let text = readme(
            &options("A\n B", About::default()),
            12,
            ["zh-TW", "de", "fr", "zh-Hant"].into_iter(),
        );
        assert!(text.starts_with("\u{feff}A B\r\n\r\n本資料夾"), "{text}");
        assert_eq!(text.matches("--------").count(), 2, "{text}");
        assert!(text.find("Ce dossier") < text.find("This folder"));
        assert!(text.contains("an archive of 12 articles"));
        assert!(!text.contains('{') && !text.replace("\r\n", "").contains('\n'));
    }
    #[test]
    fn it_begins_with_what_the_owner_says() {
        let about = About {
            description: "Essays\n\n\"on\" <ports>".to_owned(),
            license_url: "https://example.org/by?a&b".to_owned(),
            ..About::default()
        };
        let text = readme(&options("Papers", about), 3, std::iter::empty());
        assert!(text.starts_with("\u{feff}Papers\r\n\r\nEssays"), "{text}");
        assert!(text.contains("\r\n\r\nhttps://example.org/by?a&b\r\n\r\nThis folder"));
    }
}
