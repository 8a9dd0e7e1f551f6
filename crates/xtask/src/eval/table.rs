//! The figures as a table.

use serde::Serialize;

use super::metrics::Metrics;

/// The figures of one set, asked in one way.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// Name of the set.
    pub(super) set: String,
    /// How its queries were changed; empty when they were not.
    pub(super) variant: &'static str,
    /// The figures.
    #[serde(flatten)]
    pub(super) metrics: Metrics,
}

/// Prints the rows.
pub(super) fn print(rows: &[Row]) {
    println!(
        "{:<16} {:<12} {:>7} {:>8} {:>6} {:>6} {:>6}",
        "set", "variant", "queries", "nDCG@10", "S@1", "S@10", "MRR"
    );
    for Row { set, variant, metrics } in rows {
        let Metrics { queries, ndcg_10, success_1, success_10, mrr } = metrics;
        println!(
            "{set:<16} {variant:<12} {queries:>7} {ndcg_10:>8.4} {success_1:>6.3} \
             {success_10:>6.3} {mrr:>6.3}"
        );
    }
}
