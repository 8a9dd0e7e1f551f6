//! Which links of a page lead to its notes, and which lead back.
//!
//! A note is known by two links that lead to each other's place, or by a link that reads
//! like a mark (`[3]`, `*`) and leads down to text that begins with it, or to an item of a
//! list. Their names and classes don't matter.

use std::collections::BTreeMap;

use super::dom::{Document, NodeId};
use crate::{
    notes::{core, is_mark},
    typography::one_line,
};

/// Most links of a place that are looked at for one that leads back.
const MAX_LINKS: usize = 40;

/// What a link within the page, or an element, is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// A link to a note.
    Reference { number: u32, text: String },
    /// A link from a note back to the text, or the block of a note without one, which may
    /// begin with `text`.
    Mark { number: u32, text: String },
    /// A further arrow back from the same note.
    Superfluous,
}

/// A link to a place of its own page.
struct Jump {
    link: NodeId,
    target: NodeId,
    label: String,
}

/// Returns the role of each link, and of the elements where unmarked notes begin; `page`
/// is the address of the page, which its links may repeat.
pub(super) fn roles(document: &Document, page: Option<&str>) -> BTreeMap<NodeId, Role> {
    let jumps = jumps(document, page);
    let mut roles = BTreeMap::new();
    let mut numbers: BTreeMap<NodeId, u32> = BTreeMap::new();
    for jump in &jumps {
        if !is_mark(&jump.label) || roles.contains_key(&jump.link) {
            continue;
        }
        let Some(note) = note_of(document, jump, &jumps) else { continue };
        let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        let number = *numbers.entry(note.place).or_insert(next);
        let text = jump.label.clone();
        roles.insert(jump.link, Role::Reference { number, text });
        if number != next {
            continue;
        }
        let mut backs = note.backs.into_iter();
        if let Some(back) = backs.next() {
            // An arrow is the viewer's to draw.
            let says_nothing = core(&back.label) != core(&jump.label)
                && !back.label.contains(char::is_alphanumeric);
            let text = if says_nothing { String::new() } else { back.label.clone() };
            roles.insert(back.link, Role::Mark { number, text });
        } else {
            let text = core(&jump.label).to_owned();
            roles.insert(note.place, Role::Mark { number, text });
        }
        for back in backs {
            if !back.label.contains(char::is_alphanumeric) {
                roles.insert(back.link, Role::Superfluous);
            }
        }
    }
    roles
}

/// What a reference leads to.
struct Note<'a> {
    place: NodeId,
    /// The links that lead back from it.
    backs: Vec<&'a Jump>,
}

fn note_of<'a>(document: &Document, jump: &Jump, jumps: &'a [Jump]) -> Option<Note<'a>> {
    let place = place_of(document, jump.target);
    let is_below = place > jump.link;
    if !is_below || document.descendants(place).contains(&jump.link) {
        return None;
    }
    // Links are in document order: those of the place stand side by side.
    let first = jumps.partition_point(|other| other.link < place);
    let end = document.end(place);
    let inside = jumps.get(first..).unwrap_or_default().iter();
    let backs: Vec<&Jump> = inside
        .take_while(|other| other.link < end)
        .take(MAX_LINKS)
        .filter(|other| leads_to(document, other.target, jump.link))
        .collect();
    if !backs.is_empty() {
        return Some(Note { place, backs });
    }
    let is_set_apart = !jump.label.starts_with(char::is_alphanumeric)
        || document.parent(jump.link).is_some_and(|above| document.name(above) == "sup")
        || document.descendants(jump.link).any(|below| document.name(below) == "sup");
    let text = one_line(&document.text_of(place));
    let begins = core(&text).starts_with(core(&jump.label));
    let is_note = is_set_apart && (begins || document.name(place) == "li");
    is_note.then_some(Note { place, backs })
}

/// Whether a link to `target` comes to the block in which `link` stands.
fn leads_to(document: &Document, target: NodeId, link: NodeId) -> bool {
    place_of(document, target) == place_of(document, link)
}

/// The block that a place of the page is, or in which it stands.
fn place_of(document: &Document, id: NodeId) -> NodeId {
    let mut at = id;
    while !document.is_block(at) {
        match document.parent(at) {
            Some(above) => at = above,
            None => return id,
        }
    }
    at
}

/// The links to places of this page, in document order.
fn jumps(document: &Document, page: Option<&str>) -> Vec<Jump> {
    let own = page.and_then(|page| page.split('#').next()).unwrap_or_default();
    let links: Vec<(NodeId, &str)> = document
        .elements("a")
        .filter_map(|link| {
            let (before, name) = document.attribute(link, "href")?.split_once('#')?;
            let is_here = before.is_empty() || before == own;
            (is_here && !name.is_empty()).then_some((link, name))
        })
        .collect();
    if links.is_empty() {
        return Vec::new();
    }
    let mut places: BTreeMap<&str, Option<NodeId>> =
        links.iter().map(|&(_, name)| (name, None)).collect();
    for id in document.descendants(super::dom::ROOT) {
        for key in ["id", "name"] {
            if let Some(name) = document.attribute(id, key)
                && let Some(place) = places.get_mut(name)
            {
                place.get_or_insert(id);
            }
        }
    }
    links
        .into_iter()
        .filter_map(|(link, name)| {
            let target = places.get(name).copied().flatten()?;
            Some(Jump { link, target, label: one_line(&document.text_of(link)) })
        })
        .collect()
}
