//! The figures as a table.

use serde::Serialize;

/// A measure and its value.
pub(super) type Measure = (&'static str, f64);

/// The figures of one set.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// Name of the set.
    pub(super) set: String,
    /// Its figures, in order.
    #[serde(serialize_with = "as_object")]
    pub(super) measures: Vec<Measure>,
}

fn as_object<S: serde::Serializer>(
    measures: &[Measure],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(measures.iter().copied())
}

/// Prints the rows; a set has the measures that its gold allows.
pub(super) fn print(rows: &[Row]) {
    for Row { set, measures } in rows {
        println!("{set}");
        for (name, value) in measures {
            println!("  {name:<16} {value:>8.4}");
        }
    }
}
