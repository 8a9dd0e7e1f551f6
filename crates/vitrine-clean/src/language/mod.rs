//! The language of an article, as a BCP 47 tag; `block` has that of its parts.

mod block;

use std::{ops::Range, sync::LazyLock};

use vitrine_article::{Block, Metadata, plain_text};
use whatlang::Lang;

pub(crate) use block::of_blocks;

use crate::typography::is_han;

/// How much text is looked at for its language, for its script and for its small words, in
/// characters.
const SAMPLE_LEN: usize = 20_000;
const SCRIPT_SAMPLE_LEN: usize = 4_000;
const WORD_SAMPLE_LEN: usize = 2_000;

/// Returns the language of an article.
///
/// A record's is the one that was given; Chinese without a script gets the one it is
/// written in. What a web page declares is often its template's and counts only between
/// languages of one script, or where the text is too short to tell.
pub(crate) fn tag(metadata: &Metadata, blocks: &[Block], is_record: bool) -> String {
    let sample = format!("{}\n{}", metadata.title, plain_text(blocks));
    let sample = beginning(&sample, SAMPLE_LEN);
    let given = normalized(&metadata.lang);
    if let Some(given) = given.as_ref().filter(|_| is_record) {
        return if given == "zh" { chinese(sample, "zh-Hans") } else { given.clone() };
    }
    let scripts = Scripts::of(sample);
    let detected = if scripts.are_mixed() && !metadata.title.is_empty() {
        of_title(&metadata.title, sample)
    } else {
        detect_in(sample, &scripts)
    };
    let Some(given) = given else { return detected };
    let primary = given.split('-').next().unwrap_or_default();
    let is_cjk = |tag: &str| ["zh", "ja", "ko"].iter().any(|cjk| tag.starts_with(cjk));
    match (is_cjk(primary), is_cjk(&detected)) {
        _ if detected == "und" => given,
        // Of the two languages of a page the declared one is the page's.
        (false, true) if scripts.are_mixed() => primary.to_owned(),
        (false, false) => primary.to_owned(),
        _ => detected,
    }
}

/// The language of a page in two: that of its title.
fn of_title(title: &str, sample: &str) -> String {
    let scripts = Scripts::of(title);
    let tag = detect_in(title, &scripts);
    if tag == "und" || scripts.are_mixed() {
        return detect(sample);
    }
    if tag.starts_with("zh") {
        return chinese(sample, "zh-Hans");
    }
    let letters: String = sample.chars().filter(|&c| !is_han(c)).collect();
    detect(&letters)
}

/// The first `len` characters of `text`.
fn beginning(text: &str, len: usize) -> &str {
    // No character is shorter than a byte.
    if text.len() <= len {
        return text;
    }
    let end = text.char_indices().nth(len).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// How many characters of each kind a text has.
#[derive(Debug, Default)]
struct Scripts {
    han: usize,
    kana: usize,
    hangul: usize,
    /// Letters of other scripts.
    letters: usize,
}

impl Scripts {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
            return Self { letters, ..Self::default() };
        }
        let mut scripts = Self::default();
        for c in text.chars() {
            match c {
                '\0'..='\u{7f}' => {
                    scripts.letters += usize::from(c.is_ascii_alphabetic());
                }
                'ぁ'..='ヿ' => scripts.kana += 1,
                '\u{ac00}'..='\u{d7a3}' => scripts.hangul += 1,
                c if is_han(c) => scripts.han += 1,
                c if c.is_alphabetic() => scripts.letters += 1,
                _ => {}
            }
        }
        scripts
    }

    /// Whether both Chinese characters and letters make up a good part of the text.
    fn are_mixed(&self) -> bool {
        let Self { han, kana, hangul, letters } = self;
        // A Chinese character says about as much as a word of four letters.
        let (han, letters) = (4 * han, letters + kana + hangul);
        han * 4 > letters && letters * 6 > han
    }
}

