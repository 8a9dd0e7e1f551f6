//! Which pages of a folder hold the same article.

/// Most pages that share a line by which they are told to be copies.
const MAX_COPIES: usize = 5;

/// Groups `page_count` pages that share long lines which hardly any other page has:
/// copies of one article, and pages alone.
///
/// `long_lines` has the hash of each long line with the number of its page.
pub(super) fn works(
    page_count: usize,
    mut long_lines: Vec<(u64, u32)>,
) -> Vec<Vec<usize>> {
    long_lines.sort_unstable();
    long_lines.dedup();
    let mut works = Works { above: (0..page_count).collect() };
    for pages in long_lines.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, first), others @ ..] = pages
            && pages.len() <= MAX_COPIES
        {
            for (_, other) in others {
                works.join(*first as usize, *other as usize);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); page_count];
    for page in 0..page_count {
        let work = works.of(page);
        if let Some(group) = groups.get_mut(work) {
            group.push(page);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Sets of pages: each page knows one above it in its set, or is the least.
struct Works {
    above: Vec<usize>,
}

impl Works {
    /// Returns the least page of the set that holds `page`.
    fn of(&mut self, page: usize) -> usize {
        let mut least = page;
        while let Some(&above) = self.above.get(least).filter(|&&above| above != least) {
            least = above;
        }
        // The next search is short.
        let mut page = page;
        while let Some(above) = self.above.get_mut(page).filter(|above| **above != least)
        {
            page = std::mem::replace(above, least);
        }
        least
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        if let Some(above) = self.above.get_mut(a.max(b)) {
            *above = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::works;

    #[test]
    fn pages_that_share_long_lines_are_one_work() {
        let mut lines = vec![(1, 0), (1, 3), (2, 3), (2, 4), (3, 1), (3, 1)];
        // A line of many pages is the site's.
        lines.extend((0..6).map(|page| (9, page)));
        assert_eq!(works(6, lines), [vec![0, 3, 4], vec![1], vec![2], vec![5]]);
    }
}
