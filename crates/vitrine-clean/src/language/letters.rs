//! Which letters a text is written in.

use std::{
    ops::{AddAssign, Range},
    sync::LazyLock,
};

use crate::typography::{is_alphabetic, is_han};

/// How many letters of each script a text has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    pub(super) latin: usize,
    pub(super) greek: usize,
    pub(super) cyrillic: usize,
    pub(super) hebrew: usize,
    pub(super) arabic: usize,
    pub(super) hangul: usize,
    pub(super) kana: usize,
    /// Chinese characters.
    pub(super) han: usize,
    /// Those of them that only simplified Chinese has.
    pub(super) simplified: usize,
    /// Those of them that only traditional Chinese has.
    pub(super) traditional: usize,
    /// Letters of any other script.
    pub(super) other: usize,
}

impl Letters {
    /// Counts the letters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut letters = Self::default();
        if text.is_ascii() {
            letters.latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
            return letters;
        }
        let kinds = kinds();
        for c in text.chars() {
            if c.is_ascii() {
                letters.latin += usize::from(c.is_ascii_alphabetic());
            } else if let Some(kind) = kinds.get(position(c)) {
                letters.han += 1;
                letters.simplified += usize::from(*kind == Kind::Simplified);
                letters.traditional += usize::from(*kind == Kind::Traditional);
            } else if let Some(count) = letters.count_of(c) {
                *count += 1;
            }
        }
        letters
    }

    /// Where a character is counted that is neither ASCII nor a frequent ideograph.
    fn count_of(&mut self, c: char) -> Option<&mut usize> {
        Some(match c {
            'ぁ'..='ヿ' => &mut self.kana,
            '\u{ac00}'..='\u{d7af}' => &mut self.hangul,
            c if is_han(c) => &mut self.han,
            c if !is_alphabetic(c) => return None,
            ..='\u{24f}' => &mut self.latin,
            '\u{370}'..='\u{3ff}' => &mut self.greek,
            '\u{400}'..='\u{52f}' => &mut self.cyrillic,
            '\u{590}'..='\u{5ff}' => &mut self.hebrew,
            '\u{600}'..='\u{77f}' => &mut self.arabic,
            _ => &mut self.other,
        })
    }

    /// Letters of scripts that write sounds one by one.
    pub(super) fn of_alphabets(&self) -> usize {
        let Self { latin, greek, cyrillic, hebrew, arabic, other, .. } = self;
        latin + greek + cyrillic + hebrew + arabic + other
    }

    /// Whether both Chinese characters and letters make up a good part of the text.
    pub(super) fn are_mixed(&self) -> bool {
        // A Chinese character says about as much as a word of four letters.
        let (han, letters) =
            (4 * self.han, self.of_alphabets() + self.kana + self.hangul);
        han * 4 > letters && letters * 6 > han
    }

    /// The tag of Chinese text, by the characters that only one of its scripts has.
    pub(super) fn chinese(&self) -> &'static str {
        if self.traditional > self.simplified { "zh-Hant" } else { "zh-Hans" }
    }
}

impl AddAssign for Letters {
    fn add_assign(&mut self, more: Self) {
        self.latin += more.latin;
        self.greek += more.greek;
        self.cyrillic += more.cyrillic;
        self.hebrew += more.hebrew;
        self.arabic += more.arabic;
        self.hangul += more.hangul;
        self.kana += more.kana;
        self.han += more.han;
        self.simplified += more.simplified;
        self.traditional += more.traditional;
        self.other += more.other;
    }
}

/// The characters that nearly all Chinese text is written in.
const HAN: Range<char> = '\u{4e00}'..'\u{a000}';

/// Where a character stands among [`HAN`]; far behind them where it is none.
fn position(c: char) -> usize {
    u32::from(c).wrapping_sub(u32::from(HAN.start)) as usize
}

/// In which Chinese a character is written like this.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Simplified,
    Traditional,
    Both,
}

/// The kind of each of [`HAN`].
fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
        let mut kinds = vec![Kind::Both; HAN.end as usize - HAN.start as usize];
        for (set, kind) in
            [(SIMPLIFIED, Kind::Simplified), (TRADITIONAL, Kind::Traditional)]
        {
            for c in set.chars().filter(|&c| is_han(c)) {
                if let Some(slot) = kinds.get_mut(position(c)) {
                    *slot = kind;
                }
            }
        }
        kinds
    });
    &KINDS
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