/// Puts a tag into BCP 47's usual form; `None` when it is none.
pub(crate) fn normalized(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next()?.to_ascii_lowercase();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase());
    if !is_tag || primary == "und" {
        return None;
    }
    let rest: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    let has = |subtag: &str| rest.iter().any(|part| part == subtag);
    if primary == "zh" || primary == "cmn" {
        let is_traditional =
            has("hant") || ["tw", "hk", "mo"].iter().any(|region| has(region));
        let is_simplified =
            has("hans") || ["cn", "sg", "my"].iter().any(|region| has(region));
        return Some(match (is_traditional, is_simplified) {
            (true, _) => "zh-Hant".to_owned(),
            (false, true) => "zh-Hans".to_owned(),
            (false, false) => "zh".to_owned(),
        });
    }
    let mut out = primary;
    for part in rest.iter().take(2) {
        let is_subtag =
            part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_subtag || part.is_empty() {
            break;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 => {
                let (first, rest) = part.split_at(1);
                out.push_str(&first.to_ascii_uppercase());
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    Some(out)
}

/// Tells the language of `text` from its characters and words.
pub(crate) fn detect(text: &str) -> String {
    detect_in(text, &Scripts::of(text))
}

fn detect_in(text: &str, scripts: &Scripts) -> String {
    let &Scripts { han, kana, hangul, letters } = scripts;
    if kana * 10 > han && kana * 4 > letters {
        "ja".to_owned()
    } else if hangul * 4 > letters && hangul > han {
        "ko".to_owned()
    } else if han > 0 && han * 4 > letters {
        chinese(text, "zh-Hans")
    } else if letters == 0 {
        "und".to_owned()
    } else if is_english(text) {
        "en".to_owned()
    } else {
        match whatlang::detect(text) {
            Some(info) if info.is_reliable() || info.confidence() > 0.5 => {
                code(info.lang()).to_owned()
            }
            _ => "und".to_owned(),
        }
    }
}

/// Whether the words that no English sentence does without are frequent; tells a short
/// text better than letter statistics do.
fn is_english(text: &str) -> bool {
    let mut total = 0_usize;
    let mut common = 0_usize;
    let text = beginning(text, WORD_SAMPLE_LEN);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        total += 1;
        let mut lower = [0; 4];
        if let Some(lower) = lower.get_mut(..word.len()) {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            common += usize::from(matches!(
                &*lower,
                b"the"
                    | b"of"
                    | b"and"
                    | b"to"
                    | b"in"
                    | b"a"
                    | b"is"
                    | b"that"
                    | b"for"
                    | b"it"
                    | b"was"
                    | b"on"
                    | b"are"
                    | b"as"
                    | b"with"
                    | b"by"
                    | b"this"
                    | b"from"
                    | b"at"
                    | b"be"
                    | b"have"
                    | b"an"
            ));
        }
    }
    common * 6 > total && common >= 2
}

/// The characters that nearly all Chinese text is written in.
const HAN: Range<char> = '\u{4e00}'..'\u{a000}';

/// Where a character stands among [`HAN`]; far behind them where it is none.
fn position(c: char) -> usize {
    u32::from(c).wrapping_sub(u32::from(HAN.start)) as usize
}

/// In which Chinese a character is written like this.
#[derive(Clone, Copy)]
enum Script {
    Simplified,
    Traditional,
    Both,
}

/// Tells the script of Chinese text by the characters that only one of them has.
fn chinese(text: &str, default: &str) -> String {
    let (simplified, traditional) = count_chinese(text);
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => "zh-Hans".to_owned(),
        std::cmp::Ordering::Less => "zh-Hant".to_owned(),
        std::cmp::Ordering::Equal => default.to_owned(),
    }
}

/// Counts the characters that only simplified and that only traditional Chinese has.
fn count_chinese(text: &str) -> (usize, usize) {
    static SCRIPTS: LazyLock<Vec<Script>> = LazyLock::new(|| {
        let mut scripts = vec![Script::Both; HAN.end as usize - HAN.start as usize];
        for (set, script) in
            [(SIMPLIFIED, Script::Simplified), (TRADITIONAL, Script::Traditional)]
        {
            for c in set.chars().filter(|&c| is_han(c)) {
                if let Some(slot) = scripts.get_mut(position(c)) {
                    *slot = script;
                }
            }
        }
        scripts
    });
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in beginning(text, SCRIPT_SAMPLE_LEN).chars() {
        match SCRIPTS.get(position(c)) {
            Some(Script::Simplified) => simplified += 1,
            Some(Script::Traditional) => traditional += 1,
            _ => {}
        }
    }
    (simplified, traditional)
}

