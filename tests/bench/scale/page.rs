//! Articles as somebody scraped them: pages of a site with all that is around the text, and
//! the text dumps of such pages.

use std::fmt::Write as _;

use vitrine_article::Article;
use vitrine_tests::made_up::{Random, article, topic_word};

/// Sites that the pages come from; the pages of one tell about each other.
const SITES: usize = 8;

/// Returns path and bytes of page number `number`; every other one is a dump.
pub(super) fn page(number: usize) -> (String, Vec<u8>) {
    let article = article(number as u64);
    let site = number / 2 % SITES;
    if number.is_multiple_of(2) {
        (format!("site{site}/{number}.html"), html(&article, site).into_bytes())
    } else {
        (format!("dump{site}/{number}.txt"), dump(&article, site).into_bytes())
    }
}

fn date(article: &Article) -> String {
    article.metadata.date.map(|date| date.to_string()).unwrap_or_default()
}

/// Titles of other pages of the site, as every page shows them.
fn others(article: &Article, count: usize) -> impl Iterator<Item = (u64, String)> {
    let seed = article.id.bytes().fold(7, |sum: u64, byte| sum * 31 + u64::from(byte));
    let mut random = Random(seed);
    (0..count).map(move |_| {
        let number = random.below(500);
        let words: Vec<_> = (0..4).map(|word| topic_word(number, word, false)).collect();
        (u64::from(number), words.join(" "))
    })
}

/// A page of about 55 kB.
fn html(article: &Article, site: usize) -> String {
    let title = &article.metadata.title;
    let mut page = format!(
        "<!doctype html><html><head><meta charset=utf-8><title>{title} | Site {site}</title>"
    );
    page.push_str("<style>");
    for rule in 0..400 {
        _ = writeln!(page, ".c{rule} .item{rule}{{margin:{rule}px 0;color:#{rule:06x}}}");
    }
    page.push_str("</style><script>");
    for line in 0..600 {
        _ = writeln!(
            page,
            "window.q{line}=function(a,b){{return a<b?{line}:b[{line}]}};"
        );
    }
    page.push_str("</script></head><body><nav><ul>");
    for item in 0..60 {
        _ = write!(page, "<li class=c{item}><a href=/s{item}>Section {item}</a></li>");
    }
    _ = write!(
        page,
        "</ul></nav><main><article><h1>{title}</h1><p class=byline>By {} · <time \
         datetime={date}>{date}</time></p>",
        article.metadata.authors.join(", "),
        date = date(article),
    );
    for block in &article.blocks {
        _ = write!(page, "<p class=\"c1 text\">{}</p>", block.plain_text());
    }
    page.push_str("<p>Thank you for reading; our newsletter comes every Friday.</p>");
    page.push_str("</article></main><aside><h2>More</h2>");
    for (number, other) in others(article, 12) {
        _ = write!(
            page,
            "<div class=\"card c{number}\"><a href=/a/{number}>{other}</a></div>"
        );
    }
    page.push_str("</aside><footer>");
    for item in 0..40 {
        _ = write!(page, "<div class=f{item}><a href=/f{item}>Service {item}</a></div>");
    }
    _ = write!(page, "<p>© Site {site}. All rights reserved.</p></footer></body></html>");
    page
}

/// A dump of a few kB.
fn dump(article: &Article, site: usize) -> String {
    let mut text = format!("Site {site}\nHome\nNews\nArchive\nAbout us\n\n");
    _ = writeln!(text, "{}\n", article.metadata.title);
    _ = writeln!(
        text,
        "Date: {}\nAuthor: {}\n",
        date(article),
        article.metadata.authors.join(", ")
    );
    for block in &article.blocks {
        _ = writeln!(text, "{}\n", block.plain_text());
    }
    for (_, other) in others(article, 8) {
        _ = writeln!(text, "- {other}");
    }
    _ = writeln!(text, "\nContact | Imprint | Site {site}\nAll rights reserved.");
    text
}
