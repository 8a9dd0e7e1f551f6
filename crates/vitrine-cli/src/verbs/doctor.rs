//! `vitrine doctor`: what is wrong with an archive on its host, and how to mend it.

use std::{path::Path, process::ExitCode};

use crate::{
    args::DoctorArgs,
    doctor::{Examination, Folder, Level, Web, examine},
    exit_code, output,
};

/// Runs the verb.
pub(crate) fn run(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    let place = args.place.as_str();
    let is_address = place.starts_with("http://") || place.starts_with("https://");
    let found = if is_address {
        let web = Web::new(place);
        examine(&web, args.all)?
    } else {
        examine(&Folder::new(Path::new(place))?, args.all)?
    };
    report(args, &found)?;
    Ok(exit_code(found.count(Level::Error)))
}

fn report(args: &DoctorArgs, found: &Examination) -> anyhow::Result<()> {
    if args.json {
        return output::print_json(found);
    }
    for finding in &found.findings {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        output::print(&format!("{level}: {}: {}", finding.path, finding.what))?;
        output::print(&format!("  mend: {}", finding.remedy))?;
    }
    let (errors, warnings) = (found.count(Level::Error), found.count(Level::Warning));
    let verdict = if errors > 0 {
        "ill"
    } else if warnings > 0 {
        "works, could be better"
    } else {
        "well"
    };
    output::print(&format!(
        "{verdict}: {} files looked at, {errors} errors, {warnings} warnings",
        found.files
    ))
}
