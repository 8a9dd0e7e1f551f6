//! Every word of the interface, in each of its languages.

use crate::language::Language;

/// The words of one language. `{n}` and `{query}` are filled in by [`fill`].
#[derive(Debug)]
pub(crate) struct Strings {
    pub(crate) search: &'static str,
    pub(crate) search_hint: &'static str,
    pub(crate) result_one: &'static str,
    pub(crate) result_many: &'static str,
    pub(crate) no_results_for: &'static str,
    pub(crate) no_results_advice: &'static str,
    pub(crate) results_heading: &'static str,
    pub(crate) show_more: &'static str,
    pub(crate) article_one: &'static str,
    pub(crate) article_many: &'static str,
    pub(crate) newest: &'static str,
    pub(crate) empty_archive: &'static str,
    pub(crate) untitled: &'static str,
    pub(crate) undated: &'static str,
    pub(crate) back_to_results: &'static str,
    pub(crate) back_to_archive: &'static str,
    pub(crate) original_page: &'static str,
    pub(crate) provenance: &'static str,
    pub(crate) file: &'static str,
    pub(crate) encoding: &'static str,
    pub(crate) fetched_from: &'static str,
    pub(crate) fetched_at: &'static str,
    pub(crate) also_in: &'static str,
    pub(crate) other_version: &'static str,
    pub(crate) earlier_part: &'static str,
    pub(crate) later_part: &'static str,
    pub(crate) translation: &'static str,
    pub(crate) left_out: &'static str,
    pub(crate) picture_missing: &'static str,
    pub(crate) attachments: &'static str,
    pub(crate) original_source: &'static str,
    pub(crate) table: &'static str,
    pub(crate) code: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) missing_advice: &'static str,
    pub(crate) unzip_advice: &'static str,
    pub(crate) damaged: &'static str,
    pub(crate) damaged_advice: &'static str,
    pub(crate) version: &'static str,
    pub(crate) version_advice: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) failed_advice: &'static str,
    pub(crate) try_again: &'static str,
    /// Between the facts of a byline.
    pub(crate) separator: &'static str,
    /// Between names.
    pub(crate) name_separator: &'static str,
}

/// Returns the words of `language`.
pub(crate) fn strings(language: Language) -> &'static Strings {
    match language {
        Language::En => &EN,
        Language::ZhHans => &ZH_HANS,
        Language::ZhHant => &ZH_HANT,
    }
}

/// Returns `text` with the first `{…}` replaced by `value`.
pub(crate) fn fill(text: &str, value: &str) -> String {
    match (text.find('{'), text.find('}')) {
        (Some(start), Some(end)) if start < end => {
            [&text[..start], value, &text[end + 1..]].concat()
        }
        _ => text.to_owned(),
    }
}

