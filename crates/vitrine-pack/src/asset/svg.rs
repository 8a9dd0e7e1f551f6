//! SVG: a picture that could also be a program.
//!
//! The viewer shows it as an image, where browsers run nothing. But its file stands on the
//! archive's origin, and somebody may open it by itself: so one that has anything in it
//! that could run, or load something, does not travel.

use roxmltree::{Document, Node, ParsingOptions};

use super::AssetError;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements of SVG that run scripts, hold HTML, lead away or change attributes later.
const ACTIVE: [&str; 9] = [
    "script",
    "handler",
    "listener",
    "foreignObject",
    "iframe",
    "a",
    "set",
    "animate",
    "discard",
];

/// Longest picture that is looked into, in bytes.
const MAX_LEN: usize = 4 << 20;

/// Whether the first element of a file may be that of an SVG picture.
pub(super) fn begins_like_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let is_markup = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .trim_ascii_start()
        .starts_with(b"<");
    is_markup && start.windows(4).any(|window| window == b"<svg")
}

/// Returns the width and height that a picture gives itself, 0 where it gives none.
///
/// # Errors
///
/// [`AssetError::Svg`] when it is not fit to travel.
pub(super) fn size(bytes: &[u8]) -> Result<[u32; 2], AssetError> {
    let refused = |what| AssetError::Svg { what };
    if bytes.len() > MAX_LEN {
        return Err(refused("more than 4 MiB"));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_error| refused("text in no UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let declaration = text.split("?>").next().unwrap_or_default();
    let is_other_encoding = text.starts_with("<?xml")
        && declaration.contains("encoding")
        && !declaration.to_ascii_lowercase().contains("utf-8");
    if is_other_encoding {
        return Err(refused("text in no UTF-8"));
    }
    // Definitions could add attributes that the parser does not see.
    if text.contains("<!ATTLIST") || text.contains("<!ENTITY") {
        return Err(refused("definitions of its own"));
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|_error| refused("damaged XML"))?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(refused("no picture"));
    }
    match document.descendants().find_map(unfit) {
        Some(what) => Err(refused(what)),
        None => Ok(size_of(root)),
    }
}

/// What makes a node unfit, if anything does.
fn unfit(node: Node<'_, '_>) -> Option<&'static str> {
    if node.is_pi() {
        return Some("instructions for programs");
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    if name.namespace().is_some_and(|namespace| namespace.contains("xhtml")) {
        return Some("HTML");
    }
    if ACTIVE.contains(&name.name()) || name.name().starts_with("animate") {
        return Some("scripts, links or animation");
    }
    let is_handler =
        |name: &str| name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
    let leads_out = |value: &str| {
        let value = value.trim_start();
        !value.starts_with('#') && !value.starts_with("data:image/")
            || value.starts_with("data:image/svg")
    };
    node.attributes().find_map(|attribute| {
        if is_handler(attribute.name()) {
            return Some("event handlers");
        }
        (attribute.name() == "href" && leads_out(attribute.value()))
            .then_some("links to other files")
    })
}

fn size_of(root: Node<'_, '_>) -> [u32; 2] {
    let pixels = |name: &str| {
        let value = root.attribute(name)?.trim().trim_end_matches("px");
        value.parse::<f64>().ok().filter(|value| *value >= 1.0)
    };
    let view_box = || {
        let numbers = root.attribute("viewBox")?.replace(',', " ");
        let mut sides = numbers.split_whitespace().skip(2).map(str::parse::<f64>);
        let (width, height) = (sides.next()?.ok()?, sides.next()?.ok()?);
        (width >= 1.0 && height >= 1.0).then_some((width, height))
    };
    let size = pixels("width").zip(pixels("height")).or_else(view_box);
    // The cast saturates: a picture as large as that has no size that helps.
    size.map_or([0, 0], |(width, height)| [width.round() as u32, height.round() as u32])
}

#[cfg(test)]
mod tests {
    use super::size;
    use crate::AssetError;

    #[test]
    fn a_picture_travels_with_its_size() {
        let svg = r##"<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg"
            xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0,0 120.4 80"><defs><path id="p"
            d="M0 0h9"/></defs><use xlink:href="#p"/><style>path { fill: navy }</style></svg>"##;
        assert_eq!(size(svg.as_bytes()), Ok([120, 80]));
        let sized = "<svg xmlns='http://www.w3.org/2000/svg' width='40px' height='30'/>";
        assert_eq!(size(sized.as_bytes()), Ok([40, 30]));
        let relative = "<svg xmlns='http://www.w3.org/2000/svg' width='100%'/>";
        assert_eq!(size(relative.as_bytes()), Ok([0, 0]));
    }

    #[test]
    fn a_picture_that_could_run_or_load_something_does_not() {
        for inner in [
            "<script>alert(1)</script>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
            "<g onload='alert(1)'/>",
            "<g ONLOAD='alert(1)'/>",
            "<a href='javascript:alert(1)'><text>x</text></a>",
            "<use href='https://example.org/x.svg#a'/>",
            "<image href='data:image/svg+xml,x'/>",
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
            "<p xmlns='http://www.w3.org/1999/xhtml'/>",
            "<animate attributeName='href' to='javascript:alert(1)'/>",
            "<?xml-stylesheet href='x.xsl'?>",
            "<g>",
        ] {
            let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>");
            let found = size(svg.as_bytes());
            assert!(matches!(found, Err(AssetError::Svg { .. })), "{inner}: {found:?}");
        }
        let entity =
            "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg xmlns='http://www.w3.org/2000/svg'/>";
        assert!(size(entity.as_bytes()).is_err());
        let foreign = "<?xml version='1.0' encoding='utf-7'?><svg xmlns='http://www.w3.org/2000/svg'/>";
        assert!(size(foreign.as_bytes()).is_err());
        assert!(size(b"<svg/>").is_err());
    }
}
