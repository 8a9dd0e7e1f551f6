//! Languages as ZIM has them: ISO 639-3.

/// Codes of two letters and of three, of the languages with most speakers and pages.
const CODES: [(&str, &str); 62] = [
    ("af", "afr"),
    ("am", "amh"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("bo", "bod"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("ga", "gle"),
    ("gl", "glg"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("is", "isl"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("kk", "kaz"),
    ("km", "khm"),
    ("ko", "kor"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mn", "mon"),
    ("mr", "mar"),
    ("ms", "msa"),
    ("my", "mya"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("no", "nor"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("sw", "swa"),
    ("ta", "tam"),
    ("th", "tha"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("vi", "vie"),
    ("zh", "zho"),
];

/// Returns the codes of `languages`, BCP 47 tags, with commas; `und` where none is known.
pub(super) fn codes(languages: &[String]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for tag in languages {
        let primary = tag.split('-').next().unwrap_or_default();
        let code = match CODES.iter().find(|(two, _)| *two == primary) {
            Some((_, three)) => three,
            None if primary.len() == 3 => primary,
            None => continue,
        };
        if !codes.contains(&code) && code != "und" {
            codes.push(code);
        }
    }
    if codes.is_empty() { "und".to_owned() } else { codes.join(",") }
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn tags_become_codes_of_three_letters() {
        let tags = ["zh-Hans", "zh-Hant", "en", "yue", "x"].map(str::to_owned);
        assert_eq!(codes(&tags), "zho,eng,yue");
        assert_eq!(codes(&["und".to_owned()]), "und");
    }
}