/// Frequent characters that are written like this in simplified Chinese only.
const SIMPLIFIED: &str = "\
    这们国来时会对说过发还没开关问题间现实应该经济产业务党员从众义为与电网络战争\
    见觉观东车长门马鸟鱼龙风飞书语读论让认识计设证评词话请谁调谈谢课变术机权极构\
    标样树桥检欧亚区医华协单卖卫厅厉压县参双叶号团园围图场块坏处备够头夺奋妇妈孙\
    学宁宝审宪宫宽宾导将尔尘尝层岁岂岛师帅带帮广庆库庙废张强归录彻径忆怀态总恋惊\
    惧愿户执扩扫扬护报担拟拥择挂挥损换据摄敌数断无旧显晋晓暂条杨枪梦楼毕气汇汉沟\
    泽洁测浏浓涛涨温湾湿满灭灯灵炉点热爱爷牵独狱环玛琐画畅疗监盖盘矿码确礼祸离种\
    积称稳穷窝竞笔签简类紧红约级纪纯纲纳纵纷纸线练组细织终绍结给绝统继绩绪续维绿\
    编缘缩罗罚职联聪肃肤脑脚脸腾舰艺节苏荐药莱获营萨蓝虑虽补装规视览触誉订讨训议\
    记讲许访诉诊试诗诚详误诸诺谋谓贝负财责败货质购贯贵费资赛赞赢赵趋跃转轮软轻载\
    较辑输边达迁运进远违连迟适选递遗邓邮释钟钢钱铁银销锁错键镇闭闲闻阅队阳阶际陆\
    陈险随难雾静项顺须顾预领频颗额饭饮馆驻验鲁鲜";

/// Frequent characters that are written like this in traditional Chinese only.
const TRADITIONAL: &str = "\
    這們國來時會對說過發還沒開關問題間現實應該經濟產業務黨員從眾義為與電網絡戰爭\
    見覺觀東車長門馬鳥魚龍風飛書語讀論讓認識計設證評詞話請誰調談謝課變術機權極構\
    標樣樹橋檢歐亞區醫華協單賣衛廳歷厲壓縣參雙葉號團園圍圖場塊壞處備復夠頭奪奮婦\
    媽孫學寧寶審憲宮寬賓導將爾塵嘗層歲豈島師帥帶幫廣慶庫廟廢張強歸錄徹徑憶懷態總\
    戀驚懼願戶執擴掃揚護報擔擬擁擇掛揮損換據攝敵數斷無舊顯晉曉暫條楊槍夢樓畢氣匯\
    漢溝澤潔測瀏濃濤漲溫灣濕滿滅燈靈爐點熱愛爺牽獨獄環瑪瑣畫暢療監蓋盤礦碼確禮禍\
    離種積稱穩窮窩競筆簽簡類緊紅約級紀純綱納縱紛紙線練組細織終紹結給絕統繼績緒續\
    維綠編緣縮羅罰職聯聰肅膚腦腳臉騰艦藝節蘇範薦藥萊獲營薩藍慮雖補裝規視覽觸譽訂\
    討訓議記講許訪訴診試詩誠詳誤諸諾謀謂貝負財責敗貨質購貫貴費資賽贊贏趙趨躍轉輪\
    軟輕載較輯輸邊達遷運進遠違連遲適選遞遺鄧郵釋鐘鋼錢鐵銀銷鎖錯鍵鎮閉閒聞閱隊陽\
    階際陸陳險隨難霧靜項順須顧預領頻顆額飯飲館駐驗魯鮮";

/// The shortest tag of a language that the detector knows.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Cmn => "zh",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, normalized};

    #[test]
    fn languages_and_scripts_are_told_apart() {
        assert_eq!(
            detect("The harbor of the town is small, and the boats are old."),
            "en"
        );
        assert_eq!(detect("这个港口的船很旧，没有人来买。"), "zh-Hans");
        assert_eq!(detect("這個港口的船很舊，沒有人來買。"), "zh-Hant");
        assert_eq!(
            detect("Der Hafen der Stadt ist klein, und die Boote sind sehr alt."),
            "de"
        );
        assert_eq!(detect("この港の船はとても古いです。"), "ja");
        assert_eq!(detect("1, 2, 3"), "und");
    }

    #[test]
    fn tags_take_their_usual_form() {
        assert_eq!(normalized("EN_us").as_deref(), Some("en-US"));
        assert_eq!(normalized("zh_TW").as_deref(), Some("zh-Hant"));
        assert_eq!(normalized("zh-CN").as_deref(), Some("zh-Hans"));
        assert_eq!(normalized("ZH").as_deref(), Some("zh"));
        assert_eq!(normalized("english"), None);
    }
}
