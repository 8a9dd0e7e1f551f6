//! Pictures: where their files are, whatever the page does to load them late.

use vitrine_article::{Asset, AssetType, Block, Image, is_safe_link};
use vitrine_ingest::embedded_address;

use super::{
    address,
    dom::{Document, NodeId},
    prune::Hidden,
};
use crate::typography::{key, one_line};

/// Attributes that hold one address, which scripts put into `src` later; `src` comes last,
/// because a placeholder may stand there.
const SOURCES: [&str; 9] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-actualsrc",
    "data-full-src",
    "data-url",
    "data-echo",
    "src",
];

/// Attributes that hold several addresses with their widths.
const SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// Pictures wider than this are more than a page shows, in pixels.
const MAX_WIDTH: f64 = 2000.0;

/// Sides below this mark a sign of the layout, in pixels.
const MIN_SIDE: u32 = 32;

/// Most addresses of one picture.
const MAX_ADDRESSES: usize = 12;

/// Words in the class of a picture that is no picture of the article.
const SIGNS: [&str; 8] =
    ["icon", "emoji", "smiley", "avatar", "gravatar", "logo", "pixel", "spacer"];

/// Returns the picture that the `img` element `id` shows, if it may be one of the article;
/// its addresses are resolved against `base` where that is possible.
pub(super) fn image(
    document: &Document,
    id: NodeId,
    base: Option<&str>,
) -> Option<Image> {
    if is_sign(document, id) {
        return None;
    }
    let mut found: Vec<&str> = Vec::new();
    let linked = linked_picture(document, id);
    found.extend(linked);
    let sources = picture_sources(document, id);
    for element in sources.into_iter().chain([id]) {
        let attribute = |name: &&str| document.attribute(element, name);
        let mut set: Vec<(f64, &str)> =
            SETS.iter().filter_map(attribute).flat_map(candidates).collect();
        // The widest that a page can use first.
        set.sort_by(|a, b| usable(b.0).total_cmp(&usable(a.0)));
        found.extend(set.into_iter().map(|(_, address)| address));
    }
    found.extend(SOURCES.iter().filter_map(|name| document.attribute(id, name)));
    let mut addresses: Vec<String> = Vec::new();
    for address in found {
        let address = address.trim();
        let embedded = embedded_address(address);
        if let Some(address) = embedded.filter(|_| addresses.len() < MAX_ADDRESSES) {
            addresses.push(address);
            continue;
        }
        let is_file = !address.is_empty()
            && !["data:", "blob:", "about:", "javascript:"].iter().any(|scheme| {
                address
                    .get(..scheme.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
            });
        if !is_file {
            continue;
        }
        // As it stands in the page, it leads to the file beside a saved one.
        let known =
            address::resolve(base, address).or_else(|| address::below(base, address));
        for address in known.into_iter().chain([address.to_owned()]) {
            if addresses.len() < MAX_ADDRESSES && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
    }
    (!addresses.is_empty()).then_some(Image { addresses, stands_alone: false })
}

/// Returns the picture in a `noscript` element, whose content is text to the parser, with
/// its alternative text.
pub(super) fn unscripted(
    document: &Document,
    id: NodeId,
    base: Option<&str>,
) -> Option<(Image, String)> {
    let source = document.text_of(id);
    if !source.contains("<img") {
        return None;
    }
    let inner = Document::parse(&source);
    let id = inner.elements("img").next()?;
    Some((image(&inner, id, base)?, alternative(&inner, id)))
}

/// Most files that a page may offer.
const MAX_OFFERS: usize = 200;

/// Returns the files that links below `roots` open, as the links of the body name them:
/// the line of such a link may be no part of the text.
pub(super) fn offers(
    document: &Document,
    hidden: &Hidden,
    roots: &[NodeId],
    base: Option<&str>,
) -> Vec<Asset> {
    let mut assets: Vec<Asset> = Vec::new();
    let mut pending: Vec<NodeId> = roots.iter().rev().copied().collect();
    while let Some(id) = pending.pop() {
        if hidden.is_hidden(id) || assets.len() == MAX_OFFERS {
            continue;
        }
        pending.extend(document.children(id).iter().rev());
        let href = document.attribute(id, "href").filter(|_| document.name(id) == "a");
        let Some(href) = href else { continue };
        let kind = AssetType::from_address(href);
        if kind.is_none_or(AssetType::is_image) {
            continue;
        }
        if let Some(address) = link(base, href)
            && assets.iter().all(|asset| asset.address != address)
        {
            assets.push(Asset { address, file: None });
        }
    }
    assets
}

/// Returns the address of a link: absolute and safe, or as it stands in the page where it
/// may lead to a file beside it.
pub(crate) fn link(base: Option<&str>, href: &str) -> Option<String> {
    let url = address::resolve(base, href).filter(|url| is_safe_link(url));
    url.or_else(|| {
        let href = href.trim();
        let is_relative = !href.split('/').next().unwrap_or_default().contains(':');
        let kind = AssetType::from_address(href).filter(|kind| kind.is_linkable());
        let beside = || address::below(base, href).unwrap_or_else(|| href.to_owned());
        kind.filter(|_| is_relative).map(|_| beside())
    })
}

/// Returns the alternative text of a picture.
pub(super) fn alternative(document: &Document, id: NodeId) -> String {
    one_line(document.attribute(id, "alt").unwrap_or_default())
}

/// Whether a picture is a sign of the layout: by its size or by its class.
fn is_sign(document: &Document, id: NodeId) -> bool {
    let is_small = ["width", "height"].into_iter().any(|name| {
        let side = document.attribute(id, name).unwrap_or_default().trim();
        side.trim_end_matches("px").parse::<u32>().is_ok_and(|side| side < MIN_SIDE)
    });
    let class = document.attribute(id, "class").unwrap_or_default().to_ascii_lowercase();
    let is_named = class
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| SIGNS.contains(&word));
    is_small || is_named
}

/// The picture in full that a link around a small one opens.
fn linked_picture(document: &Document, id: NodeId) -> Option<&str> {
    let parent = document.parent(id)?;
    let href =
        document.attribute(parent, "href").filter(|_| document.name(parent) == "a")?;
    AssetType::from_address(href).filter(|kind| kind.is_image())?;
    Some(href)
}

/// The `source` elements beside the `img` of a `picture`.
fn picture_sources(document: &Document, id: NodeId) -> Vec<NodeId> {
    let picture =
        document.parent(id).filter(|&parent| document.name(parent) == "picture");
    let children = picture.map_or(&[][..], |picture| document.children(picture));
    children.iter().copied().filter(|&child| document.name(child) == "source").collect()
}

/// The addresses of a `srcset` with their widths; a density counts as a thousand pixels.
fn candidates(set: &str) -> impl Iterator<Item = (f64, &str)> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at_checked(end)?;
        if address.is_empty() {
            return None;
        }
        // A comma at the end of an address ends the candidate, one inside does not.
        if let Some(address) = address.strip_suffix(',') {
            rest = after;
            return Some((1000.0, address.trim_end_matches(',')));
        }
        let (descriptor, after) = after.split_once(',').unwrap_or((after, ""));
        rest = after;
        let descriptor = descriptor.trim();
        let number = |unit| descriptor.strip_suffix(unit)?.trim().parse::<f64>().ok();
        let width = number('w').or_else(|| Some(number('x')? * 1000.0));
        Some((width.unwrap_or(1000.0), address))
    })
}

