//! Labels: `By`, `Date:`, `作者：`, alone or several on a line.

use super::site::Site;
use crate::{
    authors,
    date::{self, DayOrder},
    typography::{is_sentence_end, one_line},
};

/// What a label introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Date,
    Authors,
    Source,
    Section,
    /// A number of visits or the like: nothing of the article.
    Counter,
}

/// A label with its value, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labeled {
    pub(crate) field: Field,
    pub(crate) value: String,
}

/// Longest label, in characters.
const MAX_LABEL_LEN: usize = 24;

/// Longest line of labels, in characters.
const MAX_LINE_LEN: usize = 200;

/// Words of labels, as [`normalized`] has them.
const WORDS: [(Field, &[&str]); 5] = [
    (
        Field::Date,
        &[
            "date",
            "published",
            "publishedon",
            "publicationdate",
            "posted",
            "postedon",
            "updated",
            "time",
            "created",
            "issued",
            "日期",
            "时间",
            "時間",
            "发布时间",
            "發布時間",
            "发布日期",
            "發布日期",
            "发表时间",
            "发表日期",
            "發表日期",
            "發表時間",
            "更新时间",
            "更新時間",
            "更新日期",
            "出版日期",
            "日",
            "发布于",
            "發布於",
            "发表于",
            "發表於",
            "刊登日期",
        ],
    ),
    (
        Field::Authors,
        &[
            "author",
            "authors",
            "by",
            "writtenby",
            "postedby",
            "writer",
            "byline",
            "作者",
            "撰文",
            "文",
            "撰稿",
            "撰稿人",
            "记者",
            "記者",
            "编译",
            "編譯",
            "作者姓名",
            "文章作者",
            "执笔",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "sources",
            "sourceofdocuments",
            "sourceofdocument",
            "from",
            "originallypublishedin",
            "originallypublishedat",
            "firstpublishedin",
            "publishedin",
            "来源",
            "來源",
            "文章来源",
            "文章來源",
            "文件来源",
            "稿件来源",
            "资料来源",
            "資料來源",
            "稿源",
            "出处",
            "出處",
            "原载",
            "原載",
            "转载自",
            "轉載自",
            "信息来源",
            "新闻来源",
        ],
    ),
    (
        Field::Section,
        &["category", "section", "topic", "栏目", "欄目", "分类", "分類", "类别"],
    ),
    (
        Field::Counter,
        &[
            "views",
            "view",
            "hits",
            "reads",
            "read",
            "comments",
            "clicks",
            "点击",
            "點擊",
            "点击数",
            "点击率",
            "浏览",
            "瀏覽",
            "浏览次数",
            "瀏覽次數",
            "浏览量",
            "阅读",
            "閱讀",
            "阅读次数",
            "阅读量",
            "评论",
            "評論",
            "人气",
            "人氣",
            "字号",
            "字體",
            "字体",
            "责任编辑",
            "責任編輯",
            "编辑",
            "編輯",
            "責編",
            "责编",
            "editor",
            "editedby",
            "点击量",
            "关键词",
            "tags",
            "tag",
            "keywords",
        ],
    ),
];

/// Returns what a label stands for, by the list.
pub(super) fn known(label: &str) -> Option<Field> {
    let find = |word: &str| {
        WORDS.iter().find(|(_, words)| words.contains(&word)).map(|&(field, _)| field)
    };
    let whole = normalized(label);
    // `日期/Date`: either half will do.
    find(&whole)
        .or_else(|| label.split(['/', ' ']).find_map(|part| find(&normalized(part))))
}

