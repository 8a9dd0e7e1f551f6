//! MHTML (RFC 2557): a page and its parts, as browsers save them.

use mail_parser::{
    DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

use crate::{
    Capture, FieldNames, FileSink, Page, Unreadable, UnreadableReason,
    digest::sha256_hex, embedded, reader::Place, sniff::Format, whole,
};

/// Makes a page of the first HTML part of a saved page.
pub(crate) fn read(path: &str, bytes: &[u8], names: &FieldNames) -> Page {
    let refused = |problem: &str| {
        let reason = UnreadableReason::Damaged { problem: problem.to_owned() };
        Err(Unreadable { path: path.to_owned(), sha256: sha256_hex(bytes), reason })
    };
    let Some(message) = MessageParser::default().parse(bytes) else {
        return refused("it does not begin like a saved page");
    };
    let Some(part) = message.parts.iter().find(|part| is_html(part)) else {
        return refused("no part of it is HTML");
    };
    let Some(body) = body_of(part, bytes) else {
        return refused("its HTML part cannot be decoded");
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let source = whole::Source {
        path,
        format: Format::Html,
        charset,
        capture: capture_of(&message, part),
    };
    whole::read(source, &body, names)
}

/// Hands over the parts that are wanted, each as `path!` and its address, or its
/// `cid:` address where it has no other, and what is wanted of the page itself.
pub(crate) fn offer_parts(place: Place<'_>, bytes: &[u8], files: &mut dyn FileSink) {
    let Some(message) = MessageParser::default().parse(bytes) else { return };
    if files.wants_from(place.path)
        && let Some(part) = message.parts.iter().find(|part| is_html(part))
        && let Some(page) = body_of(part, bytes)
    {
        embedded::offer(place.path, &page, files);
    }
    for part in &message.parts {
        let id =
            part.content_id().map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
        let names = [part.content_location().map(str::to_owned), id];
        for name in names.into_iter().flatten() {
            let path = format!("{}!{}", place.path, name.trim());
            if files.wants(&path) {
                files.take(&path, body_of(part, bytes));
            }
        }
    }
}

fn is_html(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("text")
            && kind.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("html"))
    })
}

/// The bytes of a part as the server sent them.
fn body_of(part: &MessagePart<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    let body = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(body.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::Base64 => base64_decode(body),
    }
}

/// Where and when the page was saved.
fn capture_of(message: &Message<'_>, part: &MessagePart<'_>) -> Capture {
    let snapshot = message
        .header("Snapshot-Content-Location")
        .and_then(|value| value.as_text())
        .or_else(|| part.content_location())
        .or_else(|| message.content_location());
    let url = snapshot
        .map(str::trim)
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let captured = message.date().filter(|date| date.is_valid()).map(|date| {
        let DateTime { year, month, day, hour, minute, second, .. } =
            DateTime::from_timestamp(date.to_timestamp());
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    });
    Capture { url: url.map(str::to_owned), captured }
}
