//! Controls of a page that stand in its text: share buttons, language switches.

/// Returns whether `text` is nothing but buttons and switches.
pub(crate) fn is_control(text: &str) -> bool {
    const WORDS: [&str; 71] = [
        "advertisement",
        "advertising",
        "sponsored",
        "sponsored content",
        "article continues below",
        "article continues below this ad",
        "story continues below advertisement",
        "continue reading",
        "table of contents",
        "on this page",
        "in this article",
        "in this post",
        "pin for later",
        "pin it for later",
        "jump to recipe",
        "skip to content",
        "loading...",
        "like loading...",
        "show caption",
        "hide caption",
        "sign up",
        "广告",
        "廣告",
        "share",
        "tweet",
        "like",
        "print",
        "print this page",
        "email this page",
        "email",
        "facebook",
        "twitter",
        "linkedin",
        "whatsapp",
        "download",
        "back to top",
        "top",
        "close",
        "save",
        "copy link",
        "share this",
        "subscribe",
        "previous",
        "next",
        "read more",
        "more",
        "menu",
        "search",
        "home",
        "中文",
        "english",
        "简体",
        "繁體",
        "繁体",
        "打印",
        "关闭",
        "分享",
        "分享到",
        "微信",
        "微博",
        "qq空间",
        "收藏",
        "返回顶部",
        "返回首页",
        "更多",
        "首页",
        "打印本页",
        "列印",
        "轉寄",
        "字級",
        "关闭窗口",
    ];
    if is_bar(text) || is_shortcode(text) {
        return true;
    }
    // A lower-case word alone is a piece of a sentence that was split.
    if text.len() > 160
        || text.chars().count() > 40
        || text.starts_with(char::is_lowercase)
    {
        return false;
    }
    let lower = text.to_lowercase();
    let mut parts = lower
        .split(['【', '】', '[', ']', '|', '｜', '：', ':', ' ', '\u{3000}', '/'])
        .filter(|part| !part.is_empty())
        .peekable();
    WORDS.contains(&lower.as_str())
        || (parts.peek().is_some() && parts.all(|part| WORDS.contains(&part)))
}

/// Returns whether `text` is a place that a program should have filled: `[form id=3]`.
fn is_shortcode(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inside.is_some_and(|inside| {
        inside.contains('=')
            && !inside.contains(['[', ']'])
            && inside.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

/// Returns whether `text` is a bar of links, or the path to the page from the first one.
fn is_bar(text: &str) -> bool {
    const ROOTS: [&str; 8] = [
        "home",
        "首页",
        "首頁",
        "you are here",
        "您现在的位置",
        "您現在的位置",
        "当前位置",
        "目前位置",
    ];
    // No name has a full stop, and most other lines do.
    if text.contains('.') || text.contains('。') {
        return false;
    }
    let is_bar = |marks: &[char], least: usize| {
        // One character is found faster than one of several.
        if !marks.iter().any(|&mark| text.contains(mark)) {
            return false;
        }
        let parts: Vec<&str> = text.split(marks).map(str::trim).collect();
        let is_name = |part: &&str| part.chars().count() <= 24;
        parts.len() >= least && parts.iter().all(is_name)
    };
    let is_path = || {
        // No root is longer than this.
        let start: String = text.chars().take(16).flat_map(char::to_lowercase).collect();
        ROOTS.iter().any(|root| start.starts_with(root))
    };
    is_bar(&['|', '｜'], 4)
        || (is_bar(&['»', '>', '›'], 4) && !text.contains([':', '：']))
        || (is_bar(&['»', '>', '›', '/', '→'], 2) && is_path())
}

/// Returns whether `text` claims the rights in the page.
pub(crate) fn is_legal_notice(text: &str) -> bool {
    const PHRASES: [&str; 7] = [
        "©",
        "copyright",
        "all rights reserved",
        "版权所有",
        "版權所有",
        "icp备",
        "icp備",
    ];
    // No character has more than four bytes.
    if text.len() > 480 || text.chars().count() > 120 {
        return false;
    }
    // Each of the phrases has one of these, which are found faster.
    let says_right = || {
        let is_right = |word: &[u8]| {
            // One letter is compared faster than five.
            matches!(word, [_, _, b'g' | b'G', ..]) && word.eq_ignore_ascii_case(b"right")
        };
        text.as_bytes().windows(5).any(is_right)
    };
    let has_sign =
        || !text.is_ascii() && ['©', '版', '备', '備'].iter().any(|&c| text.contains(c));
    if !has_sign() && !says_right() {
        return false;
    }
    let lower = text.to_lowercase();
    lower.chars().count() <= 120
        && (PHRASES.iter().filter(|phrase| lower.contains(*phrase)).count() >= 2
            || PHRASES.iter().any(|phrase| lower.starts_with(phrase)))
}

#[cfg(test)]
mod tests {
    use super::is_control;

    #[test]
    fn places_that_a_program_fills_are_no_text() {
        assert!(is_control("[form id=3]") && is_control("Table of Contents"));
        assert!(!is_control("[to prepare it]") && !is_control("[Editor’s note: x = 3]"));
    }
}