/// Orders widths: the widest that is not too wide is the best.
fn usable(width: f64) -> f64 {
    if width > MAX_WIDTH { -width } else { width }
}

/// Most blocks that were taken away between a picture above an article and its text.
const MAX_HEAD: usize = 4;

/// Pictures that stand between the blocks by themselves, while the text is trimmed: it is
/// judged as if they were not there.
#[derive(Debug, Default)]
pub(super) struct SetApart {
    /// The pictures, each with the number of blocks of text before it.
    images: Vec<(usize, Block)>,
    /// The keys of these blocks.
    keys: Vec<String>,
}

impl SetApart {
    /// Takes the pictures out of `blocks` and returns the rest.
    pub(super) fn take(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut text = Vec::new();
        for block in blocks {
            match &block {
                Block::Figure { image: Some(image), .. } if image.stands_alone => {
                    self.images.push((text.len(), block));
                }
                _ => text.push(block),
            }
        }
        if !self.images.is_empty() {
            self.keys = text.iter().map(|block| key(&block.plain_text())).collect();
        }
        text
    }

    /// Puts the pictures of the article back between what is left of the blocks; those
    /// beyond its first and last block were not its own.
    pub(super) fn put_back(self, blocks: Vec<Block>) -> Vec<Block> {
        if self.images.is_empty() {
            return blocks;
        }
        let mut next = 0;
        let mut places: Vec<Option<usize>> = Vec::with_capacity(blocks.len());
        for block in &blocks {
            let text = key(&block.plain_text());
            let rest = self.keys.get(next..).unwrap_or_default();
            let place = rest.iter().position(|key| *key == text).map(|at| next + at);
            next = place.map_or(next, |place| place + 1);
            places.push(place);
        }
        let Some(first) = places.iter().flatten().next().copied() else { return blocks };
        let end = next;
        let mut images = self
            .images
            .into_iter()
            .filter(|&(before, _)| before + MAX_HEAD >= first && before <= end)
            .peekable();
        let mut out = Vec::with_capacity(blocks.len());
        for (block, place) in blocks.into_iter().zip(places) {
            while let Some((_, image)) =
                images.next_if(|&(before, _)| place.is_some_and(|place| before <= place))
            {
                out.push(image);
            }
            out.push(block);
        }
        out.extend(images.map(|(_, image)| image));
        out
    }
}