fn normalized(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns what stands before the first colon of a line, if it can be a label, and what
/// stands after it.
pub(super) fn prefix(text: &str) -> Option<(String, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let label = label.trim().trim_start_matches(['(', '（', '【', '[']);
    let is_label = !label.is_empty() && label.chars().count() <= MAX_LABEL_LEN;
    is_label.then(|| (label.to_owned(), value.trim()))
}

/// Reads a line that is made of labels and their values; `None` when it is anything else.
pub(super) fn read(text: &str, site: &Site) -> Option<Vec<Labeled>> {
    if text.chars().count() > MAX_LINE_LEN {
        return None;
    }
    let text = text.trim().trim_start_matches(['(', '（', '【', '[']);
    let text = text.trim_end_matches([')', '）', '】', ']']).trim();
    read_colons(text, site)
        .or_else(|| read_byline(text))
        .or_else(|| read_dated(text, site))
        .or_else(|| read_source(text))
        .or_else(|| read_counters(text))
}

/// `作者：A  来源：B  时间：C`, `Published: X`, `Author:`.
fn read_colons(text: &str, site: &Site) -> Option<Vec<Labeled>> {
    // Where each label starts, where its value starts, and what it is.
    let mut labels: Vec<(usize, usize, Field)> = Vec::new();
    for (colon, mark) in text.match_indices([':', '：']) {
        let before = text.get(..colon)?;
        let floor = labels.last().map_or(0, |&(_, value, _)| value);
        let start_of_line = labels.is_empty().then_some(before).map(str::trim);
        let word_start = before
            .rfind([' ', '|', '｜', '\u{3000}', '(', '（', '\t', '，', '；'])
            .map_or(0, |at| {
                at + before
                    .get(at..)
                    .and_then(|t| t.chars().next())
                    .map_or(1, char::len_utf8)
            });
        let candidates = [
            start_of_line.map(|label| (0, label)),
            before.get(word_start..).map(|label| (word_start, label)),
        ];
        for (start, label) in candidates.into_iter().flatten() {
            if start < floor || label.is_empty() || label.chars().count() > MAX_LABEL_LEN
            {
                continue;
            }
            if let Some(field) = site.label(label).or_else(|| known(label)) {
                labels.push((start, colon + mark.len(), field));
                break;
            }
        }
    }
    if labels.first()?.0 != 0 {
        return None;
    }
    let mut read = Vec::new();
    for (position, &(_, value, field)) in labels.iter().enumerate() {
        let end = labels.get(position + 1).map_or(text.len(), |&(start, ..)| start);
        let value = text.get(value..end).unwrap_or_default();
        let value =
            value.trim().trim_end_matches(['|', '｜', '(', '（', ')', '）']).trim();
        read.push(Labeled { field, value: value.to_owned() });
    }
    let is_plausible = read.iter().all(|labeled| is_value(labeled));
    is_plausible.then_some(read)
}

/// Whether the value can be what its label says.
fn is_value(labeled: &Labeled) -> bool {
    let Labeled { field, value } = labeled;
    value.is_empty()
        || match field {
            Field::Date => {
                date::find(value, DayOrder::DayFirst).is_some()
                    || date::parse(value, DayOrder::DayFirst).is_some()
            }
            Field::Authors => authors::looks_like_names(value),
            Field::Source | Field::Section => {
                value.chars().count() <= 80 && !value.ends_with(['.', '。', '！', '？'])
            }
            Field::Counter => value.chars().count() <= 60 && !is_sentence_end(value),
        }
}

/// `By`, `By Jane Doe`, `文/王芳`.
fn read_byline(text: &str) -> Option<Vec<Labeled>> {
    let lower = text.to_lowercase();
    let label =
        ["written by", "posted by", "by", "文/", "文／", "撰文/", "图文/", "记者/"]
            .into_iter()
            .find(|label| lower.starts_with(label))?;
    let value = text.get(label.len()..)?;
    let is_word = label.ends_with('y');
    if is_word && !value.is_empty() && !value.starts_with(' ') {
        return None;
    }
    let value = one_line(value);
    let names = Labeled { field: Field::Authors, value };
    if is_value(&names) {
        return Some(vec![names]);
    }
    // `By Jane Doe | June 25, 2013`.
    let found = date::find(&names.value, DayOrder::DayFirst)?;
    let before = names
        .value
        .get(..found.span.start)?
        .trim_end_matches([' ', '|', ',', '-', '–', '—', '·', '•']);
    let before = before.strip_suffix(" on").unwrap_or(before);
    let author = Labeled { field: Field::Authors, value: before.to_owned() };
    let date = Labeled { field: Field::Date, value: names.value.clone() };
    (is_value(&author) && !before.is_empty()).then(|| vec![author, date])
}

/// A line that is a date, with words around it that say so.
fn read_dated(text: &str, site: &Site) -> Option<Vec<Labeled>> {
    let date = |value: &str| Labeled { field: Field::Date, value: value.to_owned() };
    if let Some(found) = date::find(text, site.day_order) {
        if date::is_alone(text, &found.span) {
            return Some(vec![date(text)]);
        }
        let before = text
            .get(..found.span.start)?
            .trim_end_matches(['|', ':', ' ', '-', '–', '—', '·']);
        let after = text.get(found.span.end..)?;
        let after = after.trim_matches(['|', ' ', ',', '-', '–', '—', '·', '•', '/']);
        let mut read = vec![date(text.get(found.span.clone())?)];
        if !before.is_empty() {
            // `Beijing, June 25, 2013` is the start of a text; only a label may precede.
            match known(before).or_else(|| site.label(before)) {
                Some(Field::Date) => {}
                _ => read.extend(read_byline(before)?),
            }
        }
        let is_time =
            date::parse(text.get(found.span.start..)?, site.day_order).is_some();
        if !after.is_empty() && !is_time {
            read.extend(
                read_byline(after)
                    .or_else(|| read_counters(after))
                    .or_else(|| read_source(after))?,
            );
        }
        return Some(read);
    }
    None
}

/// `Originally published in Foreign Letters`, `原载于《学刊》`.
fn read_source(text: &str) -> Option<Vec<Labeled>> {
    const STARTS: [&str; 8] = [
        "originally published in",
        "originally published by",
        "first published in",
        "originally appeared in",
        "原载于",
        "原載於",
        "转载自",
        "轉載自",
    ];
    let lower = text.to_lowercase();
    let start = STARTS.into_iter().find(|start| lower.starts_with(start))?;
    let value = text.get(start.len()..)?.trim().trim_end_matches('.').to_owned();
    let labeled = Labeled { field: Field::Source, value };
    is_value(&labeled).then(|| vec![labeled])
}

/// `3966 views | 0 comments`.
fn read_counters(text: &str) -> Option<Vec<Labeled>> {
    let mut parts =
        text.split(['|', '｜', '·', ',', '/']).map(str::trim).filter(|p| !p.is_empty());
    let is_counter = |part: &str| {
        let word =
            part.trim_start_matches(|c: char| c.is_ascii_digit() || ", .".contains(c));
        word.len() < part.len()
            && (known(word) == Some(Field::Counter)
                || matches!(word, "次" | "次阅读" | "人阅读" | "条评论"))
    };
    let is_all =
        text.chars().count() <= 60 && parts.clone().count() > 0 && parts.all(is_counter);
    is_all.then(|| vec![Labeled { field: Field::Counter, value: text.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::{Field, Site, read};

    fn check(text: &str) -> Vec<(Field, String)> {
        let read = read(text, &Site::default()).unwrap_or_default();
        read.into_iter().map(|labeled| (labeled.field, labeled.value)).collect()
    }

    #[test]
    fn labels_are_read_with_their_values() {
        let one = |field, value: &str| vec![(field, value.to_owned())];
        assert_eq!(check("By"), one(Field::Authors, ""));
        assert_eq!(
            check("By Ana Ruiz and Tom Lee"),
            one(Field::Authors, "Ana Ruiz and Tom Lee")
        );
        assert_eq!(check("（作者：王芳、李小明）"), one(Field::Authors, "王芳、李小明"));
        assert_eq!(check("日期/Date: 25/07/2006"), one(Field::Date, "25/07/2006"));
        assert_eq!(check("阅读 Views: 3181"), one(Field::Counter, "3181"));
        assert_eq!(check("Source of documents:"), one(Field::Source, ""));
        assert_eq!(
            check("3966 views | 0 comments"),
            one(Field::Counter, "3966 views | 0 comments")
        );
        assert_eq!(
            check("作者：王芳  来源：海事评论  时间：2020-01-01  点击：57"),
            [
                (Field::Authors, "王芳".to_owned()),
                (Field::Source, "海事评论".to_owned()),
                (Field::Date, "2020-01-01".to_owned()),
                (Field::Counter, "57".to_owned()),
            ]
        );
    }

    #[test]
    fn sentences_are_not_labels() {
        for text in [
            "By all accounts, shore up your defenses, stat.",
            "On June 25, 2013 the harbor was closed for good.",
            "The source: a small spring in the hills.",
            "Read: this is the first rule.",
        ] {
            assert_eq!(check(text), [], "{text:?}");
        }
    }
}