/// Returns the number with its thousands apart: `12,345`.
pub(crate) fn number_text(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns `one` or `many` with the number in it.
pub(crate) fn count_text(number: u32, one: &str, many: &str) -> String {
    fill(if number == 1 { one } else { many }, &number_text(number))
}

static EN: Strings = Strings {
    search: "Search",
    search_hint: "Search the archive",
    result_one: "{n} result",
    result_many: "{n} results",
    no_results_for: "Nothing found for “{query}”",
    no_results_advice: "Try fewer or other words, or only the beginning of a word.",
    results_heading: "Search results",
    show_more: "Show more",
    article_one: "{n} article",
    article_many: "{n} articles",
    newest: "Newest articles",
    empty_archive: "There are no articles in this archive.",
    untitled: "Untitled",
    undated: "Undated",
    back_to_results: "Back to results",
    back_to_archive: "All articles",
    original_page: "Original page",
    provenance: "Provenance",
    file: "File",
    encoding: "Encoding",
    fetched_from: "Fetched from",
    fetched_at: "Fetched at",
    also_in: "Same text in",
    other_version: "Other version in",
    earlier_part: "Earlier part",
    later_part: "Later part",
    translation: "Translation",
    left_out: "Left out of the article",
    picture_missing: "Picture, not in the archive",
    attachments: "Attachments",
    original_source: "Source of the original page",
    table: "Table",
    code: "Code",
    not_found: "This article is not in the archive.",
    not_found_advice: "The link may come from another edition of it. Search for its title instead.",
    missing: "A file of this archive is missing.",
    missing_advice: "Get a fresh copy of the whole folder.",
    unzip_advice: "If the archive lies in a zip file, unzip the whole folder first, then open index.html in it.",
    damaged: "A file of this archive is damaged.",
    damaged_advice: "What is shown comes from intact files only. Get a fresh copy of the whole folder.",
    version: "This archive was written by another version.",
    version_advice: "The reader and the data do not belong together. Get a fresh copy of the whole folder.",
    failed: "A part of the archive could not be loaded.",
    failed_advice: "Check the connection and try again.",
    try_again: "Try again",
    separator: " · ",
    name_separator: ", ",
};

static ZH_HANS: Strings = Strings {
    search: "搜索",
    search_hint: "搜索资料库",
    result_one: "{n} 条结果",
    result_many: "{n} 条结果",
    no_results_for: "没有找到“{query}”",
    no_results_advice: "请减少或更换词语再试。",
    results_heading: "搜索结果",
    show_more: "显示更多",
    article_one: "{n} 篇文章",
    article_many: "{n} 篇文章",
    newest: "最新文章",
    empty_archive: "资料库中没有文章。",
    untitled: "无标题",
    undated: "日期不详",
    back_to_results: "返回结果",
    back_to_archive: "全部文章",
    original_page: "原始网页",
    provenance: "出处",
    file: "文件",
    encoding: "编码",
    fetched_from: "抓取地址",
    fetched_at: "抓取时间",
    also_in: "相同文本",
    other_version: "其他版本",
    earlier_part: "前一部分",
    later_part: "后一部分",
    translation: "其他语言",
    left_out: "未收入正文的内容",
    picture_missing: "图片未收入资料库",
    attachments: "附件",
    original_source: "原始网页的源文本",
    table: "表格",
    code: "代码",
    not_found: "资料库中没有这篇文章。",
    not_found_advice: "链接可能来自另一个版本，请搜索文章标题。",
    missing: "资料库缺少文件。",
    missing_advice: "请重新获取整个文件夹。",
    unzip_advice: "如果资料库在压缩包里，请先解压整个文件夹，再打开其中的 index.html。",
    damaged: "资料库的文件已损坏。",
    damaged_advice: "显示的内容均来自完好的文件。请重新获取整个文件夹。",
    version: "资料库由其他版本生成。",
    version_advice: "阅读器与数据不匹配，请重新获取整个文件夹。",
    failed: "无法载入资料库的一部分。",
    failed_advice: "请检查网络连接后重试。",
    try_again: "重试",
    separator: " · ",
    name_separator: "、",
};

static ZH_HANT: Strings = Strings {
    search: "搜尋",
    search_hint: "搜尋資料庫",
    result_one: "{n} 筆結果",
    result_many: "{n} 筆結果",
    no_results_for: "找不到「{query}」",
    no_results_advice: "請減少或更換詞語再試。",
    results_heading: "搜尋結果",
    show_more: "顯示更多",
    article_one: "{n} 篇文章",
    article_many: "{n} 篇文章",
    newest: "最新文章",
    empty_archive: "資料庫中沒有文章。",
    untitled: "無標題",
    undated: "日期不詳",
    back_to_results: "返回結果",
    back_to_archive: "全部文章",
    original_page: "原始網頁",
    provenance: "出處",
    file: "檔案",
    encoding: "編碼",
    fetched_from: "擷取網址",
    fetched_at: "擷取時間",
    also_in: "相同文本",
    other_version: "其他版本",
    earlier_part: "前一部分",
    later_part: "後一部分",
    translation: "其他語言",
    left_out: "未收入正文的內容",
    picture_missing: "圖片未收入資料庫",
    attachments: "附件",
    original_source: "原始網頁的原始碼",
    table: "表格",
    code: "程式碼",
    not_found: "資料庫中沒有這篇文章。",
    not_found_advice: "連結可能來自另一個版本，請搜尋文章標題。",
    missing: "資料庫缺少檔案。",
    missing_advice: "請重新取得整個資料夾。",
    unzip_advice: "如果資料庫在壓縮檔裡，請先解壓縮整個資料夾，再開啟其中的 index.html。",
    damaged: "資料庫的檔案已損壞。",
    damaged_advice: "顯示的內容均來自完好的檔案。請重新取得整個資料夾。",
    version: "資料庫由其他版本產生。",
    version_advice: "閱讀器與資料不相符，請重新取得整個資料夾。",
    failed: "無法載入資料庫的一部分。",
    failed_advice: "請檢查網路連線後重試。",
    try_again: "重試",
    separator: " · ",
    name_separator: "、",
};

#[cfg(test)]
mod tests {
    use super::{Language, count_text, fill, number_text, strings};

    #[test]
    fn numbers_have_their_thousands_apart() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn a_count_agrees_with_its_noun() {
        let en = strings(Language::En);
        assert_eq!(count_text(1, en.result_one, en.result_many), "1 result");
        assert_eq!(count_text(2300, en.result_one, en.result_many), "2,300 results");
        let zh = strings(Language::ZhHans);
        assert_eq!(count_text(23, zh.result_one, zh.result_many), "23 条结果");
    }

    #[test]
    fn what_is_filled_in_may_hold_braces() {
        assert_eq!(fill("for “{query}”", "{n}"), "for “{n}”");
        assert_eq!(fill("nothing", "x"), "nothing");
    }

    #[test]
    fn every_language_has_every_word_and_the_same_places_to_fill() {
        for language in [Language::En, Language::ZhHans, Language::ZhHant] {
            let words = strings(language);
            // `Debug` shows every field, so that none can be forgotten here.
            assert!(!format!("{words:?}").contains("\"\""), "{language:?}");
            for count in [
                words.result_one,
                words.result_many,
                words.article_one,
                words.article_many,
            ] {
                assert!(fill(count, "7").contains('7'), "{language:?}: {count}");
            }
            assert!(fill(words.no_results_for, "cat").contains("cat"));
        }
    }
}