#[cfg(test)]
mod tests {
    use vitrine_article::{Block, Image};

    use super::{SetApart, image};
    use crate::html::dom::Document;

    fn addresses(source: &str, base: Option<&str>) -> Vec<String> {
        let document = Document::parse(source);
        let id = document.elements("img").next().unwrap();
        image(&document, id, base).map(|image| image.addresses).unwrap_or_default()
    }

    #[test]
    fn the_best_address_of_a_picture_comes_first() {
        assert_eq!(
            addresses(
                "<picture><source srcset='l.webp 1200w, s.webp 400w'>\
                 <img src=x.jpg srcset='a,b.jpg 3000w,\n m.jpg 800w,d.jpg'></picture>",
                None
            ),
            ["l.webp", "s.webp", "d.jpg", "m.jpg", "a,b.jpg", "x.jpg"]
        );
        assert_eq!(
            addresses("<img src='data:image/gif;base64,R0' data-src=' a.jpg '>", None),
            ["a.jpg"]
        );
        assert_eq!(
            addresses(
                "<a href=full.PNG><img src=small.png></a>",
                Some("https://a.org/b/")
            ),
            [
                "https://a.org/b/full.PNG",
                "full.PNG",
                "https://a.org/b/small.png",
                "small.png"
            ]
        );
        for sign in [
            "<img src=a.gif width=1 height=1>",
            "<img src=a.gif height='16px'>",
            "<img src=a.gif class='wp-smiley'>",
            "<img src=''>",
        ] {
            assert!(addresses(sign, None).is_empty(), "{sign}");
        }
    }

    #[test]
    fn pictures_come_back_where_they_stood() {
        let picture = |address: &str| Block::Figure {
            alt: String::new(),
            caption: Vec::new(),
            image: Some(Image {
                addresses: vec![address.to_owned()],
                stands_alone: true,
            }),
        };
        let text = |text: &str| Block::paragraph(text);
        let mut apart = SetApart::default();
        let blocks = apart.take(vec![
            picture("lead"),
            text("By A"),
            text("One."),
            picture("middle"),
            text("Two."),
            picture("last"),
            text("More from us"),
            picture("other"),
        ]);
        assert_eq!(blocks.len(), 4);
        let kept = blocks.into_iter().skip(1).take(2).collect();
        assert_eq!(
            apart.put_back(kept),
            [
                picture("lead"),
                text("One."),
                picture("middle"),
                text("Two."),
                picture("last")
            ]
        );
    }
}
