//! Measures of a ranking, each between 0 and 1.

use std::collections::BTreeMap;

use serde::Serialize;

/// Depth to which nDCG and success look.
const DEPTH: usize = 10;

/// The relevant documents of a query, with their grades, which are above 0.
pub(super) type Judged = BTreeMap<String, f64>;

/// Means over the queries of a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Metrics {
    /// Number of queries.
    pub(super) queries: usize,
    /// Normalized discounted cumulative gain of the first ten; the gain is the grade.
    pub(super) ndcg_10: f64,
    /// Share of queries whose first document is relevant.
    pub(super) success_1: f64,
    /// Share of queries with a relevant document among the first ten.
    pub(super) success_10: f64,
    /// Mean of one over the rank of the first relevant document, 0 without any.
    pub(super) mrr: f64,
}

impl Metrics {
    /// Measures rankings against the judgements of the same queries.
    ///
    /// Queries that nobody judged are left out; judged ones that no ranking answers
    /// count as 0.
    pub(super) fn new(
        judgements: &BTreeMap<String, Judged>,
        rankings: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        let mut sum = Self { queries: judgements.len(), ..Self::default() };
        for (query, judged) in judgements {
            let ranking = rankings.get(query).map_or(&[][..], Vec::as_slice);
            let rank = ranking.iter().position(|id| judged.contains_key(id));
            sum.ndcg_10 += ndcg(judged, ranking);
            sum.success_1 += f64::from(u8::from(rank == Some(0)));
            sum.success_10 += f64::from(u8::from(rank.is_some_and(|rank| rank < DEPTH)));
            sum.mrr += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        }
        let count = judgements.len().max(1) as f64;
        Self {
            queries: sum.queries,
            ndcg_10: sum.ndcg_10 / count,
            success_1: sum.success_1 / count,
            success_10: sum.success_10 / count,
            mrr: sum.mrr / count,
        }
    }
}

fn ndcg(judged: &Judged, ranking: &[String]) -> f64 {
    let gains = ranking.iter().map(|id| judged.get(id).copied().unwrap_or(0.0));
    let mut grades: Vec<f64> = judged.values().copied().collect();
    grades.sort_by(|a, b| b.total_cmp(a));
    let ideal = dcg(grades.into_iter());
    if ideal > 0.0 { dcg(gains) / ideal } else { 0.0 }
}

fn dcg(gains: impl Iterator<Item = f64>) -> f64 {
    gains
        .take(DEPTH)
        .enumerate()
        .map(|(rank, gain)| gain / (rank as f64 + 2.0).log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn a_case_worked_out_by_hand() {
        let judge = |ids: &[(&str, f64)]| {
            ids.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect()
        };
        let rank = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let judgements = [
            ("1".to_owned(), judge(&[("a", 1.0), ("b", 3.0)])),
            ("2".to_owned(), judge(&[("c", 1.0)])),
        ]
        .into();
        let rankings =
            [("1".to_owned(), rank(&["x", "a", "b"])), ("3".to_owned(), rank(&["c"]))]
                .into();
        let metrics = Metrics::new(&judgements, &rankings);
        // The gains at ranks 2 and 3 over those of the order b, a; nothing for query 2.
        let ndcg = (1.0 / 3_f64.log2() + 3.0 / 2.0) / (3.0 + 1.0 / 3_f64.log2());
        assert_eq!(metrics.queries, 2);
        assert!((metrics.ndcg_10 - ndcg / 2.0).abs() < 1e-12, "{metrics:?}");
        assert!(metrics.success_1.abs() < 1e-12, "{metrics:?}");
        assert!((metrics.success_10 - 0.5).abs() < 1e-12, "{metrics:?}");
        assert!((metrics.mrr - 0.25).abs() < 1e-12, "{metrics:?}");
    }

    #[test]
    fn what_comes_after_the_tenth_place_has_no_gain() {
        let judgements = [("1".to_owned(), [("a".to_owned(), 1.0)].into())].into();
        let mut ranking: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        ranking.push("a".to_owned());
        let metrics = Metrics::new(&judgements, &[("1".to_owned(), ranking)].into());
        assert!(metrics.ndcg_10.abs() < 1e-12 && metrics.success_10.abs() < 1e-12);
        assert!((metrics.mrr - 1.0 / 11.0).abs() < 1e-12, "{metrics:?}");
    }
}
