//! Labels that are known without a site's help.

use std::{collections::BTreeMap, sync::LazyLock};

use super::Field;
use crate::typography::is_alphanumeric;

/// Words of labels, as [`normalized`] has them.
const WORDS: [(Field, &[&str]); 6] = [
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
        Field::Type,
        &[
            "genre",
            "documenttype",
            "articletype",
            "contenttype",
            "体裁",
            "體裁",
            "文章类型",
            "文章類型",
            "文献类型",
            "文獻類型",
        ],
    ),
    (
        Field::Other,
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
            "previous",
            "next",
            "prev",
            "上一篇",
            "下一篇",
            "上一条",
            "下一条",
            "上一則",
            "下一則",
            "上一页",
            "下一页",
            "相关阅读",
            "字級",
            "字级",
        ],
    ),
];

/// Longest label that is looked up, in bytes.
const MAX_LABEL_LEN: usize = 64;

/// Returns what a label stands for, by the list.
pub(crate) fn known(label: &str) -> Option<Field> {
    static FIELDS: LazyLock<BTreeMap<&str, Field>> = LazyLock::new(|| {
        let each = |&(field, words): &(Field, &'static [&'static str])| {
            words.iter().map(move |&word| (word, field))
        };
        WORDS.iter().flat_map(each).collect()
    });
    if label.len() > MAX_LABEL_LEN {
        return None;
    }
    let find = |word: &str| FIELDS.get(word).copied();
    let whole = normalized(label);
    // `日期/Date`, `阅读 Views`: either half will do.
    let halves = label.split(['/', ' ']).filter(|part| !part.is_empty());
    let is_twofold = halves.clone().count() == 2 && !label.is_ascii();
    find(&whole).or_else(|| {
        halves.filter(|_| is_twofold).find_map(|part| find(&normalized(part)))
    })
}

fn normalized(label: &str) -> String {
    label.chars().filter(|&c| is_alphanumeric(c)).flat_map(char::to_lowercase).collect()
}
