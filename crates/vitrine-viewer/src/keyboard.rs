//! What keys do.

use web_sys::KeyboardEvent;

/// Where the focus is when a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// In the search box.
    SearchBox,
    /// In the search box while it offers suggestions.
    OpenSearchBox {
        /// Whether one of them is chosen.
        has_choice: bool,
    },
    /// On the link of a result, at this position from 1.
    Result(u32),
    /// In another field in which one types.
    OtherField,
    /// Elsewhere.
    Elsewhere,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// Go to the search box.
    FocusSearch,
    /// Empty the search box.
    ClearSearch,
    /// Go to the link of the result at this position from 1.
    FocusResult(u32),
    /// Go to the next suggestion, or to the one before.
    StepSuggestion(bool),
    /// Do what the chosen suggestion offers.
    ChooseSuggestion,
    /// Put the suggestions away.
    CloseSuggestions,
    /// Go to the first result, or from an article to that of the next result.
    NextResult,
    /// Go from an article to that of the result before.
    PreviousResult,
    /// Open the focused result.
    OpenResult,
    /// Show the help.
    Help,
    /// Go to the next place where a word of the search stands, or to the one before.
    StepMatch(bool),
}

/// Returns what a key asks for; `None` leaves it to the browser.
pub(crate) fn command(key: &str, focus: Focus) -> Option<Command> {
    match (key, focus) {
        ("/", Focus::Result(_) | Focus::Elsewhere)
        | ("Escape", Focus::Result(_))
        | ("ArrowUp" | "k", Focus::Result(1)) => Some(Command::FocusSearch),
        ("ArrowDown", Focus::OpenSearchBox { .. }) => Some(Command::StepSuggestion(true)),
        ("ArrowUp", Focus::OpenSearchBox { .. }) => Some(Command::StepSuggestion(false)),
        ("Enter", Focus::OpenSearchBox { has_choice: true }) => {
            Some(Command::ChooseSuggestion)
        }
        ("Escape", Focus::OpenSearchBox { .. }) => Some(Command::CloseSuggestions),
        ("j", Focus::Elsewhere) => Some(Command::NextResult),
        ("k", Focus::Elsewhere) => Some(Command::PreviousResult),
        ("o", Focus::Result(_)) => Some(Command::OpenResult),
        ("?", Focus::Result(_) | Focus::Elsewhere) => Some(Command::Help),
        ("n", Focus::Elsewhere) => Some(Command::StepMatch(true)),
        ("p", Focus::Elsewhere) => Some(Command::StepMatch(false)),
        ("Escape", Focus::SearchBox) => Some(Command::ClearSearch),
        ("ArrowDown", Focus::SearchBox) => Some(Command::FocusResult(1)),
        ("ArrowDown" | "j", Focus::Result(position)) => {
            Some(Command::FocusResult(position.saturating_add(1)))
        }
        ("ArrowUp" | "k", Focus::Result(position)) => {
            Some(Command::FocusResult(position.saturating_sub(1)))
        }
        _ => None,
    }
}

/// Returns whether a key press is plain: no modifier, and not part of composing a
/// character.
pub(crate) fn is_plain(event: &KeyboardEvent) -> bool {
    !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing())
}

#[cfg(test)]
mod tests {
    use super::{Command, Focus, command};

    #[test]
    fn arrows_walk_from_the_box_through_the_results_and_back() {
        let down = |focus| command("ArrowDown", focus);
        let up = |focus| command("ArrowUp", focus);
        assert_eq!(down(Focus::SearchBox), Some(Command::FocusResult(1)));
        assert_eq!(down(Focus::Result(1)), Some(Command::FocusResult(2)));
        assert_eq!(up(Focus::Result(2)), Some(Command::FocusResult(1)));
        assert_eq!(up(Focus::Result(1)), Some(Command::FocusSearch));
        assert_eq!(up(Focus::SearchBox), None);
    }

    #[test]
    fn suggestions_take_the_keys_of_a_combobox() {
        let open = |has_choice| Focus::OpenSearchBox { has_choice };
        let step = |is_forward| Some(Command::StepSuggestion(is_forward));
        assert_eq!(command("ArrowDown", open(false)), step(true));
        assert_eq!(command("ArrowUp", open(true)), step(false));
        assert_eq!(command("Enter", open(true)), Some(Command::ChooseSuggestion));
        assert_eq!(command("Enter", open(false)), None);
        assert_eq!(command("Escape", open(true)), Some(Command::CloseSuggestions));
        assert_eq!(command("n", open(true)), None);
    }

    #[test]
    fn letters_walk_through_the_results_and_from_article_to_article() {
        assert_eq!(command("j", Focus::Elsewhere), Some(Command::NextResult));
        assert_eq!(command("k", Focus::Elsewhere), Some(Command::PreviousResult));
        assert_eq!(command("j", Focus::Result(2)), Some(Command::FocusResult(3)));
        assert_eq!(command("k", Focus::Result(1)), Some(Command::FocusSearch));
        assert_eq!(command("o", Focus::Result(2)), Some(Command::OpenResult));
        assert_eq!(command("o", Focus::Elsewhere), None);
    }

    #[test]
    fn keys_that_type_are_left_alone_in_fields() {
        assert_eq!(command("/", Focus::SearchBox), None);
        assert_eq!(command("/", Focus::OtherField), None);
        assert_eq!(command("/", Focus::Elsewhere), Some(Command::FocusSearch));
        assert_eq!(command("Escape", Focus::OtherField), None);
        assert_eq!(command("Escape", Focus::SearchBox), Some(Command::ClearSearch));
        assert_eq!(command("a", Focus::Elsewhere), None);
        for key in ["n", "j", "k", "o", "?"] {
            assert_eq!(command(key, Focus::SearchBox), None);
            assert_eq!(command(key, Focus::OtherField), None);
        }
    }
}
