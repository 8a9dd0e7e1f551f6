//! An article on its way to the screen, a few blocks a turn.

use std::rc::Rc;

use vitrine_article::Block;
use vitrine_dom::Node;
use vitrine_loader::Turns;
use vitrine_reader::{ArticleView, Matcher};

use crate::views::{Context, MatchBar, article_block};

/// An article of which some blocks are made.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) view: Rc<ArticleView>,
    /// Everything around the body.
    pub(super) page: Node,
    /// What marks the words of the search in the body, and the way from one to the next.
    marking: Option<(Matcher, MatchBar)>,
    /// Number of blocks that are made.
    made: usize,
}

impl Opened {
    /// Returns an article without any block of its body.
    pub(super) fn new(
        view: Rc<ArticleView>,
        page: Node,
        matcher: Option<Matcher>,
        context: &Context,
    ) -> Self {
        let mut marking = matcher.map(|matcher| (matcher, MatchBar::new(context)));
        if let (Some((matcher, bar)), Some(summary)) =
            (&mut marking, page.find(".abstract p"))
        {
            bar.mark(&summary, matcher);
        }
        Self { view, page, marking, made: 0 }
    }

    /// Makes further blocks, until they have this much text in bytes or none is left.
    pub(super) async fn extend(&mut self, len: usize, turns: &Turns, context: &Context) {
        let Some(body) = self.page.find(".body") else { return };
        let article = &self.view.article;
        let mut made_len = 0;
        while made_len < len
            && let Some(block) = article_block(article, self.made, context)
        {
            let text = article.blocks.get(self.made).map(Block::plain_text);
            made_len += text.map_or(0, |text| text.len());
            if let Some((matcher, bar)) = &mut self.marking {
                bar.mark(&block, matcher);
            }
            body.append(&block);
            self.made += 1;
            turns.pause().await;
        }
    }

    /// Shows where words of the search stand, if any does, and returns the bar that does.
    pub(super) fn into_matches(self) -> Option<MatchBar> {
        let (_, bar) = self.marking.filter(|(_, bar)| !bar.is_empty())?;
        self.page.find(".way-back")?.append(&bar.root);
        Some(bar)
    }
}
