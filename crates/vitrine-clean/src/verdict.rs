//! Whether what is left of a page is an article.

use crate::{
    NonArticle,
    typography::{is_sentence_end, weight},
};

/// What is known of a page once its lines have their roles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub(crate) title: &'a str,
    pub(crate) paragraphs: &'a [&'a str],
    /// Whether a date or an author stands beside the title.
    pub(crate) has_metadata: bool,
    /// How many lines are dates and nothing else.
    pub(crate) date_lines: usize,
    /// How many lines are links to other pages.
    pub(crate) link_lines: usize,
}

/// Returns what the page is instead of an article.
pub(crate) fn judge(evidence: &Evidence<'_>) -> Option<NonArticle> {
    let &Evidence { title, paragraphs, has_metadata, date_lines, link_lines } = evidence;
    let (mut sentences, mut long, mut total) = (0_usize, 0_usize, 0_usize);
    for paragraph in paragraphs {
        let weight = weight(paragraph);
        sentences += usize::from(is_sentence(paragraph, weight));
        long += usize::from(weight >= 120);
        total += weight;
    }
    if date_lines >= 3 && (sentences == 0 || (long == 0 && date_lines > sentences)) {
        return Some(NonArticle::Index);
    }
    if total < 600 && !has_metadata {
        let mut texts = paragraphs.iter().copied().chain([title]);
        if texts.clone().any(says_error) {
            return Some(NonArticle::Error);
        }
        if texts.any(says_form) {
            return Some(NonArticle::Form);
        }
    }
    if has_metadata || sentences > 0 {
        return None;
    }
    Some(if paragraphs.is_empty() && title.is_empty() {
        if link_lines >= 3 { NonArticle::Index } else { NonArticle::Empty }
    } else if link_lines >= 5 && paragraphs.is_empty() {
        NonArticle::Index
    } else {
        NonArticle::NoText
    })
}

fn is_sentence(text: &str, weight: usize) -> bool {
    (weight >= 40 && is_sentence_end(text)) || weight >= 160
}

fn says_error(text: &str) -> bool {
    const PHRASES: [&str; 16] = [
        "404",
        "403 forbidden",
        "page not found",
        "not be found",
        "does not exist",
        "no longer available",
        "access denied",
        "internal server error",
        "bad gateway",
        "页面不存在",
        "頁面不存在",
        "找不到",
        "无法访问",
        "拒绝访问",
        "已被删除",
        "service unavailable",
    ];
    let lower = text.to_lowercase();
    lower.chars().count() <= 120 && PHRASES.iter().any(|phrase| lower.contains(phrase))
}

fn says_form(text: &str) -> bool {
    const PHRASES: [&str; 14] = [
        "log in",
        "sign in",
        "password",
        "results found",
        "search results",
        "captcha",
        "登录",
        "登錄",
        "登入",
        "密码",
        "密碼",
        "搜索结果",
        "搜尋結果",
        "验证码",
    ];
    let lower = text.to_lowercase();
    lower.chars().count() <= 60 && PHRASES.iter().any(|phrase| lower.contains(phrase))
}
